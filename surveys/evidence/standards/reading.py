"""Standards that assessors work to, element by element: ours in our own words, and what the council made of them."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from surveys.core.db import db
from surveys.core.refusals import NotFound
from surveys.evidence.standards.models import ElementNote

FILES = Path(__file__).parent
CSE = "cse"
OWN_WORDS = "The council’s own standard. Nothing here says that an element is fulfilled."


class Strength(StrEnum):
    """How far the pack's data answer an element: by themselves, beside other evidence, or not at all."""

    DIRECT = "direct"
    SUPPORTS = "supports"
    NONE = "none"


@dataclass(frozen=True)
class Element:
    """offered: what of a pack is put forward, the chief thing first (see offers.py). limit: what that cannot show.

    reference and note are the council's; ours: paraphrase, strength and offers are as the program has them. edition is
    0 where the council has said nothing of it.
    """

    standard: str
    code: str
    paraphrase: str
    strength: Strength
    offered: tuple[str, ...]
    limit: str = ""
    reference: str = ""
    note: str = ""
    ours: bool = True
    edition: int = 0


@dataclass(frozen=True)
class Standard:
    """criteria: headings by the beginnings of codes. built_in: its elements come with the program."""

    code: str
    name: str
    about: str
    elements: tuple[Element, ...]
    criteria: Mapping[str, str] = field(default_factory=dict)
    built_in: bool = True

    @property
    def spoken_of(self) -> bool:
        """Whether the council has said anything of it."""
        return any(one.edition for one in self.elements)

    @property
    def parts(self) -> list[tuple[str, list[Element]]]:
        """(heading, its elements); one part without a heading where there are none."""
        grouped = groupby(self.elements, lambda one: one.code.rpartition(".")[0] if self.criteria else "")
        return [(self.heading(beginning), list(elements)) for beginning, elements in grouped]

    def heading(self, beginning: str) -> str:
        return f"{beginning} {self.criteria[beginning]}" if beginning in self.criteria else ""

    def element(self, code: str) -> Element:
        found = next((one for one in self.elements if one.code == code), None)
        if found is None:
            raise NotFound("There is no such element in this standard.")
        return found


@cache
def built_in() -> Mapping[str, Standard]:
    """Those that come with the program, Customer Service Excellence first."""
    read = [read_file(FILES / name) for name in ("cse_elements.json", "cca.json")]
    return {standard.code: standard for standard in read}


def read_file(path: Path) -> Standard:
    content = json.loads(path.read_text(encoding="utf-8"))
    code = content["standard"]
    elements = tuple(
        Element(
            standard=code,
            code=one["code"],
            paraphrase=one["paraphrase"],
            strength=Strength(one["strength"]),
            offered=tuple(one["offered"]),
            limit=one["limit"],
        )
        for one in content["elements"]
    )
    return Standard(code, content["name"], content["about"], elements, content["criteria"])


def read_standards() -> list[Standard]:
    """Ours with what the council said of them, then its own by name. One query."""
    notes: dict[str, list[ElementNote]] = defaultdict(list)
    for note in db.session.scalars(sa.select(ElementNote)):
        notes[note.standard].append(note)
    ours = [with_notes(standard, notes[standard.code]) for standard in built_in().values()]
    return [*ours, *(own_standard(name, notes[name]) for name in sorted(set(notes) - set(built_in())))]


def find_standard(code: str) -> Standard:
    found = next((one for one in read_standards() if one.code == code), None)
    if found is None:
        raise NotFound("There is no such standard.")
    return found


def with_notes(standard: Standard, notes: Iterable[ElementNote]) -> Standard:
    said = {note.code: note for note in notes}
    elements = tuple(with_note(one, said[one.code]) if one.code in said else one for one in standard.elements)
    return replace(standard, elements=elements)


def with_note(element: Element, note: ElementNote) -> Element:
    offers = offers_of(note, element)
    return replace(
        element,
        **offers,
        paraphrase=note.paraphrase or element.paraphrase,
        reference=note.reference,
        note=note.note,
        ours=note.paraphrase is None and note.offered is None,
        edition=note.edition,
    )


def offers_of(note: ElementNote, element: Element) -> dict[str, Any]:
    if note.offered is None:
        return {"strength": element.strength, "offered": element.offered}
    return {"strength": Strength(note.offered["strength"]), "offered": tuple(note.offered["items"])}


def own_standard(name: str, notes: Sequence[ElementNote]) -> Standard:
    empty = Element(name, "", "", Strength.NONE, (), ours=False)
    elements = [with_note(replace(empty, code=note.code), note) for note in notes]
    return Standard(name, name, OWN_WORDS, tuple(sorted(elements, key=lambda one: in_order(one.code))), built_in=False)


def in_order(code: str) -> list[tuple[int, str]]:
    """1.2 before 1.10: numbers by size, words by letters, numbers first."""
    return [(int(part), "") if part.isdecimal() else (10**9, part) for part in code.replace("-", ".").split(".")]
