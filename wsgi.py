"""The web process: gunicorn wsgi:app."""

import gc
import sys

from surveys import create_app
from surveys.core.settings import BadSettings

try:
    app = create_app()
except BadSettings as wrong:
    sys.exit(f"Fairly cannot start:\n{wrong}")

# What is loaded by now stays to the end: no page waits while it is looked through for garbage.
gc.collect()
gc.freeze()
