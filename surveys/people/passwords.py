"""Passwords: argon2id hashes, a few rules that help, and a brake on guessing."""

import secrets
from datetime import timedelta
from functools import cache

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from surveys.core.clock import now
from surveys.core.db import db
from surveys.core.refusals import Refused, TooMany
from surveys.core.tokens import address_hash, key_for
from surveys.people.models import SignInFailure

SHORTEST = 12
LONGEST = 200
WINDOW = timedelta(minutes=15)
PER_ACCOUNT = 8
PER_CALLER = 30
# RFC 9106's second recommended choice: 64 MiB, 3 passes, 4 lanes.
hasher = PasswordHasher()


class WeakPassword(Refused):
    """A new password that breaks a rule."""


def check_password_rules(password: str, email: str) -> None:
    """Raise WeakPassword unless the password is long enough and not easily guessed."""
    if len(password) < SHORTEST:
        raise WeakPassword(f"Password must be {SHORTEST} characters or more. Three random words work well.")
    if len(password) > LONGEST:
        raise WeakPassword(f"Password must be {LONGEST} characters or less.")
    own_name = email.split("@")[0].casefold()
    if len(set(password)) < 5 or (len(own_name) > 3 and own_name in password.casefold()):
        raise WeakPassword("Password must not be your name or the same few characters. Three random words work well.")


def hash_password(password: str) -> str:
    return hasher.hash(password)


@cache
def nobody() -> str:
    """A hash to check where there is no such account, so that the answer takes as long."""
    return hasher.hash(secrets.token_urlsafe(16))


def password_fits(password_hash: str | None, password: str) -> bool:
    try:
        fits = hasher.verify(password_hash or nobody(), password[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False
    return fits and password_hash is not None and len(password) <= LONGEST


def tried(what: str) -> bytes:
    return address_hash(what, key_for("sign-in failures"))


def refuse_guessing(email: str, caller: str) -> None:
    """Raise TooMany once this account or this caller has failed too often in the last quarter of an hour."""
    for what, most in ((f"account {email}", PER_ACCOUNT), (f"caller {caller}", PER_CALLER)):
        failures = db.session.scalar(
            sa.select(sa.func.count()).where(SignInFailure.tried_hash == tried(what), SignInFailure.at > now() - WINDOW)
        )
        if (failures or 0) >= most:
            raise TooMany("Too many tries. Wait 15 minutes, then try again or ask an administrator for a new password.")


def note_failure(email: str, caller: str) -> None:
    for what in (f"account {email}", f"caller {caller}"):
        db.session.add(SignInFailure(tried_hash=tried(what), at=now()))


def forget_failures(email: str) -> None:
    db.session.execute(sa.delete(SignInFailure).where(SignInFailure.tried_hash == tried(f"account {email}")))
