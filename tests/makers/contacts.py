"""Makers of contact files and loaded contacts."""

import csv
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from surveys.contacts.intake import load_batch, upload
from surveys.contacts.models import ImportBatch
from surveys.core.clock import LONDON, now
from surveys.core.db import transaction

HEADER = ("source_ref", "occurred_at", "service", "channel", "phone", "email", "language", "team", "area")


def row(reference: str, moment: datetime | None = None, **given: str) -> dict[str, str]:
    """One contact of yesterday by phone about parking, with a mailbox of its own."""
    at = (moment or now() - timedelta(days=1)).astimezone(LONDON)
    usual = {
        "source_ref": reference,
        "occurred_at": at.strftime("%Y-%m-%d %H:%M:%S"),
        "service": "parking",
        "channel": "phone",
        "phone": "",
        "email": f"{reference.lower()}@example.com",
        "language": "en",
        "team": "",
        "area": "",
    }
    return usual | given


def write_csv(path: Path, rows: Iterable[Mapping[str, str]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, HEADER)
        writer.writeheader()
        writer.writerows(rows)
    return path


def load_rows(folder: Path, rows: Iterable[Mapping[str, str]], make_services: bool = True) -> ImportBatch:
    """Load rows through the real intake; returns the batch at its end."""
    path = write_csv(folder / "contacts.csv", rows)
    return load_path(path, make_services=make_services)


def load_path(path: Path, make_services: bool = True, source: str = "crm") -> ImportBatch:
    with transaction():
        batch_id = upload(path, path.name, source, make_services).id
    return load_batch(batch_id)
