"""What Laydown is measured beside: the same events, each in a small map app of its own with a window slider."""
