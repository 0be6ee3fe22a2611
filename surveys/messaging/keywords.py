"""Words that a reply may consist of and that mean something to us: stop, start, help, in English and Welsh. Pure."""

import unicodedata
from enum import StrEnum


class Meaning(StrEnum):
    STOP = "stop"
    START = "start"
    HELP = "help"
    OTHER = "other"


# Twilio's own sets and their Welsh. YES is not here, though Twilio takes it for START: it may be an answer.
WORDS: dict[Meaning, frozenset[str]] = {
    Meaning.STOP: frozenset(
        {
            "stop",
            "stopall",
            "stop all",
            "unsubscribe",
            "cancel",
            "end",
            "quit",
            "revoke",
            "optout",
            "opt out",
            "opt-out",
            "stopio",
            "stopiwch",
            "atal",
            "peidiwch",
            "dad-danysgrifio",
            "dad danysgrifio",
        }
    ),
    Meaning.START: frozenset({"start", "unstop", "optin", "opt in", "opt-in", "dechrau", "ailddechrau"}),
    Meaning.HELP: frozenset({"help", "info", "cymorth", "gwybodaeth"}),
}
PUNCTUATION = ".,!?;:…'\"‘’“”«»()[] \t"


def folded(words: str) -> str:
    """Trimmed, in small letters, single spaces, without marks around it or letters that do not show."""
    shown = "".join(letter for letter in unicodedata.normalize("NFKC", words) if unicodedata.category(letter) != "Cf")
    return " ".join(shown.casefold().split()).strip(PUNCTUATION)


def meaning_of(words: str) -> Meaning:
    """What a whole reply means. A keyword within a sentence means nothing: a person has to read it."""
    reply = folded(words)
    return next((meaning for meaning, known in WORDS.items() if reply in known), Meaning.OTHER)


ASKING = ("please", "pls", "plz", "can you", "could you", "just", "i want you to")


def begins_with_stop(words: str) -> bool:
    """Whether a sentence begins with a word for stop: a person has to see whether it asks for no more texts."""
    reply = folded(words)
    for asking in ASKING:
        reply = reply.removeprefix(f"{asking} ")
    return any(reply == stop or reply.startswith(f"{stop} ") for stop in WORDS[Meaning.STOP])
