"""Email addresses, also those written to escape machines: `jane dot smith at gmail dot com`."""

from collections.abc import Iterator

from nlp.redaction.recognisers.matching import found, pattern
from nlp.redaction.recognisers.public_hosts import PUBLIC
from nlp.redaction.types import Finding, Kind
from nlp.redaction.vocabulary import is_word

LOCAL = r"[a-z0-9][a-z0-9.+'_\-]*"
DOTTED = r"[a-z0-9_\-]+(?:\s?[\[(]?\s?\bdot\b\s?[\])]?\s?[a-z0-9_\-]+){0,3}"
AT_SIGN = pattern(rf"(?<![\w.]){LOCAL}\s?@\s?[a-z0-9\-]+(?:\s?\.\s?[a-z0-9\-]+)*\s?\.\s?[a-z]{{2,6}}\b")
DOT = r"\s?(?:\.|[\[(]\s?dot\s?[\])]|\bdot\b)\s?"
# "looked at gov.uk" is no address: `at` in plain needs a mailbox provider, or a dot that is spelt out.
PROVIDER = (
    r"(?:gmail|googlemail|hotmail|outlook|yahoo|ymail|live|msn|icloud|me|mac|aol|btinternet|btopenworld|sky|talktalk"
    r"|virginmedia|ntlworld|blueyonder|tiscali|plusnet|mail|proton|protonmail|gmx|zoho|fastmail|hey)"
)
BRACKETED_AT = pattern(
    rf"(?<![\w.]){DOTTED.replace('_', '._')}\s?[\[(<{{]\s?at\s?[\])>}}]\s?[a-z0-9\-]+(?:{DOT}[a-z0-9\-]+)+\b"
)
PROVIDER_AT = pattern(
    rf"(?<![\w.]){DOTTED.replace('_', '._')}\s(?:at|@)\s{PROVIDER}{DOT}(?:com|co{DOT}uk|co|net|org|uk|me|ie)\b"
)
DOT_SPELT = pattern(
    rf"(?<![\w.]){DOTTED.replace('_', '._')}\s(?:at|@)\s[a-z0-9\-]+(?:\sdot\s[a-z0-9\-]+)*\sdot\s(?:com|uk|net|org"
    rf"|wales|scot|me|info|eu|ie)\b"
)
AT_HOST = pattern(
    rf"(?<![\w.])(?P<own>{DOTTED.replace('_', '._')})\sat\s(?P<host>[a-z0-9\-]+(?:\.[a-z0-9\-]+)*\.(?:com|co|net|org"
    rf"|uk|me|info|eu|ie|wales|scot))\b"
)

# Looked for first, as it is quick and most comments have none.
MAY_BE_SPELT = pattern(r"\bdot\b|[\[({<]\s?at\b|\.\s?(?:com|co|net|org|uk|me|info|eu|ie|wales|scot)\b")


def find(text: str) -> Iterator[Finding]:
    if "@" in text:
        yield from found(Kind.EMAIL, AT_SIGN, text)
    if MAY_BE_SPELT.search(text):
        for expression in (BRACKETED_AT, PROVIDER_AT, DOT_SPELT):
            yield from found(Kind.EMAIL, expression, text)
        for match in AT_HOST.finditer(text):
            if not is_word(match["own"].lower()) and not PUBLIC.fullmatch(match["host"]):
                yield Finding(Kind.EMAIL, *match.span())
