import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.redaction.redact import redact
from nlp.redaction.types import Finding, Kind, RedactedText
from tests.nlp.redaction.generator import made_texts
from tests.nlp.redaction.templates import HELD_OUT, TUNED

SPACES = ["\u200b", "\u00a0", " ", ".", "\n", "-", "\u00a3", "@", "1", "e\u0301", "\u0130"]
PHRASES = [
    "[NAME]",
    "[PHONE",
    "Priya",
    "spoke to ",
    "07700 900123",
    "０７７００ 900",
    "Mr ",
    "12 ",
    "High Street",
    "SW1A 1AA",
]
PIECES = st.sampled_from([*SPACES, *PHRASES, "ab12 cde", "jane at ", "gmail.com", "and ", "case ", "'s", "oh seven "])


def test_what_is_found_becomes_a_placeholder_of_its_kind() -> None:
    result = redact("Priya rang 07700 900123 from SW1A 1AA.")
    assert result.text == "[NAME] rang [PHONE] from [POSTCODE]."
    assert isinstance(result.text, RedactedText)


def test_positions_are_those_of_the_original_text() -> None:
    text = "I told Priya, and Agnieszka, to ring 07700 900123"
    assert [(f.kind, text[f.start : f.end]) for f in redact(text).found] == [
        (Kind.NAME, "Priya"),
        (Kind.NAME, "Agnieszka"),
        (Kind.PHONE, "07700 900123"),
    ]


def test_a_text_without_personal_data_is_given_back_as_it_is() -> None:
    text = "Waited 20\u00a0minutes \u2013 “very” poor\u200b service, café closed."
    assert redact(text) == type(redact(text))(RedactedText(text), ())


@pytest.mark.parametrize("kind", Kind)
def test_placeholders_that_stand_in_a_text_stay(kind: Kind) -> None:
    text = f"I told {kind.placeholder} and {kind.placeholder} to ring."
    assert redact(text).text == text


def test_what_stands_around_a_placeholder_is_still_found() -> None:
    assert (
        redact("Mr [NAME] Okafor of 12 [NAME] Street, SW1A 1AA").text
        == "Mr [NAME] [NAME] of 12 [NAME] Street, [POSTCODE]"
    )


def test_where_findings_overlap_the_kind_that_comes_first_takes_all_of_it() -> None:
    result = redact("write to priya.patel@sw1a1aa.example.org")
    assert result.text == "write to [EMAIL]"
    assert result.found == (Finding(Kind.EMAIL, 9, 40),)


@pytest.mark.parametrize(
    "disguised",
    [
        "０７７００ ９００１２３",
        "07700\u00a0900\u00a0123",
        "077\u200b00900\u200d123",
        "07700\u2013900123",
        "\u0660\u0667\u0667\u0660\u0660\u0669\u0660\u0660\u0661\u0662\u0663",
    ],
)
def test_look_alike_and_invisible_characters_hide_nothing(disguised: str) -> None:
    text = f"ring {disguised} now"
    assert redact(text).text == "ring [PHONE] now"
    assert text[slice(redact(text).found[0].start, redact(text).found[0].end)] == disguised


def test_a_name_is_found_however_its_accents_are_written() -> None:
    assert redact("spoke to Siân").text == redact("spoke to Sia\u0302n").text == "spoke to [NAME]"


def test_every_planted_text_is_unchanged_by_a_second_redaction() -> None:
    for made in made_texts(TUNED + HELD_OUT, 600, seed=5):
        once = redact(made.text).text
        assert redact(once) == type(redact(once))(once, ())


@given(st.lists(PIECES, max_size=12).map("".join) | st.text(max_size=60))
def test_a_second_redaction_changes_nothing_and_positions_rebuild_the_text(text: str) -> None:
    result = redact(text)
    assert redact(result.text).text == result.text
    rebuilt = text
    for finding in reversed(result.found):
        assert 0 <= finding.start < finding.end <= len(text)
        rebuilt = rebuilt[: finding.start] + finding.kind.placeholder + rebuilt[finding.end :]
    assert rebuilt == result.text
