"""What every room of the product stands on; knows no room."""
