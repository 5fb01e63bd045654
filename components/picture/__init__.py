"""The map drawn on the server, without a browser: what a chat shows of a link, and what is printed."""
