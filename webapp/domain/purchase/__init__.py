"""What is given for money: decided by what it was paid for."""
