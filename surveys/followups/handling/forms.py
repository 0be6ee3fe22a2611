"""The forms of a case's page, as they were typed: what is refused comes back with all of it."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from surveys.core.refusals import Refused
from surveys.core.row_numbers import row_number
from surveys.followups.cases.moves import Act, NotFilledIn, Step
from surveys.followups.handling.acts import Form

NOTE, GIVE = "note", "give"
NOBODY = "nobody"
OLD_PAGE = "This page is not as we made it. Open the case again and send what you typed once more."


@dataclass(frozen=True)
class Typed:
    """One form. name: note, give or an act; number: the page's own; last_seen: the last event that it showed."""

    name: str = ""
    words: str = field(default="", repr=False)
    outcome: str = ""
    cause: str = ""
    owner: str = ""
    number: str = ""
    edition: int = 0
    last_seen: int = 0

    @property
    def once(self) -> bytes:
        """The same form sent twice has the same digest; another one, or other words in it, has another."""
        parts = (self.number, self.name, self.words, self.outcome, self.cause, self.owner)
        return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).digest()

    @property
    def form(self) -> Form:
        return Form(self.once, self.edition)

    @property
    def owner_id(self) -> int | None:
        if self.owner == NOBODY:
            return None
        try:
            return row_number(self.owner)
        except ValueError as fault:
            raise NotFilledIn("owner", "Select who is to have it") from fault

    def step(self, act: Act) -> Step:
        return Step(act, self.words, self.outcome, self.cause)


def read_typed(name: str, form: Mapping[str, str]) -> Typed:
    """Raises Refused where the fields that nobody types are not there."""
    given = {key: form.get(key, "") for key in ("words", "outcome", "cause", "owner", "number")}
    # A browser sends two characters for the end of a line, and a page counts one.
    given["words"] = given["words"].replace("\r\n", "\n")
    try:
        edition, last_seen = row_number(form.get("edition", "")), row_number(form.get("last_seen", ""))
    except ValueError as fault:
        raise Refused(OLD_PAGE) from fault
    if not given["number"]:
        raise Refused(OLD_PAGE)
    return Typed(name=name, edition=edition, last_seen=last_seen, **given)


def new_number() -> str:
    """A number for a page that is about to be shown."""
    return secrets.token_urlsafe(12)
