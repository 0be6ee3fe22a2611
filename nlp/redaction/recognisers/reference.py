"""References of cases, permits and fines: what is called one, what has the look, and any long number left over."""

from collections.abc import Iterator

from nlp.redaction.recognisers.matching import found, pattern
from nlp.redaction.types import Finding, Kind

WORDS = (
    r"(?:ref|reference|case|ticket|claim|complaint|incident|job|order|pcn|application|invoice|policy|permit|enquiry"
    r"|query|report"
    r"|request|booking|crm|uprn|payment|licence|license|letter|quoted?|passport|badge|hospital|id|notice)"
)
CALLED = pattern(
    rf"\b{WORDS}s?\b[ .:#]{{0,3}}(?:ref|reference|number|numbers|num|no|nr|id|code)?[ .:#(]{{0,3}}(?:is"
    rf"|was)?[ :#(]{{0,3}}"
    r"(?P<it>(?:[a-z]{1,4}[ \-])?(?!(?:19|20)[0-9]{2}(?:[/\-][0-9]{2})?\b"
    r"|[0-9]{1,2}[/\-][0-9]{1,2}(?:[/\-][0-9]{2,4})?\b)(?=[a-z/\-]*[0-9](?:[a-z/\-]*[0-9]){3})[a-z0-9][\w/\-]{2,24})\b(?![.:/][0-9])"
)
# Letters and digits in one word: two capitals and four digits, or any letter and five.
MIXED = pattern(
    r"(?<![\w£/\-])(?:(?=[0-9/_\-]*[a-z])(?=(?:[a-z/_\-]*[0-9]){5})|(?-i:(?=[A-Z]{2,5}[/\-]?[0-9]{4,})))"
    r"[a-z0-9](?:[a-z0-9]|[/_\-](?=\w))+(?!\w)"
)
PLANNING = pattern(
    r"(?<![\w£/])(?:[a-z]{1,3}/)?(?:(?:19|20)?[0-9]{2})/(?:[0-9]{4,6}/[a-z]{1,4}|[0-9]{5,6})(?:/[a-z]{1,4})?(?!\w)"
)
NUMBERED = pattern(r"(?<!\w)#[0-9]{4,}\b")
LONG = pattern(
    r"(?<![\w£.,])(?!(?:19|20)[0-9]{2}-(?:19|20)[0-9]{2}\b)[0-9](?:[0-9]"
    r"|[ \-](?=[0-9]{2,}[ \-]?[0-9]{3})){4,}[0-9](?![\w£,])"
)


def find(text: str) -> Iterator[Finding]:
    for expression in (CALLED, MIXED, PLANNING, NUMBERED, LONG):
        yield from found(Kind.REFERENCE, expression, text)
