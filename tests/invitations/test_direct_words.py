"""What staff may write to a resident, and what stands round it whoever writes."""

import pytest

from surveys.core.segments import segments
from surveys.invitations.direct_words import MOST_PARTS, Around, faults_of_message, is_own, whole
from surveys.messaging.models import Medium

AROUND = Around(
    council="Test Council",
    contact_us="01632 960001",
    replies=False,
    stop="https://surveys.test.gov.uk/stop/xxxxxxxxxxxx",
    own_hosts=frozenset({"surveys.test.gov.uk", "gov.uk"}),
    own_domain="test.gov.uk",
)
REPLIED_TO = Around("Test Council", "", True, AROUND.stop)


def words_of(medium: Medium, subject: str, words: str, around: Around = AROUND) -> list[tuple[str, str]]:
    return [(fault.field, fault.words) for fault in faults_of_message(medium, subject, words, "en", around)]


@pytest.mark.parametrize(
    ("medium", "around", "language", "says"),
    [
        (Medium.SMS, REPLIED_TO, "en", "Done.\nTest Council. To stop our messages, reply STOP."),
        (Medium.SMS, REPLIED_TO, "cy", "Done.\nTest Council. I stopio ein negeseuon, atebwch STOPIO."),
        (Medium.SMS, REPLIED_TO, "pl", "Done.\nTest Council. To stop our messages, reply STOP."),
        (
            Medium.SMS,
            AROUND,
            "en",
            f"Done.\nTest Council. Replies do not reach us. To stop our messages: {AROUND.stop}",
        ),
        (
            Medium.EMAIL,
            AROUND,
            "en",
            "Done.\n\nTest Council\n\nReplies to this email do not reach us. To contact us: 01632 960001\n\n"
            f"To get no more messages from us, open this link: {AROUND.stop}",
        ),
    ],
)
def test_every_message_says_who_writes_and_how_to_stop(
    medium: Medium, around: Around, language: str, says: str
) -> None:
    assert whole(medium, "Done.", language, around) == says


def test_our_own_closing_costs_no_dearer_letters_in_a_text() -> None:
    for around in (AROUND, REPLIED_TO):
        for language in ("en", "cy"):
            assert segments(whole(Medium.SMS, "Done.", language, around)).odd_characters == ()


@pytest.mark.parametrize("words", ["", " ", "...", "\n"])
def test_a_message_says_something(words: str) -> None:
    assert words_of(Medium.SMS, "", words) == [("body", "Enter what you want to say")]


def test_an_email_has_a_subject_of_one_line() -> None:
    assert words_of(Medium.EMAIL, "", "Done.") == [("subject", "Enter a subject")]
    assert words_of(Medium.EMAIL, "a\nb", "Done.") == [("subject", "Write the subject in one line")]
    assert words_of(Medium.EMAIL, "x" * 151, "Done.") == [("subject", "Subject must be 150 characters or less")]
    assert words_of(Medium.EMAIL, "Your permit", "Done.") == []


def test_a_text_may_be_as_long_as_its_parts_with_our_closing() -> None:
    room = 153 * MOST_PARTS - len(whole(Medium.SMS, "", "en", AROUND))
    assert words_of(Medium.SMS, "", "x" * room) == []
    ((_, fault),) = words_of(Medium.SMS, "", "x" * (room + 1))
    assert fault == "Shorten the text: it is 4 parts with our closing words, and may be 3."
    ((_, dear),) = words_of(Medium.SMS, "", "ŵ" * 200)
    assert dear.endswith("Letters that cost more: ŵ")


@pytest.mark.parametrize("hidden", ["a\tb", "a\x00b", "a\u202eb"])
def test_invisible_characters_are_refused(hidden: str) -> None:
    assert "invisible" in words_of(Medium.SMS, "", hidden)[0][1]


@pytest.mark.parametrize(
    ("address", "own"),
    [
        ("https://test.gov.uk/parking", True),
        ("https://my.test.gov.uk/parking?x=1", True),
        ("www.test.gov.uk", True),
        ("https://surveys.test.gov.uk/", True),
        ("https://www.gov.uk/council-tax", True),
        ("https://other.gov.uk", False),
        ("https://nottest.gov.uk", False),
        ("https://test.gov.uk.example.com", False),
        ("https://test.gov.uk@example.com/", False),
        ("https://example.com/?test.gov.uk", False),
        ("javascript://test.gov.uk/%0aalert(1)", False),
        ("https://[bad", False),
        ("bit.ly/abc", False),
    ],
)
def test_a_link_leads_to_the_council_or_is_refused(address: str, own: bool) -> None:
    assert is_own(address, AROUND) is own
    said = [fault for _, fault in words_of(Medium.SMS, "", f"See {address} for more")]
    assert bool(said) is not own or address == "https://[bad"


def test_an_address_of_a_mailbox_is_no_link() -> None:
    assert words_of(Medium.SMS, "", "Write to help@example.org instead") == []
