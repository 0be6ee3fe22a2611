"""How fast and how much: a token bucket for each medium, and the rules of a sending run."""

import threading
import time
from dataclasses import dataclass, field
from datetime import datetime

from surveys.core.clock import day_of, start_of
from surveys.messaging.hours import Hours, may_send


class TokenBucket:
    """Lets through `per_second` messages a second, with a burst of one second's worth. Safe for many threads."""

    def __init__(self, per_second: float) -> None:
        if per_second <= 0:
            raise ValueError("a pace is more than nothing a second")
        self.per_second = per_second
        self.tokens = max(1.0, per_second)
        self.looked_at = time.monotonic()
        self.lock = threading.Lock()

    def wait_for(self) -> float:
        """Take one token; gives the seconds to wait before using it."""
        with self.lock:
            moment = time.monotonic()
            self.tokens = min(max(1.0, self.per_second), self.tokens + (moment - self.looked_at) * self.per_second)
            self.looked_at = moment
            self.tokens -= 1
            return 0.0 if self.tokens >= 0 else -self.tokens / self.per_second


def batch_for(threads: int) -> int:
    """How many messages a run claims at a time. Few, because a lost worker leaves a whole batch in doubt."""
    return max(64, 8 * threads)


@dataclass(frozen=True)
class SendingRules:
    """What bounds a run. hours None: at any hour, for senders that reach nobody."""

    hours: Hours | None = None
    per_second: float | None = None
    daily_cap: int | None = None
    too_old_days: int | None = None
    threads: int = 1
    batch: int = 200
    stale_seconds: int = 600
    bucket: TokenBucket | None = field(default=None, compare=False)

    def may_send(self, moment: datetime) -> bool:
        return self.hours is None or may_send(moment, self.hours)

    def day_began(self, moment: datetime) -> datetime:
        return start_of(day_of(moment))
