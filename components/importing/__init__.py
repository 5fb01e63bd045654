"""Other people's files become a data folder: read, recognised, put into Laydown's tables, merged with what is there."""
