"""The methods of the Bot API, a file per part."""
