"""Updates while everything breaks: each must have its effect exactly once, in the order of its chat."""
