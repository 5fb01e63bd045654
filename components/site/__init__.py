"""The static site: the map with its timeline, and pages written beforehand, as files that need no server."""
