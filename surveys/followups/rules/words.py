"""A rule as one sentence, for whoever sets it. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from nlp.urgency.types import Urgency
from surveys.contacts.models import Channel
from surveys.followups.cases.models import CaseKind
from surveys.followups.rules.values import Asks, Rule
from surveys.questionnaires.kinds import Satisfaction

KIND_TOLD = {
    CaseKind.SAFEGUARDING: "possible safeguarding or threat, which is urgent",
    CaseKind.COMPLAINT: "complaint",
    CaseKind.CONTACT_BACK: "contact back",
    CaseKind.NOT_RESOLVED: "not resolved",
    CaseKind.OTHER: "other",
}
RATED = {
    Satisfaction.VERY_SATISFIED: "very satisfied",
    Satisfaction.FAIRLY_SATISFIED: "fairly satisfied",
    Satisfaction.NEITHER: "neither satisfied nor dissatisfied",
    Satisfaction.FAIRLY_DISSATISFIED: "fairly dissatisfied",
    Satisfaction.VERY_DISSATISFIED: "very dissatisfied",
    Satisfaction.DO_NOT_KNOW: "not sure how satisfied they were",
}
WROTE_OF = {
    Urgency.safeguarding: "harm",
    Urgency.threat: "a threat",
    Urgency.complaint: "a complaint",
}
BY_CHANNEL = {
    Channel.PHONE: "by phone",
    Channel.FACE_TO_FACE: "face to face",
    Channel.WEB: "on the website",
    Channel.EMAIL: "by email",
    Channel.WEBCHAT: "by webchat",
    Channel.POST: "by post",
    Channel.OTHER: "in another way",
}


@dataclass(frozen=True)
class Asked:
    """A question that rules may ask about: its words, and its answers by code."""

    key: str
    text: str
    answers: Mapping[str, str]


@dataclass(frozen=True)
class Names:
    """What people call the questions, by key, and the services, by number."""

    questions: Mapping[str, Asked]
    services: Mapping[int, str]


def sentence(rule: Rule, names: Names) -> str:
    """As: When somebody was very dissatisfied and asks to be contacted: contact back, acknowledge in 2 working days,
    answer in 5.
    """
    when = " and ".join(asked_for(rule.asks, names)) or "answers"
    days = f"acknowledge in {counted(rule.acknowledge_days)}, answer in {rule.answer_days}"
    return f"When somebody {when}{place(rule.asks, names)}: {KIND_TOLD[rule.kind]}, {days}."


def asked_for(asks: Asks, names: Names) -> list[str]:
    parts = []
    if asks.ratings:
        parts.append(f"was {either(RATED[rating] for rating in asks.ratings)}")
    if asks.urgency:
        parts.append(f"may have written of {either(WROTE_OF[flag] for flag in asks.urgency)}")
    if asks.question:
        asked = names.questions.get(asks.question, Asked(asks.question, asks.question, {}))
        answers = either(f"“{asked.answers.get(code, code)}”" for code in asks.codes)
        parts.append(f"answered {answers} to “{asked.text}”")
    if asks.repeat_days:
        parts.append(f"got in touch with the same service before, within {asks.repeat_days} days")
    if asks.contact:
        parts.append("asks to be contacted")
    return parts


def place(asks: Asks, names: Names) -> str:
    """Where the contact was, in front of which nothing is asked for: ", about Parking or Libraries, by phone"."""
    found = []
    if asks.services:
        found.append(f"about {either(names.services.get(service, 'another service') for service in asks.services)}")
    if asks.channels:
        found.append(either(BY_CHANNEL[channel] for channel in asks.channels))
    return "".join(f", {one}" for one in found)


def either(words: Iterable[str]) -> str:
    """One; one or two; one, two or three."""
    said = list(words)
    return " or ".join(filter(None, [", ".join(said[:-1]), said[-1]]))


def counted(days: int) -> str:
    return f"{days} working day" if days == 1 else f"{days} working days"
