"""A quarter's figures as they were published: protected cells, stored so that later versions respect them. Pure."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from surveys.evidence.figures.results import ALL
from surveys.evidence.publishing.counts import with_total
from surveys.evidence.publishing.quarters import Quarter
from surveys.rates.intervals import Interval
from surveys.rates.protection_rules import HIDDEN
from surveys.rates.protection_tables import Key, Mark, ProtectedTable, Shown


@dataclass(frozen=True)
class Figures:
    """rates: by service, channel and month; funnel: by service and stage. names: of the services, by short name."""

    quarter: Quarter
    names: Mapping[str, str]
    rates: ProtectedTable
    funnel: ProtectedTable

    def rate(self, service: str = ALL, channel: str = ALL, month: str = ALL) -> Shown | None:
        """None where it cannot occur: nobody gets in touch with this service in this way."""
        return self.rates.shown.get((service, channel, month))

    def contacts(self, service: str, stage: str = ALL) -> Shown:
        return self.funnel.shown.get((service, stage), HIDDEN)

    @cached_property
    def stored(self) -> dict[str, Any]:
        return {"names": dict(self.names), "rates": stored_table(self.rates), "funnel": stored_table(self.funnel)}

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the stored figures: what somebody looked through is what is published."""
        words = json.dumps(self.stored, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(words.encode()).hexdigest()


@dataclass(frozen=True)
class Issue:
    """One version of a quarter's open data; published_at is None while staff look it through."""

    figures: Figures
    version: int
    why: str | None
    published_at: datetime | None

    @property
    def quarter(self) -> Quarter:
        return self.figures.quarter


def read_figures(quarter: Quarter, stored: Mapping[str, Any]) -> Figures:
    return Figures(quarter, stored["names"], read_table(stored["rates"]), read_table(stored["funnel"]))


def stored_table(table: ProtectedTable) -> dict[str, Any]:
    """Shares as whole percentages, which is all that a publication has."""
    return {
        "dimensions": [list(dimension.leaves) for dimension in table.dimensions],
        "cells": [stored_cell(key, shown) for key, shown in sorted(table.shown.items())],
        "unprinted": [list(key) for key in table.unprinted],
    }


def stored_cell(key: Key, shown: Shown) -> dict[str, Any]:
    cell: dict[str, Any] = {"of": list(key), "marks": [mark.value for mark in shown.marks]}
    if shown.base is not None and shown.share is not None and shown.interval is not None:
        cell |= {"base": shown.base, "percent": round(100 * shown.share)}
        cell |= {"lower": round(100 * shown.interval.lower), "upper": round(100 * shown.interval.upper)}
    if shown.answered is not None:
        cell["answered"] = shown.answered
    return cell


def read_table(stored: Mapping[str, Any]) -> ProtectedTable:
    return ProtectedTable(
        dimensions=tuple(with_total(tuple(codes)) for codes in stored["dimensions"]),
        shown={tuple(cell["of"]): read_cell(cell) for cell in stored["cells"]},
        unprinted=tuple(tuple(key) for key in stored["unprinted"]),
    )


def read_cell(cell: Mapping[str, Any]) -> Shown:
    marks = tuple(Mark(mark) for mark in cell["marks"])
    if "base" not in cell:
        return Shown(marks=marks)
    interval = Interval(cell["lower"] / 100, cell["upper"] / 100)
    return Shown(cell["base"], cell.get("answered"), None, cell["percent"] / 100, interval, marks)
