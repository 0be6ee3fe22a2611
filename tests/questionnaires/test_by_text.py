"""Questions as texts, and the replies to each kind of them, in every language."""

import pytest

from surveys.questionnaires.by_text import Declined, Unclear, Understood, can_be_asked, read_reply, text_of
from surveys.questionnaires.default import DEFAULT_DEFINITION
from surveys.questionnaires.definition import read_definition
from surveys.questionnaires.kinds import SCALE_WORDS, Given, Option, Question, Satisfaction
from surveys.questionnaires.languages import LANGUAGES
from surveys.questionnaires.reply_reader import Reader
from surveys.questionnaires.reply_signs import LIKES

RATING, RESOLVED, WHY, _ = read_definition(DEFAULT_DEFINITION).questions


def question(kind: str, **more: object) -> Question:
    usual = {"key": "q", "text": {"en": "How was it?"}, "optional": True, "hint": {}, "error": {}}
    return Question(kind=kind, **usual | more)  # type: ignore[arg-type]  # one maker for every kind


SCALE = question("scale", lowest=0, highest=10, low={"en": "Not easy"}, high={"en": "Easy"})
YES_NO = question("yes_no")


def code_of(asked: Question, reply: str, language: str = "en") -> str | None:
    """The code that a reply gives; "unclear" or "declined" otherwise."""
    match read_reply(asked, reply, language):
        case Understood(given):
            return given[0].code
        case Unclear():
            return "unclear"
        case Declined():
            return "declined"
    return None


def test_the_rating_is_asked_with_all_its_words() -> None:
    assert text_of(RATING, "en").splitlines() == [
        "Overall, how satisfied or dissatisfied were you with the way we dealt with your recent contact?",
        "Reply with a number:",
        "1 Very satisfied",
        "2 Fairly satisfied",
        "3 Neither satisfied nor dissatisfied",
        "4 Fairly dissatisfied",
        "5 Very dissatisfied",
        "Or reply: I do not know",
    ]


def test_a_choice_is_numbered_and_what_stands_apart_is_asked_in_words() -> None:
    assert text_of(RESOLVED, "cy").splitlines() == [
        "A gafodd eich ymholiad ei ddatrys?",
        "Atebwch gyda rhif:",
        "1 Do, y tro cyntaf",
        "2 Do, ar ôl mwy nag un cyswllt",
        "3 Ddim eto",
        "4 Naddo",
        "Neu atebwch: Dwi ddim yn gwybod",
    ]


def test_a_scale_names_its_ends_and_words_are_asked_for_with_their_hint() -> None:
    assert text_of(SCALE, "en").splitlines()[1] == ("Reply with a number from 0 to 10. 0 is: Not easy. 10 is: Easy.")
    assert text_of(question("scale", lowest=1, highest=5), "en").splitlines()[1] == "Reply with a number from 1 to 5."
    assert text_of(WHY, "en").splitlines() == [
        "Why did you give that answer?",
        "Do not include names, account numbers or health details",
        "Reply in your own words.",
    ]


def test_typographic_marks_that_cost_dear_are_written_plainly() -> None:
    assert text_of(WHY, "cy").splitlines()[0] == "Pam wnaethoch chi roi'r ateb hwnnw?"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_questions_of_the_default_can_be_asked_in_every_language(language: str) -> None:
    assert all(can_be_asked(one, language) for one in (RATING, RESOLVED, WHY))


def test_what_no_single_text_can_answer_or_hold_is_not_asked() -> None:
    options = tuple(Option(f"o{n}", {"en": f"Option {n} " + "x" * 60}) for n in range(9))
    assert not can_be_asked(question("choices", options=options[:2]), "en")
    assert not can_be_asked(question("choice", options=options), "en")
    assert can_be_asked(question("choice", options=options[:3]), "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("point", Satisfaction)
def test_the_words_of_every_point_are_understood_in_every_conversation(language: str, point: Satisfaction) -> None:
    for words in SCALE_WORDS[point].values():
        assert code_of(RATING, words, language) == point.value, words
        assert code_of(RATING, words.upper(), language) == point.value, words


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", range(1, 6))
def test_a_number_and_its_own_words_agree_and_other_words_contradict_it(language: str, number: int) -> None:
    points = list(Satisfaction)
    for place, point in enumerate(points[:5], 1):
        reply = f"{number} {SCALE_WORDS[point][language]}"
        wanted = point.value if place == number else "unclear"
        assert code_of(RATING, reply, language) == wanted, reply


IN_OWN_LANGUAGE = {
    "en": ("three", "2 but it took weeks"),
    "cy": ("tri", "2 ond cymerodd amser"),
    "pl": ("trzy", "2 ale czekałem"),
    "lt": ("trys", "2 bet ilgai laukiau"),
    "pt": ("três", "2 mas demorou"),
    "ur": ("تین", "2 لیکن انتظار کیا"),
    "pa": ("ਤਿੰਨ", "2 ਪਰ ਉਡੀਕ ਕਰਨੀ ਪਈ"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_in_letters_and_comments_after_a_figure_are_read_in_the_conversation_s_language(language: str) -> None:
    three, two = IN_OWN_LANGUAGE[language]
    assert code_of(RATING, three, language) == "neither"
    assert read_reply(RATING, two, language) == Understood((Given("overall", "fairly_satisfied"),), two[2:])


def test_short_words_count_only_in_their_own_language() -> None:
    assert [code_of(RATING, reply, "cy") for reply in ("un", "pump")] == ["very_satisfied", "very_dissatisfied"]
    assert [code_of(RATING, reply, "pt") for reply in ("um", "Um.", "dois")] == [
        "very_satisfied",
        "very_satisfied",
        "fairly_satisfied",
    ]
    assert code_of(RATING, "um", "en") == code_of(RATING, "um, what is this", "en") == "unclear"
    assert [code_of(YES_NO, "do", language) for language in ("cy", "en")] == ["yes", "unclear"]


CHOICES = {
    "1": "first_time",
    "4": "no",
    "5": "unclear",
    "Yes, first time": "first_time",
    "yes first time thanks": "first_time",
    "do, y tro cyntaf": "first_time",
    "Yes after more than one contact": "more_than_one",
    "not yet": "not_yet",
    "3 - not yet": "not_yet",
    "Ddim eto": "not_yet",
    "no": "no",
    "No.": "no",
    "nope": "no",
    "no. 4": "no",
    "don't know": "do_not_know",
    "yes": "unclear",
    "no, not yet": "unclear",
    "no 1": "unclear",
    "no one called me back": "unclear",
    "no problem": "unclear",
    "first time no": "unclear",
    "no thanks": "declined",
}


@pytest.mark.parametrize("reply", CHOICES)
def test_a_choice_is_read_by_its_number_or_its_words(reply: str) -> None:
    assert code_of(RESOLVED, reply) == CHOICES[reply]


YES_OR_NO = {
    "yes": "yes",
    "Y": "yes",
    "yep thanks": "yes",
    "1": "yes",
    "2": "no",
    "n": "no",
    "No!": "no",
    "Yes, they were quick": "yes",
    "tak": "yes",
    "nie": "no",
    "Taip": "yes",
    "não": "no",
    "ہاں": "yes",
    "جی ہاں": "yes",
    "ਨਹੀਂ": "no",
    "haan ji": "yes",
    "idk": "do_not_know",
    "yes and no": "unclear",
    "yes or no": "unclear",
    "yes?": "unclear",
    "3": "unclear",
    "n/a": "declined",
    "no 1": "unclear",
    "maybe": "unclear",
}


@pytest.mark.parametrize("reply", YES_OR_NO)
def test_yes_and_no_are_read_by_number_or_word(reply: str) -> None:
    assert code_of(YES_NO, reply) == YES_OR_NO[reply]


SCALES = {
    "0": "0",
    "10": "10",
    "7": "7",
    "seven": "7",
    "ten": "10",
    "9/10": "9",
    "11": "unclear",
    "10/10": "10",
    "7 or 8": "unclear",
    "0 - no help at all": "0",
    "don't know": "do_not_know",
}


@pytest.mark.parametrize("reply", SCALES)
def test_a_scale_is_read_by_its_number(reply: str) -> None:
    assert code_of(SCALE, reply) == SCALES[reply]


def test_words_of_one_s_own_are_taken_as_they_are_up_to_the_longest_text() -> None:
    for words in ("4", "The man was kind 👍", "y" * 1600, "no", "<b>1</b> & 2"):
        assert read_reply(WHY, words, "en") == Understood((Given("why", words=words),))
    assert read_reply(WHY, "  \n", "en") == Unclear()
    assert read_reply(WHY, "No comment", "en") == Declined()


def test_every_code_that_leans_is_a_point_of_the_scale() -> None:
    assert set(LIKES) < {point.value for point in Satisfaction}
    assert Reader("4", "en", {4: "x"}, {}).read() == ("x", "")
