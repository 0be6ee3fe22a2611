"""Addresses with a number: a house and its street, a flat and its building; in English and Welsh."""

import re
from collections.abc import Iterator

from nlp.redaction.recognisers.matching import found, pattern, words
from nlp.redaction.streets import CAPITAL_WORDS, ENDS, NUMBER, PLAIN_ENDS
from nlp.redaction.types import Finding, Kind

BEFORE = r"(?<![\w£#.:/])"
WORD = r"[^\W\d_][\w'.\-]*"
STREET = pattern(rf"{BEFORE}{NUMBER},? (?P<name>(?:{WORD} ){{1,3}}?)(?P<end>{ENDS})\b(?: (?:north|south|east|west)\b)?")
THE = pattern(rf"{BEFORE}(?:(?:number|no\.?) )?[0-9]{{1,4}}[a-h]?,? (?-i:The [A-Z][a-z]+)\b")
WELSH = pattern(
    rf"{BEFORE}{NUMBER},? (?:heol|ffordd|stryd|lôn|lon|rhodfa|clos|maes|cwrt|bryn|parc|teras|rhes|cae|cilgant|gerddi)"
    r"(?: (?:y|yr|ap|pen|tan))?(?: [^\W\d_][\w'\-]{3,})(?-i: [A-Z][\w'\-]+)?"
)
DWELLING = r"(?:flat|apartment|apt|unit|room|maisonette|bedsit) (?:no\.? )?(?:[0-9]{1,4}[a-h]?|[a-h]\b)"
BUILDING = r"(?:house|court|lodge|tower|point|hall|heights|mansions|buildings|place|view)"
FLAT = pattern(
    rf"(?<!\w){DWELLING},? (?:{CAPITAL_WORDS}{BUILDING}|[a-z][\w'\-]+ {BUILDING})\b"
    rf"(?:(?:,| -)? {CAPITAL_WORDS}{ENDS}\b|, (?:[a-z][\w'\-]+ ){{1,2}}?{ENDS}\b)?"
)
FLAT_BEFORE = pattern(rf"(?<!\w){DWELLING},? \Z")
# Between a number and a street's end these say that it is neither.
NO_STREET = words(
    "minute minutes min mins hour hours hr hrs day days week weeks month months year years mile miles mins metre "
    "metres yards people persons staff officers calls times car cars van vans bus buses bins bin bed beds bedroom "
    "bedrooms storey floor or than at to for from down up along across a an this that my our your his her their its "
    "is are was were be been with out off away per pm am if when who which but so as it i we you they he she not more "
    "other different each every whole miles of on in by and"
)
LIVED_AT = re.compile(
    r"(?:\b(?:at|of|address|live|lives|lived|living|moved|outside|opposite|visited|from|near|behind|around|to|flat"
    r"|by|into|is"
    r"|number|no)\W{0,3}|^|\n|[(:]\s?)\Z",
    re.IGNORECASE,
)
ENDS_HERE = re.compile(r"\s*(?:\Z|[,.;:)\n\[]|[A-Z]{1,2}[0-9])")
PLAIN = pattern(PLAIN_ENDS)


def find(text: str) -> Iterator[Finding]:
    for match in STREET.finditer(text):
        flat = FLAT_BEFORE.search(text, max(0, match.start() - 24), match.start())
        if flat or is_street(match, text):
            yield Finding(Kind.ADDRESS, flat.start() if flat else match.start(), match.end())
    for expression in (THE, WELSH, FLAT):
        yield from found(Kind.ADDRESS, expression, text)


def is_street(match: re.Match[str], text: str) -> bool:
    """Whether what lies between the number and the street's end reads as the name of a street."""
    names = match["name"].split()
    if NO_STREET.intersection(name.lower() for name in names):
        return (
            all(name[0].isupper() or name in ("of", "on", "in", "by", "and") for name in names)
            and names[0].lower() not in NO_STREET
        )
    if all(name[0].isupper() for name in names) or PLAIN.fullmatch(match["end"]):
        return True
    before = text[max(0, match.start() - 14) : match.start()]
    return bool(LIVED_AT.search(before) or ENDS_HERE.match(text, match.end()))
