"""Dates of birth: any date after a word for it, and full dates too far back to be about the service."""

from collections.abc import Iterator

from nlp.redaction.recognisers.matching import found, pattern
from nlp.redaction.types import Finding, Kind

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
DAY = r"[0-3]?[0-9](?:st|nd|rd|th)?"
LONG_AGO = r"(?:19[0-9]{2}|200[0-9]|201[0-2])"
# Of two digits; 13 to 29 may as well be the year of the matter.
SHORT_LONG_AGO = r"'?(?:0[0-9]|1[0-2]|[3-9][0-9])"
SINCE_1900 = r"(?:(?:19|20)[0-9]{2}|'?[0-9]{2})"


def a_date(year: str) -> str:
    """A date in the ways of writing it, with this expression for its year."""
    parted = rf"[0-3]?[0-9] ?(?P<gap>[./\-]| )[ ]?[01]?[0-9] ?(?P=gap)[ ]?{year}"
    in_words = rf"{DAY}(?: of)?[ \-]{MONTH},?[ \-]{year}|{MONTH} {DAY},? {year}"
    return rf"(?:{parted}|{in_words}|{year}[\-/.][01][0-9][\-/.][0-3][0-9])"


BORN = r"\b(?:born|dob|d\.o\.b\.?|d o b|date of birth|birth ?date|birthday|birth)\b"
CALLED = pattern(rf"{BORN}[^0-9\n]{{0,20}}?(?P<it>{a_date(SINCE_1900)})(?![\w])")
FOLLOWED = pattern(rf"(?<![\w/.£])(?P<it>{a_date(SINCE_1900)})(?![\w])[ ,(]{{0,3}}{BORN}")
OLD = pattern(rf"(?<![\w/.£])(?P<it>{a_date(LONG_AGO)})(?![\w])")
OLD_SHORT = pattern(
    rf"(?<![\w/.£])(?P<it>[0-3]?[0-9](?P<gap>[./\-])[01]?[0-9](?P=gap){SHORT_LONG_AGO}"
    rf"|{DAY}(?: of)?[ \-]{MONTH},?[ \-]{SHORT_LONG_AGO})"
    r"(?![\w/]|[.:][0-9])"
)


def find(text: str) -> Iterator[Finding]:
    for expression in (CALLED, FOLLOWED, OLD, OLD_SHORT):
        yield from found(Kind.DATE_OF_BIRTH, expression, text)
