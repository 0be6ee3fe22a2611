"""Finds personal data in a text and puts typed placeholders in its place."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from nlp.redaction.folding import fold
from nlp.redaction.recognisers import (
    account,
    address,
    card,
    date_of_birth,
    email,
    link,
    name,
    named_house,
    nhs_number,
    ni_number,
    phone,
    postcode,
    reference,
    spoken_phone,
    vehicle,
)
from nlp.redaction.types import Finding, Kind, Redacted, RedactedText

WITH_DIGITS = (account, card, nhs_number, ni_number, phone, date_of_birth, address, postcode, vehicle, reference)
ALWAYS = (link, email, spoken_phone, named_house, name)
DIGIT = re.compile(r"[0-9]")
PLACEHOLDER = re.compile("|".join(re.escape(kind.placeholder) for kind in Kind))
RANK = {kind: rank for rank, kind in enumerate(Kind)}


def redact(text: str) -> Redacted:
    """Replace the personal data in a comment by placeholders such as [NAME].

    Args:
        text: any text; placeholders that stand in it already stay as they are.

    Returns:
        The redacted text and what was found, by positions in `text`. Nothing more is found in a text that came from
        here: what one replacement brings to light is looked for again until there is no more.
    """
    found: list[Finding] = []
    current = text
    while more := findings_in(current):
        found = in_order([*found, *(moved_back(finding, found) for finding in more)])
        current = replaced(text, found)
    return Redacted(RedactedText(current), tuple(found))


def findings_in(text: str) -> list[Finding]:
    """What the recognisers see in this text outside its placeholders, overlaps resolved."""
    folded = fold(text)
    recognisers = chain(WITH_DIGITS, ALWAYS) if DIGIT.search(folded.text) else ALWAYS
    seen = [finding for recogniser in recognisers for finding in recogniser.find(folded.text)]
    if not seen:
        return []
    if "[" in folded.text:
        seen = outside_placeholders(seen, folded.text)
    return [
        Finding(finding.kind, folded.original(finding.start), folded.original(finding.end))
        for finding in resolved(seen)
    ]


def outside_placeholders(seen: Iterable[Finding], text: str) -> list[Finding]:
    """The parts of the findings that touch no placeholder."""
    taken = [match.span() for match in PLACEHOLDER.finditer(text)]
    return [part for finding in seen for part in around(finding, taken, text)]


def around(finding: Finding, taken: Sequence[tuple[int, int]], text: str) -> Iterator[Finding]:
    at = finding.start
    for start, end in [*taken, (finding.end, finding.end)]:
        if end > at and start <= finding.end:
            if text[at:start].strip(" ,.;:()-/[]"):
                yield Finding(finding.kind, at, start)
            at = max(at, end)


def resolved(seen: Iterable[Finding]) -> list[Finding]:
    """Findings that overlap become one over all they cover, of the kind that stands first in `Kind`."""
    merged: list[Finding] = []
    for finding in in_order(seen):
        if merged and finding.start < merged[-1].end:
            last = merged.pop()
            kind = min(last.kind, finding.kind, key=RANK.__getitem__)
            finding = Finding(kind, last.start, max(last.end, finding.end))
        merged.append(finding)
    return merged


def in_order(found: Iterable[Finding]) -> list[Finding]:
    return sorted(found, key=lambda finding: finding.start)


def replaced(text: str, found: Sequence[Finding]) -> str:
    parts, at = [], 0
    for finding in found:
        parts += [text[at : finding.start], finding.kind.placeholder]
        at = finding.end
    return "".join([*parts, text[at:]])


def moved_back(finding: Finding, earlier: Sequence[Finding]) -> Finding:
    """A finding in a text with placeholders, by its positions in the text that had none; it holds no placeholder."""
    shift, places, shifts = 0, [], []
    for one in earlier:
        shift += one.end - one.start - len(one.kind.placeholder)
        places.append(one.end - shift)
        shifts.append(shift)
    before = bisect_right(places, finding.start)
    by = shifts[before - 1] if before else 0
    return Finding(finding.kind, finding.start + by, finding.end + by)
