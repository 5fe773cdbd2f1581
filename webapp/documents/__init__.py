"""What is taken away from the pages: files, written while they are sent."""
