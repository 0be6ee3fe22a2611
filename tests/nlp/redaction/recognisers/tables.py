"""Reads a recogniser's table: texts with what is to be found between « and », and texts in which nothing is."""

import re
from collections.abc import Callable, Iterator

from nlp.redaction.types import Finding

MARKED = re.compile("«(.*?)»")


def found_in(marked: str, find: Callable[[str], Iterator[Finding]]) -> tuple[set[str], set[str]]:
    """(what the recogniser finds, what the marks say) of a text with marks."""
    text = MARKED.sub(r"\1", marked)
    return {text[finding.start : finding.end] for finding in find(text)}, set(MARKED.findall(marked))
