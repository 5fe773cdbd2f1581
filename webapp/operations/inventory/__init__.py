"""Bring an inventory in from files: products, accounts and services, each file all or nothing."""

from .accounts import import_accounts
from .problems import ImportRefused, Problem
from .products import import_products
from .run import Report
from .services import import_services

__all__ = ["ImportRefused", "Problem", "Report", "import_accounts", "import_products", "import_services"]
