"""What is asked: the View, its URL form, and what it selects from the catalog."""
