"""The words that messages have until somebody changes them. Neutral by law and by design."""

from surveys.invitations.models import InvitationKind
from surveys.messaging.models import Medium

# Survey pages may come in more languages; messages have words and rules in these two only.
MESSAGE_LANGUAGES = ("en", "cy")
INVITATION, REMINDER = InvitationKind.INVITATION, InvitationKind.REMINDER

SMS = {
    (INVITATION, "en"): "{council}: how did we deal with your recent contact? Answer 1 question or more: {link} ",
    # Without a circumflex, so that the text stays in the cheaper encoding.
    (INVITATION, "cy"): "{council}: sut wnaethom ni ymateb i'ch cyswllt diweddar? Atebwch 1 cwestiwn neu fwy: {link} ",
    (REMINDER, "en"): "{council}: we asked how we dealt with your recent contact. You can still answer 1 question or "
    "more: {link} We will not remind you again. ",
    (REMINDER, "cy"): "{council}: fe wnaethom ofyn sut yr ymatebwyd i'ch cyswllt diweddar. Gallwch ateb 1 cwestiwn neu "
    "fwy o hyd: {link} Ni fyddwn yn eich atgoffa eto. ",
}
# Where the questionnaire may be answered by a text back, and replies reach us.
BY_REPLY = {
    "en": "{council}: how satisfied or dissatisfied were you with how we dealt with your recent contact? "
    "Reply 1 (very satisfied) to 5 (very dissatisfied), or answer here: {link} ",
    "cy": "{council}: pa mor fodlon neu anfodlon oeddech chi gyda'n hymateb i'ch cyswllt diweddar? "
    "Atebwch 1 (bodlon iawn) i 5 (anfodlon iawn), neu atebwch yma: {link} ",
}
# How a text says that it can be stopped: by its link, or by a reply where replies reach us.
STOP = {
    ("en", False): "To get no more of these, use the same link.",
    ("en", True): "To get no more of these, reply STOP.",
    ("cy", False): "I stopio'r negeseuon hyn, defnyddiwch yr un ddolen.",
    ("cy", True): "I stopio'r negeseuon hyn, atebwch STOP.",
}
SUBJECT = {
    (INVITATION, "en"): "Your recent contact with {council}",
    (INVITATION, "cy"): "Eich cyswllt diweddar â {council}",
    (REMINDER, "en"): "Reminder: your recent contact with {council}",
    (REMINDER, "cy"): "Nodyn atgoffa: eich cyswllt diweddar â {council}",
}
OPENING = {
    (INVITATION, "en"): "You contacted {council} recently. We would like to know how we dealt with it.\n\n"
    "Answer our questions (about 1 minute):\n{link}\n\n",
    (INVITATION, "cy"): "Fe wnaethoch chi gysylltu â {council} yn ddiweddar. Hoffem wybod sut wnaethom ni ddelio â "
    "hynny.\n\nAtebwch ein cwestiynau (tua 1 munud):\n{link}\n\n",
    (REMINDER, "en"): "We wrote to you about your recent contact with {council}. You can still tell us how we dealt "
    "with it. We will not remind you again.\n\nAnswer our questions (about 1 minute):\n{link}\n\n",
    (REMINDER, "cy"): "Fe wnaethom ysgrifennu atoch am eich cyswllt diweddar â {council}. Gallwch ddweud wrthym o hyd "
    "sut wnaethom ni ddelio â hynny. Ni fyddwn yn eich atgoffa eto.\n\n"
    "Atebwch ein cwestiynau (tua 1 munud):\n{link}\n\n",
}
CLOSING = {
    "en": "You were chosen by chance from the people who contacted us. Your answers are used to report on and improve "
    "our services. They do not affect the services you get.\n\n"
    "To get no more of these, open the same link and choose “Stop asking me”.\n\n{council}",
    "cy": "Cawsoch eich dewis ar hap o blith y bobl a gysylltodd â ni. Defnyddir eich atebion i adrodd ar ein "
    "gwasanaethau a’u gwella. Nid ydynt yn effeithio ar y gwasanaethau a gewch.\n\n"
    "I beidio â chael rhagor, agorwch yr un ddolen a dewiswch “Peidiwch â gofyn i mi”.\n\n{council}",
}


def message_language(language: str) -> str:
    """The language of a message to a resident who prefers this one: English where messages have no words in it."""
    return language if language in MESSAGE_LANGUAGES else MESSAGE_LANGUAGES[0]


def default_subject(kind: InvitationKind, medium: Medium, language: str) -> str:
    return SUBJECT[kind, language] if medium is Medium.EMAIL else ""


def default_body(kind: InvitationKind, medium: Medium, language: str, replies: bool, by_reply: bool = False) -> str:
    """replies: whether texts back reach us. by_reply: whether the questionnaire may be answered by one."""
    if medium is Medium.EMAIL:
        return OPENING[kind, language] + CLOSING[language]
    asks_for_reply = kind is INVITATION and replies and by_reply
    return (BY_REPLY[language] if asks_for_reply else SMS[kind, language]) + STOP[language, replies]
