"""A demo inventory: invented customers with every kind of service, drawn up around today's date."""
