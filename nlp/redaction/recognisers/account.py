"""Bank accounts (sort code and number, IBAN) and what else is called an account: council tax, rent."""

from collections.abc import Iterator

from nlp.redaction.recognisers.matching import found, pattern
from nlp.redaction.types import Finding, Kind

EIGHT = r"[0-9](?:[ \-]?[0-9]){7}"
SORT_CODE = r"[0-9]{2}[ \-][0-9]{2}[ \-][0-9]{2}"
SORTED = pattern(
    rf"(?<![\w£+\-/]){SORT_CODE}[ ,/]*(?:account|acc|a/c|acct)?\W{{0,2}}(?:no|number|num)?\W{{0,3}}{EIGHT}(?![\w/])"
)
SORT = pattern(rf"\bsort ?code\b[^0-9\n]{{0,10}}(?P<it>{SORT_CODE}|[0-9]{{6}})(?!\w)")
IBAN = pattern(r"(?<!\w)[a-z]{2}[0-9]{2}[ \-]?[a-z]{4}[ \-]?[0-9]{4}[ \-]?[0-9]{4}[ \-]?[0-9]{4}[ \-]?[0-9]{2}(?!\w)")
CALLED = pattern(
    r"\b(?:account|acc|acct|a/c|rent ref|bank details?|bank)\b[^\w£]{0,2}(?:details?|no|number|num|ref"
    r"|reference)?\b[^0-9\n£]{0,16}"
    r"(?P<it>(?!0[1-35789][0-9 ]{8,})[0-9](?:[ \-]?[0-9]){5,11})(?![\w/])"
)


def find(text: str) -> Iterator[Finding]:
    for expression in (SORTED, SORT, IBAN, CALLED):
        yield from found(Kind.ACCOUNT, expression, text)
