"""The machines that the product runs on, behind one protocol."""
