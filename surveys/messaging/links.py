"""What a message is known by at its provider: the web address in it, or all its words."""

import re
from collections.abc import Callable

from surveys.messaging.outcomes import Message

LINK = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)]")


def links_in(text: str) -> list[str]:
    return LINK.findall(text)


def survey_link(body: str) -> str:
    """The first address in a message: that of its survey, which is one person's own. "" where there is none."""
    return next(iter(links_in(body)), "")


def mark_of(message: Message) -> Callable[[str], bool] | None:
    """Tells by its words whether a listed message is this one; None where nothing in it would tell."""
    if message.known_by_words:
        words = message.body.split()
        return lambda body: body.split() == words
    link = survey_link(message.body)
    return (lambda body: link in links_in(body)) if link else None
