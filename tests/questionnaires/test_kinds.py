"""Each kind of question reads the raw text of any door, or says in words what is wrong with it."""

from typing import Any

import pytest

from surveys.questionnaires.default import DEFAULT_DEFINITION
from surveys.questionnaires.definition import read_definition
from surveys.questionnaires.kinds import (
    FIVE_POINTS,
    KINDS,
    SATISFIED,
    SCALE_WORDS,
    Given,
    Option,
    Question,
    Satisfaction,
    Unreadable,
)
from surveys.questionnaires.languages import LANGUAGES, in_every_language

QUESTIONS = {question.key: question for question in read_definition(DEFAULT_DEFINITION).questions}


def question(key: str, **changes: object) -> Question:
    return Question(**(QUESTIONS[key].__dict__ | changes))


def read(asked: Question, raw: str, language: str = "en") -> Given | None:
    """What one raw text is read as, where the question keeps one answer at most."""
    found = asked.handler.read(asked, [raw], language)
    assert len(found) <= 1
    return found[0] if found else None


def made(kind: str, *codes: str, **more: Any) -> Question:
    return Question(
        "asked", kind, {}, True, {}, {}, tuple(Option(code, in_every_language("yes")) for code in codes), **more
    )


@pytest.mark.parametrize("point", list(Satisfaction))
def test_each_point_of_the_scale_is_read(point: Satisfaction) -> None:
    assert read(QUESTIONS["overall"], f" {point.value}\n") == Given("overall", code=point.value)


@pytest.mark.parametrize("raw", ["", " ", "1", "Very satisfied", "VERY_SATISFIED", "very_satisfied;", "\0"])
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Select how satisfied or dissatisfied you were"),
        ("cy", "Dewiswch pa mor fodlon neu anfodlon oeddech chi"),
    ],
)
def test_anything_else_is_no_rating_and_is_told_in_the_resident_s_language(raw: str, language: str, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        read(QUESTIONS["overall"], raw, language)


@pytest.mark.parametrize(
    ("raw", "code"), [("first_time", "first_time"), (" no ", "no"), ("do_not_know", "do_not_know"), ("", None)]
)
def test_an_optional_choice_is_read_or_left(raw: str, code: str | None) -> None:
    assert read(QUESTIONS["resolved"], raw) == (Given("resolved", code=code) if code else None)


@pytest.mark.parametrize(("raw", "code"), [("yes", "yes"), (" no ", "no"), ("", None)])
def test_whether_we_may_contact_is_yes_or_no_or_left(raw: str, code: str | None) -> None:
    assert read(QUESTIONS["contact_back"], raw) == (Given("contact_back", code=code) if code else None)


def test_nobody_says_that_they_do_not_know_whether_we_may_contact_them() -> None:
    with pytest.raises(Unreadable, match="Select one of the answers"):
        read(QUESTIONS["contact_back"], "do_not_know")


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Select one of the answers"), ("cy", "Dewiswch un o’r atebion")]
)
def test_a_choice_that_is_not_on_the_list_is_told_even_where_it_is_optional(language: str, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        read(QUESTIONS["resolved"], "perhaps", language)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("It was fine.", "It was fine."),
        ("  spaces around \r\n", "spaces around"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("Diolch – ŵŷâ 😀", "Diolch – ŵŷâ 😀"),
        ("family 👩‍👩‍👧", "family 👩‍👩‍👧"),
        ("no\u00a0break", "no\u00a0break"),
        ("a\0b\x07c", "abc"),
        ("half \ud83d of a pair", "half  of a pair"),
        ("<script>", "<script>"),
        ("tab\there", "tab\there"),
        ("شكرا", "شكرا"),
    ],
)
def test_a_comment_is_kept_as_it_was_written(raw: str, words: str) -> None:
    assert read(QUESTIONS["why"], raw) == Given("why", words=words)


@pytest.mark.parametrize("raw", ["", "   ", "\r\n\t", "\0", "\0 \0"])
def test_an_empty_optional_comment_is_left(raw: str) -> None:
    assert read(QUESTIONS["why"], raw) is None


@pytest.mark.parametrize("raw", ["", "  ", "\0 \0"])
def test_an_empty_comment_that_is_wanted_is_told(raw: str) -> None:
    wanted = question("why", optional=False, error={"en": "Write something", "cy": "Ysgrifennwch rywbeth"})
    with pytest.raises(Unreadable, match="Write something"):
        read(wanted, raw)


def test_a_comment_of_just_the_most_characters_is_kept_and_one_more_is_told() -> None:
    assert read(QUESTIONS["why"], "a" * 1000) == Given("why", words="a" * 1000)
    with pytest.raises(Unreadable, match="Your answer must be 1,000 characters or less"):
        read(QUESTIONS["why"], "a" * 1001)
    with pytest.raises(Unreadable, match="Rhaid i’ch ateb fod yn 1,000 nod neu lai"):
        read(QUESTIONS["why"], "a" * 1001, "cy")


def test_a_line_break_counts_as_one_character() -> None:
    assert read(QUESTIONS["why"], "a" * 499 + "\r\n" + "b" * 500) is not None


def test_five_points_make_the_base_and_two_of_them_are_satisfied() -> None:
    assert len(FIVE_POINTS) == 5
    assert Satisfaction.DO_NOT_KNOW not in FIVE_POINTS
    assert set(SATISFIED) == {Satisfaction.VERY_SATISFIED, Satisfaction.FAIRLY_SATISFIED}
    assert all(set(words) == set(LANGUAGES) and all(words.values()) for words in SCALE_WORDS.values())


def test_the_scale_runs_from_very_satisfied_down_with_not_knowing_apart() -> None:
    options = QUESTIONS["overall"].handler.options(QUESTIONS["overall"])
    assert [option.code for option in options] == [point.value for point in Satisfaction]
    assert [option.code for option in options if option.apart] == ["do_not_know"]


@pytest.mark.parametrize("kind", ["choice", "choices", "yes_no", "scale", "satisfaction", "comment", "equality"])
@pytest.mark.parametrize("raw", [[], [""], [" "]])
def test_a_question_that_was_left_gives_nothing(kind: str, raw: list[str]) -> None:
    asked = made(kind, "yes", "no")
    assert asked.handler.read(asked, raw, "en") == ()


@pytest.mark.parametrize(
    ("raw", "selected"),
    [(["post"], {"post"}), (["phone", "post"], {"phone", "post"}), (["post", " post "], {"post"})],
)
def test_each_option_of_several_is_kept_as_selected_or_not(raw: list[str], selected: set[str]) -> None:
    asked = made("choices", "phone", "post", "email")
    given = asked.handler.read(asked, raw, "en")
    assert [one.question for one in given] == ["asked.phone", "asked.post", "asked.email"]
    assert {one.question.partition(".")[2] for one in given if one.code == "selected"} == selected
    assert {one.code for one in given} == {"selected", "not_selected"}


def test_an_option_that_there_is_not_is_told_beside_those_that_there_are() -> None:
    asked = made("choices", "phone", "post")
    with pytest.raises(Unreadable, match="Select answers from the list"):
        asked.handler.read(asked, ["phone", "pigeon"], "en")


@pytest.mark.parametrize(
    ("lowest", "highest", "codes"),
    [(0, 10, [str(n) for n in range(11)]), (1, 5, ["1", "2", "3", "4", "5"])],
)
def test_a_scale_offers_its_whole_numbers_and_not_knowing_apart(lowest: int, highest: int, codes: list[str]) -> None:
    asked = made("scale", lowest=lowest, highest=highest, low={"en": "Not at all"}, high={"en": "Entirely"})
    options = asked.handler.options(asked)
    assert [option.code for option in options if not option.apart] == codes
    assert [option.code for option in options if option.apart] == ["do_not_know"]
    assert options[0].text["en"] == f"{lowest} – Not at all"
    assert options[1].text["en"] == codes[1]


@pytest.mark.parametrize("raw", ["-1", "11", "5.0", "٥", "05", "ten"])
def test_a_scale_reads_nothing_else(raw: str) -> None:
    asked = made("scale", lowest=0, highest=10)
    with pytest.raises(Unreadable, match="Select one of the answers"):
        read(asked, raw)


@pytest.mark.parametrize("code", ["yes", "no", "do_not_know"])
def test_yes_and_no_and_not_knowing_are_read(code: str) -> None:
    assert read(made("yes_no"), code) == Given("asked", code=code)


def test_each_kind_stands_under_its_own_name() -> None:
    assert all(kind.name == name for name, kind in KINDS.items())


def test_words_given_do_not_show_in_a_trace() -> None:
    assert "private" not in repr(Given("why", words="private"))
