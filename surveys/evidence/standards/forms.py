"""What somebody wrote of an element, as it is kept, with a fault in words for each thing to put right. Pure."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from surveys.evidence.standards.offers import offerable
from surveys.evidence.standards.reading import Element, Strength

LONGEST = {"standard": 30, "code": 30, "paraphrase": 500, "reference": 120, "note": 1000}
LABELS = {
    "standard": "Standard",
    "code": "Element",
    "paraphrase": "What it asks, in your words",
    "reference": "Your reference",
    "note": "Note",
}
ENTER = {
    "standard": "Enter the name of your standard",
    "code": "Enter the number or short name of the element",
    "paraphrase": "Enter what it asks, in your words",
}
# They stand in addresses, file names and the audit trail.
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 .-]*")
NAME_RULE = "may have letters, digits, spaces, dots and hyphens only, and begins with a letter or digit"
Form = MultiDict[str, str]


@dataclass(frozen=True)
class Written:
    """What the council says of one element. paraphrase None, or strength and offered None: as the program has it."""

    standard: str
    code: str
    paraphrase: str | None
    reference: str
    note: str
    strength: Strength | None
    offered: tuple[str, ...] | None


@dataclass(frozen=True)
class Typed:
    """The fields as they are shown again, the faults by field, and what is to be kept where there are none."""

    form: Form
    faults: Mapping[str, str]
    written: Written | None = None


def as_form(element: Element) -> Form:
    form = Form({name: getattr(element, name) for name in LONGEST})
    form["strength"] = element.strength.value
    form.setlist("offered", list(element.offered))
    return form


def typed_element(form: Form, ours: Element | None) -> Typed:
    """ours: the element as the program has it; None for one of the council's own."""
    texts = {name: plain(form.get(name, "")) for name in LONGEST}
    faults = text_faults(texts, own=ours is None)
    offered = tuple(code for code in offerable() if code in form.getlist("offered"))
    if form.get("strength") not in list(Strength):
        faults["strength"] = "Select how far the data answer it"
    elif (form["strength"] == Strength.NONE) != (not offered):
        faults["offered"] = "Tick what is offered, or select that there is nothing to offer, and not both"
    if faults:
        return Typed(form, faults)
    strength = Strength(form["strength"])
    return Typed(form, {}, written_of(texts, strength, in_order(offered, ours), ours))


def plain(typed: str) -> str:
    return " ".join(typed.split())


def text_faults(texts: Mapping[str, str], own: bool) -> dict[str, str]:
    """By field, in words that say what to do."""
    faults = {
        name: f"{LABELS[name]} must be {most:,} characters or less"
        for name, most in LONGEST.items()
        if len(texts[name]) > most
    }
    if not own:
        return faults
    for name in ENTER:
        if not texts[name]:
            faults[name] = ENTER[name]
    for name in ("standard", "code"):
        if texts[name] and not NAME.fullmatch(texts[name]):
            faults.setdefault(name, f"{LABELS[name]} {NAME_RULE}")
    return faults


def in_order(offered: Collection[str], ours: Element | None) -> tuple[str, ...]:
    """The chief thing stays first: ours in our order, then the others."""
    first = [code for code in ours.offered if code in offered] if ours else []
    return (*first, *(code for code in offered if code not in first))


def written_of(texts: Mapping[str, str], strength: Strength, offered: tuple[str, ...], ours: Element | None) -> Written:
    """What is the same as ours is not kept, so that it follows ours when that is mended."""
    same_words = ours is not None and texts["paraphrase"] in ("", ours.paraphrase)
    same_offers = ours is not None and (strength, offered) == (ours.strength, ours.offered)
    return Written(
        standard=texts["standard"],
        code=texts["code"],
        paraphrase=None if same_words else texts["paraphrase"],
        reference=texts["reference"],
        note=texts["note"],
        strength=None if same_offers else strength,
        offered=None if same_offers else offered,
    )


def unknown(offered: Iterable[str]) -> list[str]:
    """Codes that nothing of a pack has."""
    known = offerable()
    return [code for code in offered if code not in known]
