"""The web process: gunicorn wsgi:app."""

import sys

from surveys import create_app
from surveys.core.settings import BadSettings

try:
    app = create_app()
except BadSettings as wrong:
    sys.exit(f"Fairly cannot start:\n{wrong}")
