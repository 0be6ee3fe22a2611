"""What the urgent list calls things, and what it tells people to do. Nothing here is more than "possible"."""

from datetime import datetime

from nlp.urgency.types import Urgency
from surveys.comments.urgent.models import Outcome

QUEUE_WORDS = {
    Urgency.safeguarding: "Possible safeguarding",
    Urgency.threat: "Possible threat",
    Urgency.complaint: "Possible complaint",
}
OUTCOME_WORDS = {
    Outcome.PASSED_ON: "Passed on to those who deal with it",
    Outcome.KNOWN: "Known already, and being dealt with",
    Outcome.NO_CONCERN: "No concern: the words mean something else",
}
GUIDANCE = {
    Urgency.safeguarding: (
        "If somebody may be in danger now, call 999.",
        "If a child or an adult may be at risk of harm, abuse or neglect, tell the council’s safeguarding team today, "
        "in the way your own procedure says. You need not be sure.",
        "Do not look into it yourself, and do not get in touch with the resident: a message may be read by somebody "
        "else in the home.",
    ),
    Urgency.threat: (
        "If somebody may be hurt soon, call 999.",
        "Tell the manager of the people or place it is about, today, and follow the council’s procedure on violence "
        "and aggression towards staff.",
        "Angry words are often no threat. If you are in doubt, let somebody else read it too.",
    ),
    Urgency.complaint: (
        "Unhappy words in a survey are no complaint by themselves. Somebody who asks for something to be put right, or "
        "says that they complain, must be able to.",
        "Pass it to the complaints team today, with its day, service and channel. They answer within the terms of the "
        "Ombudsman’s code.",
        "Surveys are answered in confidence: say so when you pass it on, and pass on no more than is needed.",
    ),
}
UNITS = (("day", 86_400), ("hour", 3600), ("minute", 60))


def age_in_words(since: datetime, moment: datetime) -> str:
    """How long something waits, in the largest unit that fits: "3 hours"."""
    seconds = int((moment - since).total_seconds())
    for unit, length in UNITS:
        if seconds >= length:
            return counted(seconds // length, unit)
    return "less than a minute"


def counted(number: int, thing: str) -> str:
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"
