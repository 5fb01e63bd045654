"""What the server answers besides the page: health, the map's data, its assets."""
