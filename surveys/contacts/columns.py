"""Which column of a file holds what: our names, the names other systems use, and what a person mapped."""

from dataclasses import dataclass

from surveys.core.refusals import Refused

NEEDED = ("source_ref", "occurred_at", "service", "channel")
OPTIONAL = ("phone", "email", "language", "team", "area")
COLUMNS = NEEDED + OPTIONAL
DESCRIPTIONS = {
    "source_ref": "Reference of the contact",
    "occurred_at": "Date and time",
    "service": "Service",
    "channel": "Channel",
    "phone": "Phone number",
    "email": "Email address",
    "language": "Language",
    "team": "Team",
    "area": "Area or ward",
}
# What exports of common contact centre systems call these.
OTHER_NAMES = {
    "source_ref": {
        "reference",
        "ref",
        "case id",
        "case reference",
        "case number",
        "contact id",
        "call id",
        "id",
    },
    "occurred_at": {
        "date",
        "datetime",
        "date time",
        "closed at",
        "closed date",
        "date closed",
        "timestamp",
        "time",
    },
    "service": {"department", "service area", "queue", "service name"},
    "channel": {"contact type", "contact method", "medium", "origin", "source channel"},
    "phone": {"mobile", "telephone", "phone number", "mobile number", "tel", "contact number"},
    "email": {"e-mail", "email address", "e-mail address", "mail"},
    "language": {"preferred language", "lang"},
    "team": {"team name", "group"},
    "area": {"ward", "locality", "district"},
}


@dataclass(frozen=True)
class Mapping:
    """Position of each of our columns in the file's rows; None where the file has no such column."""

    positions: dict[str, int]

    def heading(self, header: tuple[str, ...], column: str) -> str:
        """What the file itself calls our column."""
        return header[self.positions[column]]


def guess(header: tuple[str, ...], remembered: dict[str, str]) -> dict[str, str]:
    """Our column -> the file's header: as remembered for the source, by our own name, or by a usual one."""
    plain = {name.casefold().replace("_", " ").strip(): name for name in header if name}
    found: dict[str, str] = {}
    for column in COLUMNS:
        names = [column.replace("_", " "), *sorted(OTHER_NAMES[column])]
        usual = next((plain[name] for name in names if name in plain), None)
        before = remembered.get(column)
        choice = before if before in header else usual
        if choice and choice not in found.values():
            found[column] = choice
    return found


def refuse_too_few(header: tuple[str, ...]) -> None:
    """A file with fewer named columns than are needed cannot be mapped by anybody."""
    named = [name for name in header if name]
    if len(named) < len(NEEDED):
        raise Refused(
            f"Only {len(named)} column{'s are' if len(named) > 1 else ' is'} named in the first line; at least "
            f"{', '.join(NEEDED)} are needed. Check that commas, semicolons or tabs stand between them."
        )


def is_complete(mapped: dict[str, str]) -> bool:
    return all(column in mapped for column in NEEDED)


def positions_of(header: tuple[str, ...], mapped: dict[str, str]) -> Mapping:
    """Where each mapped column stands. Raises Refused where a needed one is missing or one is used twice."""
    missing = [column for column in NEEDED if mapped.get(column) not in header]
    if missing:
        there = ", ".join(name or "(no name)" for name in header)[:200]
        raise Refused(
            f"The file has no column for: {', '.join(missing)}. Its columns are: {there}. "
            "Rename the columns, or load the file on the upload page and say which is which."
        )
    used = [name for column, name in mapped.items() if name]
    if twice := sorted({name for name in used if used.count(name) > 1}):
        raise Refused(f"The column “{twice[0]}” is chosen twice. Choose each column once.")
    return Mapping({column: header.index(name) for column, name in mapped.items() if name in header})
