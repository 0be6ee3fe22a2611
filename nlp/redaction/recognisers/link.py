"""Links, host names and the handles of social media; the bare names of public bodies' sites are left."""

import re
from collections.abc import Iterator

from nlp.redaction.recognisers.matching import either, pattern
from nlp.redaction.recognisers.public_hosts import PUBLIC
from nlp.redaction.types import Finding, Kind

ENDINGS = either(r"uk, com, org, net, info, io, ly, be, co, wales, cymru, scot, london, eu, gl, app, me")
# Looked for first, as it is quick and most comments have none.
HOST_LIKE = re.compile(r"\.[a-zA-Z]|//")
LINK = pattern(
    r"(?<![\w@.])(?:(?:https?://|www\.)[^\s<>\"\[\]]+"
    rf"|(?:[a-z0-9][a-z0-9\-]*\.)+{ENDINGS}(?:/[^\s<>\"\[\]]*|(?![\w@\-]|\.\w)))"
)
HANDLE = pattern(r"(?<![\w.@])@[a-z0-9_]{3,30}\b(?!\.\w)")
# A full stop without the space after it: "was useless.Me too".
NO_HOST = re.compile(r"[^/]*[a-z]\.(?:Me|Be|Co|App|Uk|Info)")


def find(text: str) -> Iterator[Finding]:
    for match in LINK.finditer(text) if HOST_LIKE.search(text) else ():
        end = match.start() + len(match[0].rstrip(".,;:!?)'\""))
        link = text[match.start() : end]
        if not PUBLIC.fullmatch(link) and not NO_HOST.fullmatch(link):
            yield Finding(Kind.LINK, match.start(), end)
    if "@" in text:
        yield from (Finding(Kind.LINK, *match.span()) for match in HANDLE.finditer(text))
