"""What stands round the words that staff write to one resident: who writes, and how to be left alone. Pure.

Whoever writes cannot leave it out, and nothing here says that a reply arrives where none does.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from surveys.core.segments import segments
from surveys.invitations.default_wording import message_language
from surveys.invitations.wording_rules import ADDRESS, CONTROL, LONGEST_BODY, LONGEST_SUBJECT, MAILBOX, Fault
from surveys.messaging.models import Medium

# Three parts in GSM-7, with the council's name and how to stop.
MOST_PARTS = 3
CLOSING = {
    (Medium.SMS, True, "en"): "{council}. To stop our messages, reply STOP.",
    (Medium.SMS, True, "cy"): "{council}. I stopio ein negeseuon, atebwch STOPIO.",
    (Medium.SMS, False, "en"): "{council}. Replies do not reach us. To stop our messages: {stop}",
    (Medium.SMS, False, "cy"): "{council}. Nid yw atebion yn ein cyrraedd. I stopio ein negeseuon: {stop}",
    (Medium.EMAIL, False, "en"): "{council}\n\nReplies to this email do not reach us.{contact}\n\n"
    "To get no more messages from us, open this link: {stop}",
    (Medium.EMAIL, False, "cy"): "{council}\n\nNid yw atebion i’r e-bost hwn yn ein cyrraedd.{contact}\n\n"
    "I beidio â chael rhagor o negeseuon gennym, agorwch y ddolen hon: {stop}",
}
CONTACT = {"en": " To contact us: {us}", "cy": " I gysylltu â ni: {us}"}


@dataclass(frozen=True)
class Around:
    """Where the words will stand: the council, whether texts back reach it, the link that stops.

    own_hosts are websites of the council; own_domain is its own with all that lies below it.
    """

    council: str
    contact_us: str
    replies: bool
    stop: str
    own_hosts: frozenset[str] = frozenset()
    own_domain: str = ""


def whole(medium: Medium, words: str, language: str, around: Around) -> str:
    """The message as the resident gets it: the words, and after them the closing in the resident's language."""
    spoken = message_language(language)
    contact = CONTACT[spoken].format(us=around.contact_us) if around.contact_us else ""
    closing = CLOSING[medium, around.replies and medium is Medium.SMS, spoken]
    between = "\n" if medium is Medium.SMS else "\n\n"
    return words + between + closing.format(council=around.council, contact=contact, stop=around.stop)


def faults_of_message(medium: Medium, subject: str, words: str, language: str, around: Around) -> list[Fault]:
    """All that speaks against sending this; empty where nothing does."""
    faults = [Fault("subject", fault) for fault in subject_faults(subject, around)] if medium is Medium.EMAIL else []
    return faults + [Fault("body", fault) for fault in words_faults(medium, words, language, around)]


def subject_faults(subject: str, around: Around) -> Iterator[str]:
    if not subject:
        yield "Enter a subject"
    if len(subject) > LONGEST_SUBJECT:
        yield f"Subject must be {LONGEST_SUBJECT} characters or less"
    if "\n" in subject:
        yield "Write the subject in one line"
    yield from shape_faults(subject, around)


def words_faults(medium: Medium, words: str, language: str, around: Around) -> Iterator[str]:
    if not any(letter.isalnum() for letter in words):
        yield "Enter what you want to say"
        return
    if len(words) > LONGEST_BODY:
        yield f"Message must be {LONGEST_BODY:,} characters or less"
        return
    yield from shape_faults(words, around)
    cut = segments(whole(medium, words, language, around))
    if medium is Medium.SMS and cut.parts > MOST_PARTS:
        odd = f" Letters that cost more: {' '.join(cut.odd_characters)}" if cut.odd_characters else ""
        yield f"Shorten the text: it is {cut.parts} parts with our closing words, and may be {MOST_PARTS}.{odd}"


def shape_faults(words: str, around: Around) -> Iterator[str]:
    if CONTROL.search(words):
        yield "Take out tabs and other invisible characters. Type the text again if you pasted it"
    for address in dict.fromkeys(ADDRESS.findall(MAILBOX.sub(" ", words))):
        if not is_own(address, around):
            yield f"Take out “{address}”: a link may only lead to the council’s own website"


def is_own(address: str, around: Around) -> bool:
    """Whether a web address, with or without its scheme, leads to the council."""
    try:
        parts = urlsplit(address if "://" in address else f"https://{address}")
        host = (parts.hostname or "").rstrip(".,;:!?)")
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or "@" in parts.netloc:
        return False
    below = bool(around.own_domain) and f".{host}".endswith(f".{around.own_domain}")
    return below or host.removeprefix("www.") in around.own_hosts
