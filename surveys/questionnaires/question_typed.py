"""What was typed into a question's form, as the question that it makes. Pure.

Words may still be wanting: a draft keeps whatever can be kept, and its page says what must be put right.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from unicodedata import category, normalize

from werkzeug.datastructures import MultiDict

from surveys.questionnaires.arranging import swapped
from surveys.questionnaires.definition_faults import KEY, MOST_LONGEST, RATING_KEY
from surveys.questionnaires.kinds import ASKS, KINDS, NOT_TEXT

Item = dict[str, Any]
Form = MultiDict[str, str]
WORDED = ("text", "hint", "error")
ENDS = ("low", "high")
HIGHEST_POINT = 10
# What no draft may pass: a scale is written out point by point.
NUMBERS = (
    ("lowest", "The lowest number", HIGHEST_POINT),
    ("highest", "The highest number", HIGHEST_POINT),
    ("longest", "The most characters", MOST_LONGEST),
)
OPTION = re.compile(r"option-(\d{1,3})-code")
MOST_ROWS = 100
OPTION_ACT = re.compile(r"(add|up|down|remove)-option(?:-(\d{1,3}))?")


@dataclass(frozen=True)
class Typed:
    """The question as typed; ticked are the answers, as key:code, that it depends on; faults are by field."""

    item: Item
    ticked: frozenset[str]
    faults: dict[str, str] = field(default_factory=dict)


def clean(typed: str) -> str:
    """One line without control characters, each accent in one character with its letter."""
    kept = "".join(letter for letter in typed if category(letter) not in NOT_TEXT or letter.isspace())
    return normalize("NFC", " ".join(kept.split()))


def blank(kind: str) -> Item:
    """A new question of this kind, with room for its answers."""
    item: Item = {"key": "", "kind": kind, "text": {}, "optional": True}
    if KINDS[kind].settable == "options":
        item["options"] = [{"code": "", "text": {}}, {"code": "", "text": {}}]
    if KINDS[kind].settable == "ends":
        item |= {"lowest": 1, "highest": 5}
    return item


def typed_question(form: Form, before: Item, languages: Iterable[str]) -> Typed:
    """The question that the form makes of the one before. Words of languages that the form does not have stay."""
    languages = tuple(languages)
    item = {"key": clean(form.get("key", before["key"])), "kind": before["kind"]}
    for name in WORDED:
        words = words_typed(form, name, before.get(name) or {}, languages)
        if words or name == "text":
            item[name] = words
    item |= own_part(form, before, languages)
    if item["key"] != RATING_KEY:
        item |= conditions(form)
    ticked = frozenset(form.getlist("any_of"))
    return Typed(item, ticked, faults_typed(item, ticked))


def words_typed(form: Form, name: str, before: Mapping[str, str], languages: Sequence[str]) -> dict[str, str]:
    others = {code: words for code, words in before.items() if code not in languages}
    typed = {code: clean(form.get(f"{name}-{code}", "")) for code in languages}
    return {code: words for code, words in typed.items() if words} | others


def own_part(form: Form, before: Item, languages: Sequence[str]) -> Item:
    """What only questions of this kind have."""
    settable = KINDS[before["kind"]].settable
    if settable == "options":
        return {"options": options_typed(form, before.get("options", ()), languages)}
    if settable == "ends":
        words = {name: words_typed(form, name, before.get(name) or {}, languages) for name in ENDS}
        return {name: number(form, name) for name in ("lowest", "highest")} | words
    if settable == "longest":
        asks = {"asks": form["asks"]} if form.get("asks") in ASKS else {}
        return {"longest": number(form, "longest")} | asks
    return {}


def number(form: Form, name: str) -> int | str:
    """The number, or what was typed instead."""
    typed = form.get(name, "").strip().replace(",", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else typed


def options_typed(form: Form, before: Sequence[Item], languages: Sequence[str]) -> list[Item]:
    """The rows in their order, empty ones too; a code that is wanting comes of the English words."""
    known = {option["code"]: option["text"] for option in before}
    options: list[Item] = []
    for row in sorted(int(found[1]) for name in form if (found := OPTION.fullmatch(name)))[:MOST_ROWS]:
        code = clean(form.get(f"option-{row}-code", ""))
        text = words_typed(form, f"option-{row}", known.get(code, {}), languages)
        options.append({"code": code or code_from(text.get("en", "")), "text": text})
        if form.get(f"option-{row}-apart"):
            options[-1]["apart"] = True
    return options


def without_blanks(item: Item) -> Item:
    """The question without rows for answers into which nothing was typed."""
    if "options" not in item:
        return item
    return {**item, "options": [option for option in item["options"] if option["code"] or option["text"]]}


def code_from(words: str) -> str:
    """A code like those of keys: Yes, first time gives yes_first_time."""
    plain = normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_").lstrip("0123456789_")[:30].strip("_")


def conditions(form: Form) -> Item:
    """Who is asked: whether it may be left out, after which answers it comes, and what it drives."""
    item: Item = {name: True for name in ("optional", "pool") if form.get(name)}
    pairs = [tuple(one.split(":", 1)) for one in form.getlist("any_of") if ":" in one]
    if pairs:
        item["show_if"] = {"question": pairs[0][0], "any_of": [code for _, code in pairs]}
    if driver := form.get("driver", ""):
        item["driver"] = driver
    return item


def faults_typed(item: Item, ticked: Iterable[str]) -> dict[str, str]:
    """Why this cannot even be kept in a draft, by field."""
    faults = {}
    if not KEY.fullmatch(item["key"]):
        faults["key"] = "Enter a key of lower case letters, numbers and underscores, like waiting_time"
    if len({one.split(":")[0] for one in ticked}) > 1:
        faults["any_of"] = "Choose answers of one earlier question only"
    for name, words, most in NUMBERS:
        if name in item and not (isinstance(item[name], int) and item[name] <= most):
            faults[name] = f"{words} must be a whole number of {most:,} or less"
    return faults


def act_on_options(item: Item, act: str) -> Item:
    """The question after one of the buttons beside its answers: add-option, up-option-2 and so on; place from 0."""
    found = OPTION_ACT.fullmatch(act)
    options = list(item.get("options", ()))
    if found is None:
        return item
    place = int(found[2] or 0)
    match found[1]:
        case "add":
            options.append({"code": "", "text": {}})
        case "remove":
            options[place : place + 1] = []
        case "up":
            options = swapped(options, place, place - 1)
        case _:
            options = swapped(options, place, place + 1)
    return {**item, "options": options}
