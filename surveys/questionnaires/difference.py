"""What a draft changes of the version in force, question by question, and whose trend breaks. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from surveys.questionnaires.comparison import wording_of
from surveys.questionnaires.definition_faults import FIRST_LANGUAGES
from surveys.questionnaires.drivers import DRIVERS
from surveys.questionnaires.kinds import ASKS, KINDS
from surveys.questionnaires.languages import DEFAULT, LANGUAGES
from surveys.questionnaires.phrases import condition_in_words

Item = dict[str, Any]
ADDED, REMOVED, CHANGED, SAME = "added", "removed", "changed", "same"


@dataclass(frozen=True)
class Reworded:
    """The same place in the old words and the new; empty where there were none."""

    where: str
    language: str
    old: str
    new: str


@dataclass(frozen=True)
class Change:
    """One question: what became of it. broken: answers before and after are not comparable."""

    key: str
    title: str
    state: str
    moved: bool = False
    reworded: tuple[Reworded, ...] = ()
    others: tuple[str, ...] = ()
    broken: bool = False


@dataclass(frozen=True)
class Difference:
    whole: tuple[str, ...]
    questions: tuple[Change, ...]

    @property
    def is_none(self) -> bool:
        return not self.whole and all(change.state == SAME and not change.moved for change in self.questions)


def difference(old: dict[str, Any], new: dict[str, Any]) -> Difference:
    """In the order of the new questions, with those removed at the end."""
    before = {item["key"]: item for item in old["questions"]}
    after = {item["key"]: item for item in new["questions"]}
    moved = moved_keys([key for key in before if key in after], [key for key in after if key in before])
    changes = [
        changed(before[key], item, key in moved, old["questions"], new["questions"])
        if key in before
        else Change(key, title_of(item), ADDED)
        for key, item in after.items()
    ]
    gone = [Change(key, title_of(item), REMOVED) for key, item in before.items() if key not in after]
    return Difference(tuple(changes_of_whole(old, new)), (*changes, *gone))


def title_of(item: Item) -> str:
    return str(item["text"].get(DEFAULT) or item["key"])


def moved_keys(old: Sequence[str], new: Sequence[str]) -> set[str]:
    """The fewest of the keys in both that changed places with the others."""
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    kept = {old[block.a + n] for block in blocks for n in range(block.size)}
    return set(new) - kept


def changed(old: Item, new: Item, moved: bool, before: list[Item], after: list[Item]) -> Change:
    reworded = tuple(rewordings(old, new))
    others = tuple(other_changes(old, new, before, after))
    state = CHANGED if reworded or others else SAME
    return Change(new["key"], title_of(new), state, moved, reworded, others, wording_of(old) != wording_of(new))


def rewordings(old: Item, new: Item) -> Iterator[Reworded]:
    for name, where in (("text", "Question"), ("hint", "Hint"), ("error", "Error"), ("low", "Low"), ("high", "High")):
        yield from reworded_words(where, old.get(name) or {}, new.get(name) or {})
    before = {option["code"]: option for option in old.get("options", ())}
    for option in new.get("options", ()):
        if option["code"] in before:
            was = before[option["code"]]["text"]
            yield from reworded_words(f"Answer {option['code']}", was, option["text"])


def reworded_words(where: str, old: dict[str, str], new: dict[str, str]) -> Iterator[Reworded]:
    for code in LANGUAGES:
        if (was := old.get(code) or "") != (now := new.get(code) or ""):
            yield Reworded(f"{where} in {LANGUAGES[code].english}", code, was, now)


def other_changes(old: Item, new: Item, before: list[Item], after: list[Item]) -> Iterator[str]:
    """Sentences about everything that is not a wording."""
    if old["kind"] != new["kind"]:
        yield f"Kind: {KINDS[old['kind']].label}, now {KINDS[new['kind']].label}."
    yield from changes_of_options(old.get("options", ()), new.get("options", ()))
    ends = [(item.get("lowest", 0), item.get("highest", 10)) for item in (old, new)]
    if old["kind"] == new["kind"] == "scale" and ends[0] != ends[1]:
        yield "Scale: {} to {}, now {} to {}.".format(*ends[0], *ends[1])
    if old.get("longest") != new.get("longest"):
        yield "The most characters of an answer changed."
    if bool(old.get("optional")) != bool(new.get("optional")):
        yield "Now it may be left out." if new.get("optional") else "Now it must be answered."
    if old.get("show_if") != new.get("show_if"):
        yield f"Who is asked: {condition_in_words(old, before)}, now {condition_in_words(new, after).lower()}."
    if bool(old.get("pool")) != bool(new.get("pool")):
        yield "Now it is in the pool." if new.get("pool") else "Now it is not in the pool."
    if old.get("driver", "") != new.get("driver", ""):
        yield f"Driver: {driver_in_words(old)}, now {driver_in_words(new).lower()}."
    if old.get("asks", "") != new.get("asks", ""):
        yield f"What it asks for: {asks_in_words(old)}, now {asks_in_words(new).lower()}."


def asks_in_words(item: Item) -> str:
    return ASKS.get(item.get("asks", ""), "Nothing particular")


def driver_in_words(item: Item) -> str:
    return DRIVERS.get(item.get("driver", ""), "None")


def changes_of_options(old: Sequence[Item], new: Sequence[Item]) -> Iterator[str]:
    before, after = [option["code"] for option in old], [option["code"] for option in new]
    if added := [code for code in after if code not in before]:
        yield f"Answers added: {', '.join(added)}."
    if removed := [code for code in before if code not in after]:
        yield f"Answers removed: {', '.join(removed)}."
    if [code for code in before if code in after] != [code for code in after if code in before]:
        yield "The answers stand in another order."
    apart = {option["code"]: bool(option.get("apart")) for option in old}
    if any(apart.get(option["code"], apart_now := bool(option.get("apart"))) != apart_now for option in new):
        yield "Other answers stand apart."


def changes_of_whole(old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    before, after = (list(one.get("languages", FIRST_LANGUAGES)) for one in (old, new))
    for words, codes in (("added", set(after) - set(before)), ("removed", set(before) - set(after))):
        if codes:
            yield f"Languages {words}: {', '.join(LANGUAGES[code].english for code in LANGUAGES if code in codes)}."
    if old.get("most_of_pool") != new.get("most_of_pool"):
        yield f"Questions of the pool for each resident: {most(old)}, now {most(new)}."
    if bool(old.get("by_reply")) != bool(new.get("by_reply")):
        yield "Now it may be answered by text." if new.get("by_reply") else "Now it may not be answered by text."
    if list(old.get("equality", ())) != list(new.get("equality", ())):
        yield "Other equality questions are asked at the end."


def most(definition: dict[str, Any]) -> str:
    return str(definition.get("most_of_pool") or "all")
