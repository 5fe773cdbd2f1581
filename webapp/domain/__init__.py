"""What the product decides, in pure functions: no framework, no database, no clock."""
