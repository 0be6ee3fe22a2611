"""What goes wrong, how often, and which message it befalls: the same for the same seed, in whatever order they come."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from random import Random
from typing import TypeVar

Kind = TypeVar("Kind", bound=StrEnum)


class Fault(StrEnum):
    """What befalls one request. After: the provider's ledger has the message although the client is not told so."""

    RESET_BEFORE = "reset_before"
    TOO_MANY = "too_many"
    ERROR_BEFORE = "error_before"
    ERROR_AFTER = "error_after"
    DROP_AFTER = "drop_after"
    SLOW = "slow"


class End(StrEnum):
    """How a message ends where it is not delivered."""

    UNDELIVERED_30003 = "undelivered_30003"
    UNDELIVERED_30005 = "undelivered_30005"
    FAILED_30007 = "failed_30007"


@dataclass(frozen=True)
class Faults:
    """Rates are shares of one; times are seconds.

    A bounce stands for an email's 30003 and 30005, a drop for its 30007. listing_lag: how long a new message is
    missing from the lists. refuses_stopped=False lets messages through to numbers that have said stop.
    """

    latency: float = 0.0
    reset_before: float = 0.0
    too_many: float = 0.0
    error_before: float = 0.0
    error_after: float = 0.0
    drop_after: float = 0.0
    slow: float = 0.0
    slow_seconds: float = 30.0
    undelivered_30003: float = 0.0
    undelivered_30005: float = 0.0
    failed_30007: float = 0.0
    receipt_seconds: float = 0.02
    receipt_lost: float = 0.0
    receipt_duplicate: float = 0.0
    receipt_reorder: float = 0.0
    receipt_late: float = 0.0
    late_seconds: float = 2.0
    listing_lag: float = 0.0
    refuses_stopped: bool = True
    tracking_must_be_off: bool = True

    def __post_init__(self) -> None:
        """Raises ValueError where a value is none that could happen."""
        for one in fields(self):
            value = getattr(self, one.name)
            if not isinstance(value, type(one.default) if isinstance(one.default, bool) else (int, float)):
                raise ValueError(f"{one.name} cannot be {value!r}")
            if not 0 <= value < 86_400:
                raise ValueError(f"{one.name} cannot be {value!r}")
        for kind in (Fault, End):
            if sum(getattr(self, one) for one in kind) > 1:
                raise ValueError(f"the rates of {', '.join(kind)} come to more than one")

    def changed(self, given: Mapping[str, float | bool]) -> "Faults":
        """Raises ValueError for a name that is none, or a value that cannot be."""
        if unknown := given.keys() - asdict(self).keys():
            raise ValueError(f"no fault is called {', '.join(sorted(unknown))}")
        return Faults(**{**asdict(self), **given})

    def fault(self, chance: Random) -> Fault | None:
        return self.one_of(Fault, chance)

    def end(self, chance: Random) -> End | None:
        return self.one_of(End, chance)

    def one_of(self, kinds: type[Kind], chance: Random) -> Kind | None:
        number = chance.random()
        for kind in kinds:
            number -= getattr(self, kind)
            if number < 0:
                return kind
        return None


class Chances:
    """A random generator for each request by its recipient and how often that one was asked for."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.times: Counter[str] = Counter()

    def of(self, key: str) -> Random:
        self.times[key] += 1
        return Random(f"{self.seed}|{key}|{self.times[key]}")
