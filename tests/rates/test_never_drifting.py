"""Whatever residents do in whatever order, and whenever it is counted: every figure equals a recount."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from surveys.answers.equality import keep_equality
from surveys.answers.erasure import erase
from surveys.answers.opening import Opened, open_link, sheet_of
from surveys.answers.stopping import addresses_behind
from surveys.answers.take_in import take_in
from surveys.contacts.models import Stop
from surveys.contacts.suppression import opt_out
from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.core.refusals import Refused
from surveys.invitations.models import Invitation, InvitationState
from surveys.questionnaires.kinds import Given, Satisfaction
from surveys.rates.checking import answer_drifts, contact_drifts
from surveys.rates.contact_counts import count_contacts
from surveys.rates.roll_up import FIGURES, recount_everything, roll_up
from tests.conftest import empty
from tests.makers.answers import draw_and_send
from tests.makers.contacts import load_rows, row

RESIDENTS = 4
ACTS = ("rate", "complete", "withdraw", "tell", "erase", "stop", "lose", "roll up", "count", "recount")
RATINGS = tuple(Satisfaction)

Act = tuple[str, int, int]
acts = st.lists(
    st.tuples(st.sampled_from(ACTS), st.integers(0, RESIDENTS - 1), st.integers(0, len(RATINGS) - 1)),
    min_size=4,
    max_size=16,
)


@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts)
@example([("complete", 0, 1), ("roll up", 0, 0), ("tell", 0, 0), ("roll up", 0, 0), ("erase", 0, 0)])
@example([("rate", 1, 1), ("count", 0, 0), ("roll up", 0, 0), ("withdraw", 1, 0), ("lose", 1, 1), ("stop", 2, 0)])
def test_every_figure_equals_a_recount_after_any_sequence_of_acts(app: Flask, folder: Path, done: list[Act]) -> None:
    db.session.remove()
    empty(folder)
    channels = ("phone", "web")
    load_rows(folder, [row(f"A{n}", channel=channels[n % 2]) for n in range(RESIDENTS)])
    tokens = draw_and_send()
    for act in done:
        do(act, tokens)
        assert drifts() == []
    do(("roll up", 0, 0), tokens)
    do(("count", 0, 0), tokens)
    assert drifts() == contact_drifts(now()) == []
    rolled = all_figures()
    do(("recount", 0, 0), tokens)
    assert all_figures() == rolled


def drifts() -> list[Any]:
    db.session.rollback()
    return answer_drifts()


def all_figures() -> list[set[tuple[Any, ...]]]:
    db.session.rollback()
    return [{tuple(one) for one in db.session.execute(sa.select(*kind.__table__.columns))} for kind in FIGURES]


def do(act: Act, tokens: Sequence[str]) -> None:
    """One thing that happens to an installation; what is refused leaves no trace."""
    name, resident, choice = act
    counting: dict[str, Callable[[], int]] = {
        "roll up": roll_up,
        "count": lambda: count_contacts(now()),
        "recount": recount_everything,
    }
    db.session.rollback()
    if name in counting:
        with transaction():
            counting[name]()
        return
    with suppress(Refused):
        resident_acts(name, open_link(tokens[resident]), choice)


def resident_acts(name: str, opened: Opened, choice: int) -> None:
    definition, invitation = opened.definition, opened.invitation_id
    resolved = (Given("resolved", code=("no", "first_time")[choice % 2]),)
    given_now = (Given("overall", code=RATINGS[choice]), *(resolved if choice % 3 else ()))
    with transaction():
        if name in ("rate", "complete"):
            take_in(sheet_of(opened, given_now, "en", now(), completes=name == "complete"), definition)
        elif name == "withdraw":
            take_in(sheet_of(opened, (), "en", now(), completes=False, withdrawn=("resolved",)), definition)
        elif name == "tell":
            keep_equality(opened, True, [Given("age", code=("16_24", "85_over")[choice % 2])])
        elif name == "erase":
            erase(invitation, now())
        elif name == "stop":
            opt_out(addresses_behind(opened), now(), Stop.PAGE)
        else:
            lost = sa.update(Invitation).where(Invitation.id == invitation)
            db.session.execute(lost.values(state=InvitationState.UNDELIVERED, reason=("30003", "30005")[choice % 2]))
