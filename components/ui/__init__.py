"""What the user touches: filters, panels, and the link."""
