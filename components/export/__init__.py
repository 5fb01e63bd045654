"""What leaves: files and pictures of exactly what is on view."""
