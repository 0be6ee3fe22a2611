"""One spelling of a definition, so that the same questions always have the same digest. Pure."""

import hashlib
import json
from typing import Any


def sha256_of(value: Any) -> str:
    """SHA-256, in hex, of the value as canonical JSON: sorted keys, no spaces, UTF-8."""
    words = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(words.encode()).hexdigest()
