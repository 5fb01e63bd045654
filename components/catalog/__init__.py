"""What is known: CSV files → validated tables → located rows."""
