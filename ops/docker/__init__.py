"""What runs inside our containers before, beside and instead of the product's own processes."""
