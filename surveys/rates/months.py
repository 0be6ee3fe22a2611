"""Months: what figures are counted by, and what pages are about."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa

from surveys.core.db import is_sqlite


class Month(NamedTuple):
    """A tuple, for pages look up thousands of figures by month."""

    year: int
    month: int

    @classmethod
    @lru_cache(maxsize=1024)
    def of(cls, day: date) -> "Month":
        """Kept, for figures have the same few days thousands of times."""
        return cls(day.year, day.month)

    @classmethod
    def read(cls, typed: str) -> "Month":
        """From 2026-03, or from a day of it. Raises ValueError."""
        return cls.of(date.fromisoformat(f"{typed}-01" if len(typed) == 7 else typed))

    @property
    def label(self) -> str:
        return in_words(self)

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        return date(self.year, self.month, monthrange(self.year, self.month)[1])

    def plus(self, months: int) -> "Month":
        years, month = divmod(self.month - 1 + months, 12)
        return Month(self.year + years, month + 1)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"


@lru_cache(maxsize=1024)
def in_words(month: Month) -> str:
    return f"{month.first:%B %Y}"


@lru_cache(maxsize=256)
def months_between(first: Month, last: Month) -> Sequence[Month]:
    """Each month from the first to the last, both among them."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return tuple(first.plus(n) for n in range(count))


def month_of(day: Any) -> sa.ColumnElement[date]:
    """The first day of a day's month, in SQL. Its words are literal: PostgreSQL groups by the very same expression."""
    if is_sqlite():
        return sa.func.date(day, sa.literal_column("'start of month'"), type_=sa.Date())
    return sa.cast(sa.func.date_trunc(sa.literal_column("'month'"), day), sa.Date())
