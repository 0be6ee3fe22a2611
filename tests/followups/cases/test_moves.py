"""The states of a case, by every way through them that chance finds."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.core.refusals import Conflict, Refused
from surveys.followups.cases.models import MOVES, OPEN, CaseOutcome, CaseState
from surveys.followups.cases.moves import LEADS_TO, Act, NotFilledIn, Standing, Step, acts_now, after

STEPS = st.builds(
    Step,
    act=st.sampled_from(Act),
    words=st.sampled_from(["", "  . ", "Rang and said sorry."]),
    outcome=st.sampled_from(["", "lost", *CaseOutcome]),
    cause=st.sampled_from(["", "waiting_time"]),
    reference=st.sampled_from(["", " ", "CMP-7"]),
    delivered=st.booleans(),
)
CLOSING = Step(Act.CLOSE, "Rang and said sorry.", "put_right", "waiting_time")


@given(st.lists(STEPS, max_size=12))
def test_no_path_reaches_closed_without_an_outcome_and_none_keeps_one_that_is_not_closed(steps: list[Step]) -> None:
    standing = Standing()
    for step in steps:
        before = standing
        with suppress(Refused):
            standing = after(standing, step)
            assert standing.state in MOVES[before.state]
        closed = standing.state is CaseState.CLOSED
        assert (standing.outcome is not None) == closed
        assert standing.cause or not closed
        if standing.state is CaseState.HANDED_OVER:
            assert standing.reference or standing.delivered


@given(STEPS, st.sampled_from(CaseState))
def test_whatever_the_table_does_not_allow_is_refused(step: Step, state: CaseState) -> None:
    if LEADS_TO[step.act] not in MOVES[state]:
        with pytest.raises(Conflict):
            after(Standing(state), step)


@pytest.mark.parametrize("state", CaseState)
def test_every_move_of_the_table_has_exactly_one_act(state: CaseState) -> None:
    acts = acts_now(state)
    assert sorted(LEADS_TO[act] for act in acts) == sorted(MOVES[state])
    assert (Act.REOPEN in acts) == (state not in OPEN)


@pytest.mark.parametrize(
    ("step", "field"),
    [
        (Step(Act.ANSWER), "words"),
        (Step(Act.ANSWER, " … "), "words"),
        (Step(Act.WAIT), "words"),
        (Step(Act.CLOSE, "", "put_right", "waiting_time"), "words"),
        (Step(Act.CLOSE, "Done.", "", "waiting_time"), "outcome"),
        (Step(Act.CLOSE, "Done.", "lost", "waiting_time"), "outcome"),
        (Step(Act.CLOSE, "Done.", "put_right", ""), "cause"),
        (Step(Act.CLOSE, "x" * 2001, "put_right", "waiting_time"), "words"),
        (Step(Act.HAND_OVER, reference=" "), "reference"),
    ],
)
def test_an_act_that_lacks_something_says_where(step: Step, field: str) -> None:
    with pytest.raises(NotFilledIn) as refused:
        after(Standing(CaseState.ACKNOWLEDGED), step)
    assert refused.value.field == field


def test_who_wrote_or_rang_needs_no_more_words_to_say_it_is_answered() -> None:
    standing = Standing(CaseState.ACKNOWLEDGED, reached=True)
    assert after(standing, Step(Act.ANSWER)).state is CaseState.ANSWERED


def test_opened_again_it_needs_a_reason_and_a_new_answer() -> None:
    closed = after(Standing(CaseState.ANSWERED, reached=True), CLOSING)
    with pytest.raises(NotFilledIn):
        after(closed, Step(Act.REOPEN))
    again = after(closed, Step(Act.REOPEN, "It happened again."))
    assert (again.state, again.outcome, again.reached) == (CaseState.ACKNOWLEDGED, None, False)


def test_what_went_by_webhook_needs_no_number_of_the_complaints_system() -> None:
    assert after(Standing(), Step(Act.HAND_OVER, delivered=True)).state is CaseState.HANDED_OVER
