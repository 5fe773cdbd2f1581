"""One service: what it is, what it says, what may be done with it."""
