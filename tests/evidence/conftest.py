"""What tests of evidence share."""

from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

import pytest

from surveys.evidence.cover import writing as cover
from surveys.evidence.publishing import publish
from surveys.rates.protection import protect
from surveys.rates.protection_revising import revise

P = ParamSpec("P")
R = TypeVar("R")


def write_nothing(_page: Path, pdf: Path) -> None:
    pdf.write_bytes(b"%PDF-1.7\n")


def remembered(pure: Callable[P, R]) -> Callable[P, R]:
    """The same, worked out once for the same values."""
    known: dict[str, R] = {}

    def told(*values: P.args, **named: P.kwargs) -> R:
        key = repr((values, named))
        if key not in known:
            known[key] = pure(*values, **named)
        return known[key]

    return told


PROTECT, REVISE = remembered(protect), remembered(revise)


@pytest.fixture(autouse=True)
def quick_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pack that one test builds has no PDF worth the seconds; the one of the session (made_packs.py) has."""
    monkeypatch.setattr(cover, "write_pdf", write_nothing)


@pytest.fixture(autouse=True)
def quick_protection(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many tests publish the same quarter, and protecting it takes most of their time."""
    monkeypatch.setattr(publish, "protect", PROTECT)
    monkeypatch.setattr(publish, "revise", REVISE)
