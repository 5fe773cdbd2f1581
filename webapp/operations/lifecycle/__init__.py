"""What the program does by itself as days come: whatever is due, once, however late."""
