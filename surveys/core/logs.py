"""Structured logs: a fixed phrase plus ids and counts, one JSON object a line, on standard error.

Personal text has no place here: a value that is not a number, a name of ours or a short code is refused.
"""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

PLAIN = re.compile(r"^[A-Za-z0-9_.:/<>-]{0,80}$")
# Nine digits with or without marks between them: a telephone number, never a date or a code of ours.
TELEPHONE = re.compile(r"(?:[0-9][-./]?){9}")


def only_plain(_logger: Any, _method: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Blot out any value that could be somebody's words: only numbers, codes and names of ours pass."""
    for name, value in entry.items():
        if name == "event" or value is None or isinstance(value, int | float):
            continue
        if not PLAIN.match(str(value)) or TELEPHONE.search(str(value)):
            entry[name] = "[withheld]"
    return entry


def init_logs(level: str) -> None:
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            only_plain,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )
    # Libraries log what they please, addresses among it; only their warnings pass.
    logging.getLogger().setLevel(logging.WARNING)


log: structlog.typing.FilteringBoundLogger = structlog.get_logger()
