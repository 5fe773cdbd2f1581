"""What the product does, one module per business verb; the only code that commits."""
