"""A standard as a JSON file: taken out to be worked on elsewhere, and checked in words before it goes in again."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from surveys.core.db import lock
from surveys.core.refusals import Refused
from surveys.evidence.standards.changes import put_all
from surveys.evidence.standards.forms import LONGEST, Written, in_order, plain, text_faults, unknown, written_of
from surveys.evidence.standards.reading import Element, Standard, Strength, built_in, read_standards
from surveys.people.audit import record

MOST_ELEMENTS, MOST_TOLD = 500, 20
FIELDS = ("code", "paraphrase", "strength", "offered", "reference", "note")


class FaultyFile(Refused):
    """The file was not taken; faults says why, one sentence each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("Nothing was changed. Put these things right in the file and choose it again.")
        self.faults = faults[:MOST_TOLD]


def file_of(standard: Standard) -> str:
    """editions: how often each element was changed, so that nobody loads over a change that the file has not."""
    content = {
        "standard": standard.code,
        "name": standard.name,
        "about": standard.about,
        "elements": [element_in_words(one) for one in standard.elements],
    }
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def element_in_words(one: Element) -> dict[str, Any]:
    told = {"code": one.code, "paraphrase": one.paraphrase, "strength": one.strength.value}
    said = {"reference": one.reference, "note": one.note, "edition": one.edition}
    return {**told, "offered": list(one.offered), **said}


def load_file(text: str, user_id: int, moment: datetime) -> tuple[str, int]:
    """Put a file in the place of all that was said of its standard: (the standard, how many elements changed).

    Raises FaultyFile, with every fault, where it cannot.
    """
    lock("elements")
    known = {standard.code: standard for standard in read_standards()}
    content = content_of(text)
    code = plain(str(content["standard"]))
    faults: list[str] = []
    elements = [
        element_of(one, code, place, known.get(code), faults) for place, one in enumerate(content["elements"], 1)
    ]
    codes = [one.code for one in elements if one]
    faults += [f"Element {code}: it is in the file twice" for code in sorted({c for c in codes if codes.count(c) > 1})]
    there = [one.code for one in known[code].elements] if code in known and not faults else []
    faults += [f"Element {code}: the file does not have it" for code in there if code not in codes]
    if faults:
        raise FaultyFile(faults)
    changed = put_all(code, [one for one in elements if one and is_said(one)], user_id, moment)
    digest = hashlib.sha256(text.encode()).hexdigest()
    record("standard loaded", f"standard:{code}", at=moment, elements=len(elements), changed=changed, sha256=digest)
    return code, changed


def is_said(one: Written) -> bool:
    """Whether it says anything that the program does not say itself."""
    return one.paraphrase is not None or one.offered is not None or bool(one.reference or one.note)


def content_of(text: str) -> dict[str, Any]:
    try:
        content = json.loads(text)
    except json.JSONDecodeError as wrong:
        raise FaultyFile([f"This is no JSON file: see line {wrong.lineno}, column {wrong.colno}"]) from wrong
    if not isinstance(content, dict) or not isinstance(content.get("standard"), str):
        raise FaultyFile(["The file does not say of which standard it is: it needs “standard” with a name"])
    elements = content.get("elements")
    if not isinstance(elements, list) or not 1 <= len(elements) <= MOST_ELEMENTS:
        raise FaultyFile([f"The file needs “elements”: a list of 1 to {MOST_ELEMENTS}"])
    if content["standard"] not in built_in() and content["standard"].lower() in built_in():
        raise FaultyFile([f"Write the standard as “{content['standard'].lower()}”"])
    return content


def element_of(one: Any, standard: str, place: int, known: Standard | None, faults: list[str]) -> Written | None:
    """None where a fault was found."""
    named = (
        f"Element {one['code']}" if isinstance(one, dict) and isinstance(one.get("code"), str) else f"Element {place}"
    )
    found = element_faults(one, standard, known)
    faults += [f"{named}: {fault}" for fault in found]
    if found:
        return None
    ours = ours_of(standard, one["code"])
    texts = {name: plain(str(one.get(name, ""))) for name in LONGEST} | {"standard": standard}
    offered = in_order(one.get("offered", []), ours)
    return written_of(texts, Strength(one["strength"]), offered, ours)


def element_faults(one: Any, standard: str, known: Standard | None) -> list[str]:
    if not isinstance(one, dict) or not isinstance(one.get("code"), str):
        return ["it needs “code”, a text"]
    wrong = [name for name in ("paraphrase", "strength", "reference", "note") if not isinstance(one.get(name, ""), str)]
    if wrong or not isinstance(one.get("offered", []), list):
        return [f"“{name}” must be a text" for name in wrong] or ["“offered” must be a list of texts"]
    ours = ours_of(standard, one["code"])
    if standard in built_in() and ours is None:
        return ["the standard has no such element"]
    texts = {name: plain(str(one.get(name, ""))) for name in LONGEST} | {"standard": standard}
    found = [words[0].lower() + words[1:] for words in text_faults(texts, own=ours is None).values()]
    return found + offer_faults(one) + edition_faults(one, known)


def ours_of(standard: str, code: str) -> Element | None:
    """The element as the program has it."""
    elements = built_in()[standard].elements if standard in built_in() else ()
    return next((one for one in elements if one.code == code), None)


def offer_faults(one: Mapping[str, Any]) -> list[str]:
    if one.get("strength") not in list(Strength):
        return ["“strength” must be direct, supports or none"]
    offered = one.get("offered", [])
    if odd := unknown(map(str, offered)):
        return [f"nothing of a pack is called “{odd[0][:60]}”"]
    if (one["strength"] == Strength.NONE) != (not offered):
        return ["“offered” must be empty where the strength is none, and only there"]
    return []


def edition_faults(one: Mapping[str, Any], known: Standard | None) -> list[str]:
    """A file may leave editions out; where it has one, it must be the newest."""
    newest = next((is_now.edition for is_now in known.elements if is_now.code == one["code"]), 0) if known else 0
    if "edition" in one and one["edition"] != newest:
        return ["somebody changed it after the file was taken out. Take it out again"]
    return []
