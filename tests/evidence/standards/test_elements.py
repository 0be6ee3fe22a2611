"""Standards by element: what is offered is in the pack, strength is never raised, and nothing is called fulfilled."""

import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask

from surveys.core.db import db, transaction
from surveys.evidence.chapters.content import content_of
from surveys.evidence.chapters.questionnaires import AskedVersion, drivers_table
from surveys.evidence.figures.tally import Tally
from surveys.evidence.files.tables import PackTable
from surveys.evidence.standards.elements import Judged, elements_table, judged
from surveys.evidence.standards.models import ElementNote
from surveys.evidence.standards.offers import TABLES, offerable
from surveys.evidence.standards.reading import CSE, Element, Strength, built_in, read_standards
from surveys.messaging.hours import Nation
from surveys.questionnaires.library import READY
from tests.evidence.tabled import answer, contact, make_period, row, rows
from tests.makers.people import make_service, make_user
from tests.makers.questionnaires import definition

AT = datetime(2026, 4, 1, tzinfo=UTC)
# How many elements each part of the standard has.
COUNTS = {"1": (3, 3, 5), "2": (6, 5), "3": (2, 4, 3, 3), "4": (3, 4, 6), "5": (2, 5, 3)}


def asked(*keys: str) -> AskedVersion:
    return AskedVersion("contact", 1, AT, definition(*(READY[key] for key in keys)))


def tables_of(tally: Tally) -> dict[str, PackTable]:
    content = content_of(make_period(), "Test Council", tally, [], Nation.ENGLAND)
    return {table.name: table for table in content.tables}


def with_drivers(tables: dict[str, PackTable], tally: Tally, *keys: str) -> dict[str, PackTable]:
    return tables | {"drivers": drivers_table(tally, [asked(*keys)])}


def element(code: str) -> Element:
    return built_in()[CSE].element(code)


def test_customer_service_excellence_has_its_57_elements_in_their_places() -> None:
    parts = Counter(one.code.rpartition(".")[0] for one in built_in()[CSE].elements)
    found = {one: tuple(n for part, n in parts.items() if part.startswith(f"{one}.")) for one in COUNTS}
    assert found == COUNTS
    assert parts.total() == 57
    strengths = Counter(one.strength for one in built_in()[CSE].elements)
    assert strengths == {Strength.DIRECT: 26, Strength.SUPPORTS: 25, Strength.NONE: 6}


def test_every_element_offers_only_what_a_pack_has_and_says_what_that_does_not_show() -> None:
    known = offerable()
    for standard in built_in().values():
        for one in standard.elements:
            assert set(one.offered) <= set(known), one.code
            assert (one.strength is Strength.NONE) == (not one.offered), one.code
            assert one.limit.endswith("."), one.code
            assert len(set(one.offered)) == len(one.offered), one.code


def test_the_themes_of_cca_carry_no_invented_clause_numbers() -> None:
    assert not any(re.search(r"\d", one.code + one.paraphrase) for one in built_in()["cca"].elements)


def test_every_table_that_may_be_offered_is_in_a_pack_under_its_title(app: Flask) -> None:
    make_service()
    tables = tables_of(Tally())
    assert {name: tables[name].title for name in TABLES} == TABLES


def test_every_figure_offered_is_one_of_the_table_named_beside_it(app: Flask) -> None:
    make_service()
    tally = answer(answer(Tally(), 40, polite="agree", resolved="first_time"), 10, "neither", polite="disagree")
    contact(tally, 200)
    tables = with_drivers(tables_of(tally), tally, "polite")
    checked = 0
    for one in rows(elements_table([*tables.values()], [built_in()[CSE]])):
        if isinstance(one["value"], float):
            figures = set(row(tables[str(one["offered"])], *str(one["row"]).split(" / ")).values())
            assert one["value"] in figures
            assert one["base"] in (*figures, "[z]")
            checked += 1
    assert checked >= 4


def test_an_empty_pack_offers_nothing_and_says_why(app: Flask) -> None:
    make_service()
    tables = tables_of(Tally())
    polite = judged(element("2.2.2"), tables)
    assert polite.strength is Strength.NONE
    assert polite.missing == (
        "Nothing to offer yet: nobody answered the question “polite”; nobody answered the question “listened”; "
        "no comment is about “staff attitude”."
    )
    assert judged(element("2.1.3"), tables) == Judged(
        element("2.1.3"), Strength.NONE, (), "This pack has no data about it."
    )


def test_strength_is_lowered_where_the_chief_figure_is_missing_or_rests_on_few(app: Flask) -> None:
    make_service()
    tables, polite = tables_of(Tally()), element("2.2.2")
    for count, strength in ((40, Strength.DIRECT), (20, Strength.SUPPORTS), (3, Strength.NONE)):
        tally = answer(Tally(), count, polite="agree")
        assert judged(polite, with_drivers(tables, tally, "polite", "listened")).strength is strength, count
    few = judged(polite, with_drivers(tables, answer(Tally(), 20, polite="agree"), "polite"))
    assert few.missing == "Lowered: it rests on fewer than 30 answers."
    other = judged(polite, with_drivers(tables, answer(Tally(), 40, listened="agree"), "polite", "listened"))
    assert (other.strength, other.missing) == (
        Strength.SUPPORTS,
        "Lowered: nobody answered the question “polite”.",
    )


def test_the_range_of_drivers_is_lowered_while_one_was_not_asked_about(app: Flask) -> None:
    make_service()
    tables = tables_of(answer(Tally(), 40))
    keys = {"outcome": "very_satisfied", "time_to_deal": "neither", "accurate": "agree", "polite": "agree"}
    tally = answer(Tally(), 40, **keys)
    found = judged(element("1.3.3"), with_drivers(tables, tally, *keys))
    assert (found.strength, found.missing) == (
        Strength.SUPPORTS,
        "Lowered: no question about access was answered.",
    )
    tally = answer(Tally(), 40, **keys, easy_to_contact="very_easy")
    assert judged(element("1.3.3"), with_drivers(tables, tally, *keys, "easy_to_contact")).strength is Strength.DIRECT


def test_strength_is_never_raised_and_no_element_is_called_met(app: Flask) -> None:
    make_service()
    tally = answer(Tally(), 200, polite="agree", treated_fairly="agree", resolved="first_time")
    contact(tally, 400)
    tables = with_drivers(tables_of(tally), tally, "polite", "treated_fairly")
    order = list(Strength)
    for one in built_in()[CSE].elements:
        assert order.index(judged(one, tables).strength) >= order.index(one.strength), one.code
    told = " ".join(str(cell) for one in elements_table([*tables.values()], read_standards()).rows for cell in one)
    assert not re.search(r"\b(met|fulfilled|compliant|compliance)\b", told, re.IGNORECASE)


def note(standard: str, code: str, **given: object) -> None:
    user = make_user(email=f"{code}@example.gov.uk").id
    with transaction():
        db.session.add(ElementNote(standard=standard, code=code, changed_at=AT, changed_by=user, **given))


def test_other_standards_are_in_a_pack_once_the_council_has_spoken_of_them(app: Flask) -> None:
    make_service()
    tables = tables_of(Tally())
    assert {one["standard"] for one in rows(tables["elements"])} == {"cse"}
    note("cca", "people", reference="P4")
    note("Charter", "2", paraphrase="Ten", offered={"strength": "direct", "items": ["results"]})
    note("Charter", "10", paraphrase="Late", offered={"strength": "none", "items": []})
    note("cse", "1.1.1", paraphrase="We know who they are.", note="See the profile of 2025.")
    found = rows(tables_of(answer(Tally(), 40))["elements"])
    assert list(dict.fromkeys(one["standard"] for one in found)) == ["cse", "cca", "Charter"]
    assert [(one["code"], one["strength"]) for one in found if one["standard"] == "Charter"] == [
        ("2", "direct"),
        ("10", "nothing to offer"),
    ]
    first = found[0]
    assert (first["paraphrase"], first["note"]) == ("We know who they are.", "See the profile of 2025.")
    assert {one["reference"] for one in found if one["code"] == "people"} == {"P4"}


def test_words_of_the_council_do_not_change_what_we_offer(app: Flask) -> None:
    note("cse", "1.1.1", paraphrase="Other words")
    ours, theirs = element("1.1.1"), read_standards()[0].element("1.1.1")
    assert replace(theirs, paraphrase=ours.paraphrase, ours=True, edition=0) == ours


@pytest.mark.parametrize("strength", [Strength.SUPPORTS, Strength.NONE])
def test_an_element_that_offers_nothing_has_nothing_to_offer(strength: Strength) -> None:
    assert judged(Element("own", "1", "Words", strength, ()), {}).strength is Strength.NONE


def test_two_codes_that_name_one_figure_offer_it_once(app: Flask) -> None:
    """Whether people were treated fairly is a question and its own driver."""
    make_service()
    tally = answer(Tally(), 40, treated_fairly="agree")
    found = judged(element("2.1.4"), with_drivers(tables_of(tally), tally, "treated_fairly"))
    assert [line.table for line in found.lines] == ["drivers"]
