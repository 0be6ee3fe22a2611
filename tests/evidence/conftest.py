"""What tests of evidence share."""

from pathlib import Path

import pytest

from surveys.evidence.cover import writing as cover


def write_nothing(_page: Path, pdf: Path) -> None:
    pdf.write_bytes(b"%PDF-1.7\n")


@pytest.fixture(autouse=True)
def quick_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pack that one test builds has no PDF worth the seconds; the one of the session (made_packs.py) has."""
    monkeypatch.setattr(cover, "write_pdf", write_nothing)
