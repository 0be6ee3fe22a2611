"""Calendar quarters, which open data comes by: three whole months, published once their answers have come in."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from surveys.rates.months import Month, months_between
from surveys.rates.revising import SETTLES_AFTER
from surveys.rates.scope import Scope

CODE = re.compile(r"(\d{4}-\d{2})-to-(\d{4}-\d{2})")
MONTHS = 3


class Quarter(NamedTuple):
    """By its first month: January, April, July or October."""

    first: Month

    @classmethod
    def of(cls, month: Month) -> "Quarter":
        """The quarter that a month is in."""
        return cls(Month(month.year, month.month - (month.month - 1) % MONTHS))

    @classmethod
    def starting(cls, day: date) -> "Quarter":
        return cls.of(Month.of(day))

    @classmethod
    def read(cls, code: str) -> "Quarter":
        """From its code. Raises ValueError."""
        found = CODE.fullmatch(code)
        quarter = cls.of(Month.read(found[1])) if found else None
        if quarter is None or quarter.code != code:
            raise ValueError("not a quarter")
        return quarter

    @property
    def last(self) -> Month:
        return self.first.plus(MONTHS - 1)

    @property
    def months(self) -> Sequence[Month]:
        return months_between(self.first, self.last)

    @property
    def scope(self) -> Scope:
        return Scope(self.first, self.last)

    @property
    def code(self) -> str:
        """For addresses and files: numbers of quarters mean other months in other years of account."""
        return f"{self.first}-to-{self.last}"

    @property
    def label(self) -> str:
        return f"{self.first.first:%B} to {self.last.label}"

    @property
    def ready_on(self) -> date:
        """The first day on which no link to a survey about it is good any more."""
        return self.last.last + SETTLES_AFTER + timedelta(days=1)

    def plus(self, quarters: int) -> "Quarter":
        return Quarter(self.first.plus(MONTHS * quarters))
