"""What wording may be saved: who asks, one link, a way to stop that works, and nothing that promotes or tells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.invitations.wording_rules import Setting, Text, faults_of, filled
from surveys.messaging.models import Medium

LINK = "https://s.example.gov.uk/s/x7KpQm3VbT9d"
ONE_WAY = Setting("Example Council", LINK, replies=False)
TWO_WAY = Setting("Example Council", LINK, replies=True)
SMS_EN = "{council}: how did we deal with your recent contact? {link} To get no more of these, use the same link."
SMS_CY = "{council}: sut aeth eich cyswllt diweddar? {link} I stopio'r rhain, defnyddiwch yr un ddolen."
EMAIL_EN = "{council} would like to know.\n{link}\nTo stop these, open the same link."


def told(body: str, setting: Setting = ONE_WAY, language: str = "en") -> str:
    return "; ".join(fault.words for fault in faults_of(Text(Medium.SMS, language, "", body), setting))


def told_email(subject: str, body: str = EMAIL_EN) -> str:
    faults = faults_of(Text(Medium.EMAIL, "en", subject, body), ONE_WAY)
    return "; ".join(f"{fault.field}: {fault.words}" for fault in faults)


@pytest.mark.parametrize(("body", "language"), [(SMS_EN, "en"), (SMS_CY, "cy")])
def test_sound_words_have_no_fault(body: str, language: str) -> None:
    assert told(body, ONE_WAY, language) == ""


def test_the_council_must_be_named() -> None:
    assert told(SMS_EN.replace("{council}", "We ask")) == "Say who is asking: put {council} in the message"


@pytest.mark.parametrize("body", [SMS_EN.replace("{link}", ""), SMS_EN + " {link}"])
def test_the_link_stands_in_the_message_exactly_once(body: str) -> None:
    assert "Put {link} in the message exactly once" in told(body)


@pytest.mark.parametrize(
    "address",
    [
        "https://s.example.gov.uk/s/abc",
        "http://example.com",
        "HTTPS://EXAMPLE.COM",
        "www.example.com",
        "bit.ly/3xYz",
        "example.gov.uk",
        "example.cymru/arolwg",
        "ftp://files.example.org",
        "exämple.com",
        "contact.Then",
    ],
)
def test_no_other_link_may_stand_beside_it(address: str) -> None:
    assert f"Take out “{address}”: the only link may be {{link}}" in told(f"{SMS_EN} See {address} too")


@pytest.mark.parametrize("words", ["Ask help@example.gov.uk", "Ring 01632 960 001", "Open 9.30 to 17.00", "e.g. this"])
def test_a_mailbox_a_number_and_a_time_are_no_links(words: str) -> None:
    assert told(f"{SMS_EN} {words}") == ""


@pytest.mark.parametrize("braces", ["{name}", "{first name}", "{", "}", "{{council}}", "{link.x}", "{0}", "{}"])
def test_a_placeholder_that_there_is_not_is_told(braces: str) -> None:
    assert "the only placeholders are {council} and {link}" in told(f"{SMS_EN} {braces}")


@pytest.mark.parametrize("body", ["{council}: how did we do? {link}", "{council}: do not stop. Read on. See {link}"])
@pytest.mark.parametrize("setting", [ONE_WAY, TWO_WAY], ids=["one way", "two ways"])
def test_the_way_to_stop_must_be_told(body: str, setting: Setting) -> None:
    assert "Say how to stop these messages" in told(body, setting)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "To stop, reply STOP."),
        ("en", "Text STOP to end these."),
        ("cy", "I stopio'r rhain, atebwch STOP."),
        ("cy", "Atebwch STOPIO i beidio â chael rhagor."),
    ],
)
def test_a_reply_of_stop_is_asked_for_only_where_replies_reach_us(language: str, words: str) -> None:
    body = f"{{council}}: {{link}} {words}"
    assert told(body, TWO_WAY, language) == ""
    assert told(body, ONE_WAY, language).startswith("Do not ask for a reply of STOP")


def test_where_replies_reach_us_the_link_alone_is_not_enough() -> None:
    assert "reply STOP" in told(SMS_EN, TWO_WAY)


@pytest.mark.parametrize(
    ("language", "phrase"),
    [
        ("en", "Special offer"),
        ("en", "WIN"),
        ("en", "Download our app"),
        ("en", "follow us"),
        ("en", "like us"),
        ("en", "a new service"),
        ("en", "prize draw"),
        ("en", "Don’t miss"),
        ("cy", "cynnig arbennig"),
        ("cy", "Enillwch"),
        ("cy", "am ddim"),
        ("cy", "dilynwch ni"),
        ("cy", "gwasanaeth newydd"),
        ("cy", "lawrlwythwch ein ap"),
        ("cy", "follow us"),
    ],
)
def test_a_survey_promotes_nothing(language: str, phrase: str) -> None:
    body = {"en": SMS_EN, "cy": SMS_CY}[language]
    assert "may not promote anything" in told(f"{body} {phrase}!", ONE_WAY, language)


@pytest.mark.parametrize(
    ("language", "phrase"),
    [
        ("en", "your council tax arrears"),
        ("en", "your Housing Benefit"),
        ("en", "the penalty notice"),
        ("en", "your health"),
        ("en", "safeguarding"),
        ("en", "Enter your date of birth"),
        ("en", "your password"),
        ("cy", "eich treth gyngor"),
        ("cy", "eich budd-dal"),
        ("cy", "eich iechyd"),
        ("cy", "dyledion"),
        ("cy", "y ddirwy"),
    ],
)
def test_a_message_on_a_shared_phone_tells_nothing_of_the_case(language: str, phrase: str) -> None:
    body = {"en": SMS_EN, "cy": SMS_CY}[language]
    assert "others may see the message" in told(f"{body} {phrase}", ONE_WAY, language)


@pytest.mark.parametrize("words", ["Window", "a Winchester office", "freely", "we healthily", "officer", "Pinner"])
def test_a_phrase_inside_another_word_is_not_meant(words: str) -> None:
    assert told(f"{SMS_EN} {words}") == ""


def test_the_name_of_a_council_is_not_read_for_phrases() -> None:
    assert told(SMS_EN, Setting("Health and Housing Offers Council", LINK, replies=False)) == ""


def test_a_text_may_have_306_units_with_its_council_and_link_and_no_more() -> None:
    room = 306 - len(filled(SMS_EN, ONE_WAY.council, LINK)) - 1
    assert told(f"{SMS_EN} {'x' * room}") == ""
    assert "it is 307 characters long" in told(f"{SMS_EN} {'x' * (room + 1)}")
    assert "it is 307 characters long" in told(f"{SMS_EN} {'x' * (room - 1)}€")


def test_welsh_with_a_circumflex_may_be_as_long_as_english() -> None:
    room = 306 - len(filled(SMS_CY, ONE_WAY.council, LINK)) - 1
    assert told(f"{SMS_CY} {'ŵ' * room}", ONE_WAY, "cy") == ""


@pytest.mark.parametrize("letter", ["\t", "\x00", "\x1b", "‮", "\r"])
def test_characters_that_nobody_sees_are_refused(letter: str) -> None:
    assert "invisible characters" in told(f"{SMS_EN}{letter} more")


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("", "subject: Enter a subject"),
        ("Your contact\nBcc: all", "subject: Write the subject in one line"),
        ("See {link}", "subject: Take {link} out of the subject"),
        ("x" * 151, "subject: Shorten the subject to 150 characters"),
        ("{council}" * 11, "subject: Shorten the subject to 150 characters"),
        ("Win a prize", "subject: Take out “win”"),
        ("About your arrears", "subject: Take out “arrears”"),
        ("Dear {name}", "subject: Take out “{name}”"),
    ],
)
def test_an_email_needs_a_sound_subject(subject: str, words: str) -> None:
    assert words in told_email(subject)


def test_an_email_says_how_to_stop_and_is_not_endless() -> None:
    assert told_email("Your recent contact") == ""
    assert "body: Say how to stop" in told_email("Your recent contact", "{council} asks: {link}")
    assert "body: Shorten the message" in told_email("Your recent contact", EMAIL_EN + "a-" * 100_000)


def test_a_text_message_has_no_subject() -> None:
    assert [f.field for f in faults_of(Text(Medium.SMS, "en", "Hello", SMS_EN), ONE_WAY)] == ["subject"]


@given(st.text(st.sampled_from("{}councilk \n.STOPreplyâ’:/@w-"), max_size=300), st.sampled_from(["en", "cy"]))
def test_whatever_is_typed_is_judged_in_words_that_end(body: str, language: str) -> None:
    for fault in faults_of(Text(Medium.EMAIL, language, body, body), ONE_WAY):
        assert fault.words
        assert "\n" not in fault.words or "\n" in body
