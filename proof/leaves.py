"""What is sealed, in canonical words: anybody who has the same rows gets the same digests. Pure.

A leaf is the SHA-256 of one row's canonical JSON. A day's digest is the SHA-256 of its leaves, each as 64 hex digits
and a line feed, in their order. So a row that goes can leave its leaf behind, and the day can still be proved.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

RULE = 1


@dataclass(frozen=True)
class SealedResponse:
    """What is sealed of a closed response. answers: code by question; own words are no part of it.

    version is the questionnaire's short name and the number of its version, as in "contact/3".
    """

    day: date
    service: str
    channel: str
    mode: str
    version: str
    completed: bool
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class SealedDraw:
    """What is sealed of the draw of one contact. plan is its commitment; rate in ten-thousandths."""

    day: date
    service: str
    channel: str
    source: str
    reference: str
    plan: str | None
    rate: int | None
    outcome: str


def response_leaf(response: SealedResponse) -> bytes:
    return leaf_of(
        {
            "rule": RULE,
            "day": response.day.isoformat(),
            "service": response.service,
            "channel": response.channel,
            "mode": response.mode,
            "version": response.version,
            "completed": response.completed,
            "answers": dict(response.answers),
        }
    )


def draw_leaf(draw: SealedDraw) -> bytes:
    return leaf_of(
        {
            "rule": RULE,
            "day": draw.day.isoformat(),
            "service": draw.service,
            "channel": draw.channel,
            "source": draw.source,
            "reference": draw.reference,
            "plan": draw.plan,
            "rate": draw.rate,
            "outcome": draw.outcome,
        }
    )


def leaf_of(row: Mapping[str, Any]) -> bytes:
    """SHA-256 of the row as JSON: keys sorted, no spaces, UTF-8."""
    words = json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(words.encode()).digest()


def digest_of(leaves: Iterable[bytes]) -> str:
    """The digest of leaves that come in their order. Raises ValueError where they do not."""
    hashing, last = hashlib.sha256(), b""
    for leaf in leaves:
        if leaf < last:
            raise ValueError("leaves come in their order")
        hashing.update(leaf.hex().encode() + b"\n")
        last = leaf
    return hashing.hexdigest()
