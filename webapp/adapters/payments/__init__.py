"""How money is taken, behind one Protocol."""
