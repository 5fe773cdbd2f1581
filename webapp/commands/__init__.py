"""The flask commands; each calls one operation."""
