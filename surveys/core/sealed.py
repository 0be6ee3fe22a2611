"""Residents' own words at rest: encrypted in the database, plain only while the program reads them."""

import base64
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from cryptography.fernet import Fernet
from flask import current_app

from surveys.core.tokens import derive, key_for


@lru_cache(maxsize=8)
def sealer(key: bytes) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(key))


def sealing() -> Fernet:
    """With WORDS_KEY, or a key derived from SECRET_KEY. Words sealed under another key cannot be read again."""
    given: str = current_app.extensions["settings"].words_key.get_secret_value()
    return sealer(derive(given, "words") if given else key_for("words"))


def sealed(words: str) -> str:
    return sealing().encrypt(words.encode()).decode("ascii")


def unsealed(words: str) -> str:
    """What was sealed. Raises InvalidToken where it was damaged, or sealed under another key."""
    return sealing().decrypt(words).decode()


class SealedText(sa.types.TypeDecorator[str]):
    """Text that the database holds only encrypted (AES-128-CBC with HMAC-SHA256), so it cannot be searched there."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:
        return None if value is None else sealed(value)

    def process_result_value(self, value: str | None, dialect: Any) -> str | None:
        return None if value is None else unsealed(value)
