"""The measured database: built once, kept, and built anew when what it is made from has changed."""

import hashlib
import sys
from collections.abc import Iterable
from datetime import date
from itertools import batched if False else islice
