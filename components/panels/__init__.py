"""What stands beside the map, as documents: elements as plain data, from what is on view."""
