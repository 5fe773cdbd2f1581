"""What is done for services as days come, without anybody asking for it."""
