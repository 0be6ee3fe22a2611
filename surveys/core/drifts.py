"""Stored figures held against their recount: what differs.

One statement sees one state of the database, so what comes in meanwhile raises no false alarm.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from surveys.core.db import db

Figures = sa.SelectBase
Differing = sa.Select[*tuple[Any, ...]]


@dataclass(frozen=True)
class Drift:
    """A figure that does not equal its recount."""

    key: tuple[str, ...]
    stored: int
    recount: int


@dataclass(frozen=True)
class Check:
    """waiting: how many of what is counted the next roll-up will count."""

    figures: int
    waiting: int
    drifts: list[Drift]


def differing(kept: Figures, fresh: Figures) -> Differing:
    """The figures that are not the same on both sides, each side having its count last."""
    *keys, count = kept.subquery().c
    *counted_keys, recount = fresh.subquery().c
    there = sa.select(*keys, count.label("stored"), sa.literal(0).label("recount"))
    here = sa.select(*counted_keys, sa.literal(0), recount)
    *both, was, now_is = sa.union_all(there, here).subquery().c
    return (
        sa.select(*both, sa.func.sum(was).label("stored"), sa.func.sum(now_is).label("recount"))
        .group_by(*both)
        .having(sa.func.sum(was) != sa.func.sum(now_is))
        .order_by(*both)
    )


def found(statement: Differing, *kind: str) -> Iterator[Drift]:
    return (drift_of(row, *kind) for row in db.session.execute(statement))


def drift_of(row: Any, *kind: str) -> Drift:
    *keys, was, now_is = row
    return Drift((*kind, *(worded(key) for key in keys)), int(was), int(now_is))


def worded(key: object) -> str:
    if isinstance(key, date):
        return key.isoformat()
    if isinstance(key, bool):
        return "doubted" if key else "not doubted"
    return key.value if isinstance(key, StrEnum) else str(key)
