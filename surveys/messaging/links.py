"""The web addresses in a text: what a message is known by at its provider."""

import re

LINK = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)]")


def links_in(text: str) -> list[str]:
    return LINK.findall(text)


def survey_link(body: str) -> str:
    """The first address in a message: that of its survey, which is one person's own. "" where there is none."""
    return next(iter(links_in(body)), "")
