"""Who gets which questions: pages that need no script, conditions on earlier answers, and the rotated pool."""

from collections import Counter
from typing import Any

import pytest

from surveys.questionnaires.definition import Definition, read_definition
from surveys.questionnaires.flow import allot, asked_on, codes_of, next_page
from surveys.questionnaires.kinds import NOT_SELECTED, SELECTED, Given
from tests.makers.questionnaires import definition, question, words


def after(key: str, *codes: str) -> dict[str, Any]:
    return {"show_if": {"question": key, "any_of": list(codes)}}


def read(*questions: dict[str, Any], **whole: Any) -> Definition:
    return read_definition(definition(*questions, **whole))


def keys(questions: Any) -> list[str]:
    return [one.key for one in questions]


CHAIN = read(
    question("dealt"),
    question("why_not", **after("dealt", "no")),
    question("anything", "comment"),
    question("told", **after("why_not", "yes")),
    question("unhappy", "comment", **after("overall", "fairly_dissatisfied", "very_dissatisfied")),
)


def codes(**given: str) -> dict[str, frozenset[str]]:
    return {key: frozenset({code}) for key, code in given.items()}


def test_the_rating_stands_alone_and_no_question_is_on_the_page_of_what_it_depends_on() -> None:
    assert [keys(page) for page in CHAIN.pages] == [
        ["overall"],
        ["dealt", "anything", "unhappy"],
        ["why_not"],
        ["told"],
    ]


def test_a_questionnaire_of_the_rating_alone_has_one_page_and_no_next() -> None:
    alone = read()
    assert [keys(page) for page in alone.pages] == [["overall"]]
    assert next_page(alone, 0, {}, None) is None


@pytest.mark.parametrize(
    ("rating", "asked"),
    [("very_satisfied", ["dealt", "anything"]), ("very_dissatisfied", ["dealt", "anything", "unhappy"])],
)
def test_a_question_is_asked_where_the_earlier_answer_calls_for_it(rating: str, asked: list[str]) -> None:
    assert keys(asked_on(CHAIN, 1, codes(overall=rating), None)) == asked


def test_pages_without_a_question_for_this_resident_are_passed_over() -> None:
    happy = codes(overall="neither", dealt="yes")
    assert next_page(CHAIN, 1, happy, None) is None
    assert next_page(CHAIN, 1, codes(overall="neither", dealt="no"), None) == 2
    assert next_page(CHAIN, 2, codes(dealt="no", why_not="no"), None) is None
    assert next_page(CHAIN, 2, codes(dealt="no", why_not="yes"), None) == 3
    assert asked_on(CHAIN, 7, happy, None) == ()


def test_an_option_of_several_counts_for_the_question_it_belongs_to() -> None:
    given = (
        Given("how.phone", code=SELECTED),
        Given("how.post", code=NOT_SELECTED),
        Given("how.email", code=SELECTED),
        Given("overall", code="neither"),
        Given("why", words="Because"),
    )
    assert codes_of(given) == {"how": frozenset({"phone", "email"}), "overall": frozenset({"neither"})}
    options = [{"code": code, "text": words(code)} for code in ("phone", "post", "email")]
    asked = read(question("how", "choices", options=options), question("rang", **after("how", "phone")))
    assert keys(asked_on(asked, 2, codes_of(given), None)) == ["rang"]
    assert keys(asked_on(asked, 2, codes_of(given[1:]), None)) == []


POOL = read(*(question(key, pool=True) for key in "abcdef"), question("last"), most_of_pool=3)


def test_each_resident_gets_as_many_of_the_pool_as_set_in_the_order_of_the_questionnaire() -> None:
    for number in range(200):
        chosen = allot(POOL, b"%d" % number)
        assert chosen is not None
        assert len(set(chosen)) == 3
        assert list(chosen) == sorted(chosen)
        assert keys(asked_on(POOL, 1, {}, chosen)) == [*chosen, "last"]


def test_the_same_seed_gives_the_same_questions() -> None:
    assert allot(POOL, b"one") == allot(POOL, b"one")
    assert len({allot(POOL, b"%d" % number) for number in range(200)}) == 20


def test_every_question_of_the_pool_is_asked_equally_often() -> None:
    """6,000 residents, 3 of 6: each is expected 3,000 times; 5 standard deviations are 194."""
    counted = Counter(key for number in range(6_000) for key in allot(POOL, b"seed %d" % number) or ())
    assert set(counted) == set("abcdef")
    assert all(abs(count - 3_000) < 194 for count in counted.values()), counted


def test_where_nothing_is_rotated_all_are_asked() -> None:
    assert allot(read(question("a", pool=True)), b"x") is None
    assert allot(read(question("a")), b"x") is None
    assert keys(asked_on(read(question("a", pool=True)), 1, {}, None)) == ["a"]


def test_a_pool_smaller_than_its_most_is_asked_whole() -> None:
    assert allot(read(question("a", pool=True), most_of_pool=1), b"x") == ("a",)
