"""A last look at words that are to be published: personal data stops them, a name of staff is pointed out."""

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from nlp.redaction.redact import redact
from nlp.redaction.types import Finding, Kind
from nlp.words import words_of
from surveys.core.db import db
from surveys.people.models import User

KIND_WORDS = {
    Kind.NAME: "a name",
    Kind.PHONE: "a phone number",
    Kind.EMAIL: "an email address",
    Kind.POSTCODE: "a postcode",
    Kind.ADDRESS: "an address",
}
OTHER_WORDS = "a number or date that may be somebody’s"
# The council's own pages may be named.
HARMLESS = frozenset({Kind.LINK})


@dataclass(frozen=True)
class Scan:
    """found: what must go before the words are published, and staff: what somebody must have agreed to. Sentences."""

    found: tuple[str, ...] = ()
    staff: tuple[str, ...] = ()


def scan(texts: Mapping[str, str], staff: frozenset[str]) -> Scan:
    """texts by the name of their field; staff: words of staff's names, in small letters. Pure."""
    found: dict[str, None] = {}
    named: dict[str, None] = {}
    for field, text in texts.items():
        for finding in redact(text).found:
            if finding.kind is Kind.NAME and set(words_of(text[finding.start : finding.end])) <= staff:
                named[f"“{field}” has a name of somebody on the staff. Publish it only if they agreed"] = None
            elif finding.kind not in HARMLESS:
                found[sentence(field, finding)] = None
    return Scan(tuple(found), tuple(named))


def sentence(field: str, finding: Finding) -> str:
    return f"“{field}” may hold {KIND_WORDS.get(finding.kind, OTHER_WORDS)}. Take it out"


def staff_words() -> frozenset[str]:
    """The words of the names of everybody with an account."""
    return frozenset(word for name in db.session.scalars(sa.select(User.name)) for word in words_of(name))
