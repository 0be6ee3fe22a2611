"""What a message to residents must say and must not say, checked when its wording is saved. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from surveys.core.segments import segments
from surveys.invitations.phrases import CASE_DETAIL, NO_MORE, PROMOTION, THE_LINK, phrases_in
from surveys.messaging.models import Medium

# Two parts in GSM-7. In UCS-2 the same count is more parts and dearer, but Welsh is not to be cut for its letters.
MOST_UNITS = 306
LONGEST_BODY = 4000
LONGEST_SUBJECT = 150
COUNCIL, LINK = "{council}", "{link}"
PLACEHOLDER = re.compile(r"\{(council|link)\}")
BRACES = re.compile(r"\{[^{}\n]{0,40}\}|[{}]")
MAILBOX = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
# Telephones make links of bare domains too, and of "end.Next" where a space is missing.
ADDRESS = re.compile(r"\b\w+://\S*|\b[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}\b(?:/\S*)?")
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
REPLY_STOP = {
    "en": re.compile(r"\b(?i:reply|text|send)\b[^.\n]{0,40}\bSTOP\b"),
    "cy": re.compile(r"\b(?i:ateb|atebwch|anfonwch|tecstiwch)\b[^.\n]{0,40}\b(?:STOP|STOPIO|ATAL)\b"),
}


@dataclass(frozen=True)
class Text:
    """The wording of one message before its placeholders are filled. A text message has no subject."""

    medium: Medium
    language: str
    subject: str
    body: str


@dataclass(frozen=True)
class Setting:
    """Where the words will be used: the council's name, a link as long as a real one, whether replies reach us."""

    council: str
    link: str
    replies: bool


@dataclass(frozen=True)
class Fault:
    """What is wrong, at which field, in words that say what to do."""

    field: Literal["subject", "body"]
    words: str


def filled(wording: str, council: str, link: str) -> str:
    """The placeholders replaced, each once: what is put in is not read again."""
    values = {COUNCIL: council, LINK: link}
    return PLACEHOLDER.sub(lambda found: values[found[0]], wording)


def faults_of(text: Text, setting: Setting) -> list[Fault]:
    """All that speaks against sending this; empty where nothing does."""
    subject = list(subject_faults(text, setting))
    if len(text.body) > LONGEST_BODY:
        body = [f"Shorten the message to {LONGEST_BODY:,} characters or less"]
    else:
        body = [
            *shape_faults(text.body),
            *must_say(text, setting),
            *must_not_say(text.body, text.language),
            *length_faults(text, setting),
        ]
    return [*(Fault("subject", words) for words in subject), *(Fault("body", words) for words in body)]


def subject_faults(text: Text, setting: Setting) -> Iterator[str]:
    if text.medium is Medium.SMS:
        if text.subject:
            yield "Take out the subject: a text message has none"
        return
    if max(len(text.subject), len(filled(text.subject, setting.council, ""))) > LONGEST_SUBJECT:
        yield f"Shorten the subject to {LONGEST_SUBJECT} characters or less"
        return
    if not text.subject.strip():
        yield "Enter a subject"
    if "\n" in text.subject:
        yield "Write the subject in one line"
    if LINK in text.subject:
        yield f"Take {LINK} out of the subject: the link stands in the message"
    yield from shape_faults(text.subject)
    yield from must_not_say(text.subject, text.language)


def shape_faults(words: str) -> Iterator[str]:
    """Placeholders that there are not, and characters that nobody sees."""
    for braces in dict.fromkeys(BRACES.findall(words)):
        if braces not in (COUNCIL, LINK):
            yield f"Take out “{braces}”: the only placeholders are {COUNCIL} and {LINK}"
    if CONTROL.search(words):
        yield "Take out tabs and other invisible characters. Type the text again if you pasted it"


def must_say(text: Text, setting: Setting) -> Iterator[str]:
    if COUNCIL not in text.body:
        yield f"Say who is asking: put {COUNCIL} in the message"
    if text.body.count(LINK) != 1:
        yield f"Put {LINK} in the message exactly once"
    if text.medium is Medium.SMS:
        yield from stop_faults(text, setting.replies)
    elif not says_link_stops(text):
        yield "Say how to stop these messages, for example: “To get no more of these, open the same link”"


def stop_faults(text: Text, replies: bool) -> Iterator[str]:
    """Residents may only be told of a way to stop that works with this sender."""
    by_reply = REPLY_STOP[text.language].search(text.body)
    if replies and not by_reply:
        yield "Say how to stop these messages, for example: “To get no more of these, reply STOP”"
    elif not replies and by_reply:
        yield "Do not ask for a reply of STOP: replies to these texts do not reach us. Say that the link stops them"
    elif not replies and not says_link_stops(text):
        yield "Say how to stop these messages, for example: “To get no more of these, use the same link”"


def says_link_stops(text: Text) -> bool:
    return any(
        phrases_in(sentence, NO_MORE[text.language]) and phrases_in(sentence, THE_LINK[text.language])
        for sentence in re.split(r"(?<=[.!?])\s+|\n", text.body)
    )


def must_not_say(words: str, language: str) -> Iterator[str]:
    plain = MAILBOX.sub(" ", PLACEHOLDER.sub(" ", words))
    for address in dict.fromkeys(ADDRESS.findall(plain)):
        yield f"Take out “{address}”: the only link may be {LINK}"
    for phrase in phrases_in(plain, PROMOTION[language]):
        yield f"Take out “{phrase}”: a survey may not promote anything, or the law treats it as marketing"
    for phrase in phrases_in(plain, CASE_DETAIL[language]):
        yield f"Take out “{phrase}”: others may see the message. Write “your recent contact” instead"


def length_faults(text: Text, setting: Setting) -> Iterator[str]:
    units = segments(filled(text.body, setting.council, setting.link)).units
    if text.medium is Medium.SMS and units > MOST_UNITS:
        yield f"Shorten the text: it is {units} characters long with the council and the link, and may be {MOST_UNITS}"
