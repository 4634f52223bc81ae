"""What the coach asks, what answers count for, and what may be said of them."""
