"""What the server answers besides the page: data and assets, the embed, files, the API, the feed, health."""
