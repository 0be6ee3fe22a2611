"""What was typed into a rule's form, as what the rule is to be, with a fault for each thing to put right. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from werkzeug.datastructures import MultiDict

from nlp.urgency.types import Urgency
from surveys.contacts.models import Channel
from surveys.followups.cases.models import CaseKind
from surveys.followups.rules.values import Asks, Rule
from surveys.followups.rules.words import Names
from surveys.questionnaires.kinds import Satisfaction

LONGEST_NAME = 80
MOST_DAYS, MOST_DAYS_BEFORE = 60, 365
Form = MultiDict[str, str]
Code = TypeVar("Code", bound=StrEnum)


@dataclass(frozen=True)
class Written:
    """What somebody wants a rule to be."""

    name: str
    kind: CaseKind
    asks: Asks
    acknowledge_days: int
    answer_days: int


@dataclass(frozen=True)
class Typed:
    """The fields as they are shown again, the faults by field, and the rule where there are none."""

    form: Form
    faults: Mapping[str, str]
    written: Written | None = None


def as_form(rule: Rule) -> Form:
    """A rule as its form holds it."""
    asks, form = rule.asks, Form()
    form["name"], form["kind"] = rule.name, rule.kind.value
    form["acknowledge_days"], form["answer_days"] = str(rule.acknowledge_days), str(rule.answer_days)
    form["repeat_days"] = str(asks.repeat_days or "")
    form.setlist("ratings", [rating.value for rating in asks.ratings])
    form.setlist("urgency", [flag.value for flag in asks.urgency])
    form.setlist("answers", [f"{asks.question}:{code}" for code in asks.codes])
    form.setlist("services", [str(service) for service in asks.services])
    form.setlist("channels", [channel.value for channel in asks.channels])
    form.setlist("contact", ["1"] if asks.contact else [])
    return form


def blank() -> Form:
    return Form({"acknowledge_days": "2", "answer_days": "5"})


def typed_rule(form: Form, names: Names) -> Typed:
    faults: dict[str, str] = {}
    name = " ".join(form.get("name", "").split())
    if not 0 < len(name) <= LONGEST_NAME:
        faults["name"] = f"Enter a name of {LONGEST_NAME} characters or less"
    if form.get("kind") not in list(CaseKind):
        faults["kind"] = "Select what kind of case it opens"
    asks = asks_typed(form, names, faults)
    if not faults.keys() & {"answers", "repeat_days"} and not asks.something:
        faults["ratings"] = "Select at least one thing that must hold. A service or a channel alone is not enough"
    acknowledge = days(form, "acknowledge_days", "Working days to acknowledge", faults)
    answer = days(form, "answer_days", "Working days to answer", faults)
    if not faults.keys() & {"acknowledge_days", "answer_days"} and acknowledge > answer:
        faults["answer_days"] = "Working days to answer must be as many as to acknowledge, or more"
    if faults:
        return Typed(form, faults)
    return Typed(form, {}, Written(name, CaseKind(form["kind"]), asks, acknowledge, answer))


def asks_typed(form: Form, names: Names, faults: dict[str, str]) -> Asks:
    question, codes = answers_typed(form, names, faults)
    before = days(form, "repeat_days", "Days before", faults, MOST_DAYS_BEFORE) if form.get("repeat_days") else None
    services = [service for service in names.services if str(service) in form.getlist("services")]
    return Asks(
        ratings=chosen(form, "ratings", Satisfaction),
        contact=bool(form.get("contact")),
        urgency=chosen(form, "urgency", Urgency),
        question=question,
        codes=codes,
        repeat_days=before or None,
        services=tuple(services),
        channels=chosen(form, "channels", Channel),
    )


def chosen(form: Form, field: str, codes: type[Code]) -> tuple[Code, ...]:
    """The ticked ones in their usual order. The page offers no others."""
    return tuple(code for code in codes if code.value in form.getlist(field))


def answers_typed(form: Form, names: Names, faults: dict[str, str]) -> tuple[str | None, tuple[str, ...]]:
    """The question and its answers that were ticked, each as key:code."""
    pairs = [tuple(one.split(":", 1)) for one in form.getlist("answers") if ":" in one]
    keys = {key for key, _ in pairs}
    if len(keys) > 1:
        faults["answers"] = "Choose answers of one question only"
    elif keys and (asked := names.questions.get(pairs[0][0])):
        codes = tuple(code for code in asked.answers if (asked.key, code) in pairs)
        if len(codes) == len(set(pairs)):
            return asked.key, codes
    if keys:
        faults.setdefault("answers", "Choose answers from the list: no published questionnaire has what was sent")
    return None, ()


def days(form: Form, field: str, words: str, faults: dict[str, str], most: int = MOST_DAYS) -> int:
    """0 where it is no number of days."""
    typed = form.get(field, "").strip()
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 else 0
    if not 1 <= number <= most:
        faults[field] = f"{words} must be a whole number from 1 to {most}"
    return number
