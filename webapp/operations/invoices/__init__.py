"""Documents: what was sold, what is owed, what was taken back."""
