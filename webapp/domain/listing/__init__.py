"""The services table: its states and how an address writes them."""
