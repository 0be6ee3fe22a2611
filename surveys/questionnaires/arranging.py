"""A draft's questions put in, taken out, renamed and reordered. Pure: each gives a new definition."""

from collections.abc import Sequence
from typing import Any

from surveys.core.refusals import Refused

Definition = dict[str, Any]
Item = dict[str, Any]


def find_item(definition: Definition, key: str) -> Item | None:
    return next((item for item in definition["questions"] if item["key"] == key), None)


def before(definition: Definition, key: str) -> list[Item]:
    """The questions that come before this one; all, where there is none of this key yet."""
    items: list[Item] = definition["questions"]
    place = next((n for n, item in enumerate(items) if item["key"] == key), len(items))
    return items[:place]


def put(definition: Definition, was: str, item: Item) -> Definition:
    """With the question in the place of the one of the key it had; at the end where there is none."""
    items = [with_renamed(one, was, item["key"]) for one in definition["questions"]]
    places = [n for n, one in enumerate(items) if one["key"] == was]
    if places:
        items[places[0]] = item
    else:
        items.append(item)
    return {**definition, "questions": items}


def with_renamed(item: Item, was: str, key: str) -> Item:
    condition = item.get("show_if")
    if not was or not condition or condition["question"] != was:
        return item
    return {**item, "show_if": {**condition, "question": key}}


def without(definition: Definition, key: str) -> Definition:
    return {**definition, "questions": [item for item in definition["questions"] if item["key"] != key]}


def moved(definition: Definition, key: str, steps: int) -> Definition:
    """The question so many places further down, or up where steps is negative. The rating stays first."""
    items = list(definition["questions"])
    place = next((n for n, item in enumerate(items) if item["key"] == key), None)
    if place is None:
        raise Refused("Somebody removed this question. Look at the draft again.")
    if place and 0 < place + steps < len(items):
        items.insert(place + steps, items.pop(place))
    return {**definition, "questions": items}


def swapped(options: Sequence[Item], place: int, other: int) -> list[Item]:
    """The options with these two in each other's place; unchanged where one is past the end."""
    found = list(options)
    if 0 <= place < len(found) and 0 <= other < len(found):
        found[place], found[other] = found[other], found[place]
    return found
