"""Control panels that show the program, each on a site of its own: for tests, and to look at (``make panels``)."""
