"""The words of an invitation: who asks, why, one link, and how to make it stop. Neutral by law and by design."""

from dataclasses import dataclass

from surveys.messaging.models import Medium

SMS = {
    "en": "{council}: how did we deal with your recent contact? Answer 1 question or more: {link} "
    "To get no more of these, use the same link.",
    "cy": "{council}: sut wnaethom ni ddelio â’ch cyswllt diweddar? Atebwch 1 cwestiwn neu fwy: {link} "
    "I beidio â chael rhagor, defnyddiwch yr un ddolen.",
}
SUBJECT = {
    "en": "Your recent contact with {council}",
    "cy": "Eich cyswllt diweddar â {council}",
}
EMAIL = {
    "en": "You contacted {council} recently. We would like to know how we dealt with it.\n\n"
    "Answer our questions (about 1 minute):\n{link}\n\n"
    "You were chosen by chance from the people who contacted us. Your answers are used to report on and improve "
    "our services. They do not affect the services you get.\n\n"
    "To get no more of these, open the same link and choose “Stop asking me”.\n\n{council}",
    "cy": "Fe wnaethoch chi gysylltu â {council} yn ddiweddar. Hoffem wybod sut wnaethom ni ddelio â hynny.\n\n"
    "Atebwch ein cwestiynau (tua 1 munud):\n{link}\n\n"
    "Cawsoch eich dewis ar hap o blith y bobl a gysylltodd â ni. Defnyddir eich atebion i adrodd ar ein "
    "gwasanaethau a’u gwella. Nid ydynt yn effeithio ar y gwasanaethau a gewch.\n\n"
    "I beidio â chael rhagor, agorwch yr un ddolen a dewiswch “Peidiwch â gofyn i mi”.\n\n{council}",
}


@dataclass(frozen=True)
class Words:
    subject: str
    body: str


def words_for(medium: Medium, language: str, council: str, link: str) -> Words:
    """The message in the resident's language; English where there is no other."""
    if medium is Medium.SMS:
        return Words("", SMS.get(language, SMS["en"]).format(council=council, link=link))
    subject = SUBJECT.get(language, SUBJECT["en"]).format(council=council)
    return Words(subject, EMAIL.get(language, EMAIL["en"]).format(council=council, link=link))
