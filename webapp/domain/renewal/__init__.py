"""How a service may renew, and what that leads to."""
