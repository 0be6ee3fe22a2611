"""Changing what the council says of elements: whoever saves after somebody else is told so. Nothing here commits."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from surveys.core.db import db, lock
from surveys.core.refusals import Conflict, NotFound
from surveys.evidence.standards.forms import Written
from surveys.evidence.standards.models import ElementNote
from surveys.evidence.standards.reading import built_in
from surveys.people.audit import record
from surveys.questionnaires.canonical import sha256_of


class Stale(Conflict):
    """The element has another edition than the one that the person saw."""


class SameCode(Conflict):
    """The standard has an element of this code already."""


def save(written: Written, edition: int, user_id: int, moment: datetime) -> None:
    """Keep what is said of an element. edition: what the person saw; 0 where nothing had been said."""
    lock("elements")
    note = noted(written.standard, written.code)
    if (note.edition if note else 0) != edition:
        raise Stale("Somebody changed this element after you opened this page.")
    put(note, written, user_id, moment)


def add(written: Written, user_id: int, moment: datetime) -> None:
    """A new element of a standard of the council's own."""
    lock("elements")
    if written.standard.lower() in built_in():
        raise Conflict("That standard comes with the program, so no element can be added to it. Choose another name.")
    if noted(written.standard, written.code):
        raise SameCode("This standard has an element of this code already. Change that one, or choose another code.")
    put(None, written, user_id, moment)


def put_all(standard: str, every: Iterable[Written], user_id: int, moment: datetime) -> int:
    """What a file says of a standard, in the place of what was said before; returns how many elements changed."""
    notes = {note.code: note for note in db.session.scalars(sa.select(ElementNote).filter_by(standard=standard))}
    changed = 0
    for written in every:
        note = notes.pop(written.code, None)
        if note is None or told(note) != said(written):
            write(note, written, user_id, moment)
            changed += 1
    for note in notes.values():
        db.session.delete(note)
    db.session.flush()
    return changed + len(notes)


def put(note: ElementNote | None, written: Written, user_id: int, moment: datetime) -> None:
    note = write(note, written, user_id, moment)
    db.session.flush()
    # The words themselves stay out of the trail; their digest says whether they are those of a pack.
    words = sha256_of([note.paraphrase, note.reference, note.note])
    offers = note.offered or "as the program has it"
    record("element changed", subject_of(note), at=moment, edition=note.edition, words_sha256=words, offered=offers)


def write(note: ElementNote | None, written: Written, user_id: int, moment: datetime) -> ElementNote:
    if note is None:
        note = ElementNote(standard=written.standard, code=written.code, edition=0)
        db.session.add(note)
    note.paraphrase, note.offered, note.reference, note.note = said(written)
    note.edition, note.changed_at, note.changed_by = note.edition + 1, moment, user_id
    return note


def said(written: Written) -> tuple[str | None, dict[str, object] | None, str, str]:
    if written.strength is None or written.offered is None:
        return written.paraphrase, None, written.reference, written.note
    offered: dict[str, object] = {"strength": written.strength.value, "items": list(written.offered)}
    return written.paraphrase, offered, written.reference, written.note


def told(note: ElementNote) -> tuple[str | None, dict[str, object] | None, str, str]:
    return note.paraphrase, dict(note.offered) if note.offered else None, note.reference, note.note


def delete(standard: str, code: str, edition: int, moment: datetime) -> None:
    """Take back what the council said: an element of its own goes, ours is as it was."""
    lock("elements")
    note = noted(standard, code)
    if note is None:
        raise NotFound("There is no such element. Somebody may have deleted it.")
    if note.edition != edition:
        raise Stale("Somebody changed this element after you opened this page. Look at it again.")
    record("element words taken back", subject_of(note), at=moment, edition=note.edition)
    db.session.delete(note)
    db.session.flush()


def noted(standard: str, code: str) -> ElementNote | None:
    return db.session.get(ElementNote, (standard, code), populate_existing=True)


def subject_of(note: ElementNote) -> str:
    return f"element:{note.standard}/{note.code}"
