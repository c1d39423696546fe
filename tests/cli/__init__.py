"""The command line, through the door that people use."""
