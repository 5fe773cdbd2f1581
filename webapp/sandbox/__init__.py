"""A payment provider to try things with: a program of its own, with its own books, that knows nothing of the product.

It takes no money. Its page asks which way a payment is to go, and it then behaves like a provider at which that
happened, also where that is unpleasant. It speaks JSON over HTTP to the seller, HTML to the person who pays, and sends
signed notices. Run it by itself with ``python -m webapp.sandbox``.
"""

from .app import create_sandbox

__all__ = ["create_sandbox"]
