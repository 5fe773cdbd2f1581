"""The flask commands, one file per group; each calls one operation."""
