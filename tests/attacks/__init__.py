"""What one hostile page or one client can do, and what another reader waits meanwhile."""
