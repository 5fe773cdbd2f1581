"""What mails say: a function for each message, from its facts alone."""
