"""A council's own labels: each change is the next version, and what was said before stays."""

import pytest
import sqlalchemy as sa
from flask import Flask

from nlp.code_frame import NO_CONTENT, code_frame
from surveys.comments.fitting.challenger import due
from surveys.comments.fitting.learning import own_examples
from surveys.comments.labels.code_frames import frame_in_force
from surveys.comments.labels.frame_changes import Change, add_label, change_label, name_of, retire_label
from surveys.comments.labels.models import CodeFrameVersion
from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.core.refusals import Conflict, NotFound, Refused
from surveys.people.models import AuditEntry
from tests.makers.comments import keep_small_champion
from tests.makers.people import make_user

THREE = "The plot is flooded\nRing me on 07700 900123 about the plot\n\n  The plot is flooded \nMy plot has no water"


@pytest.fixture
def user_id(app: Flask) -> int:
    keep_small_champion()
    return make_user().id


def change(user_id: int, version: int = 1) -> Change:
    return Change(version, user_id, now())


def test_a_new_label_comes_with_redacted_examples_and_is_due_to_be_learned(app: Flask, user_id: int) -> None:
    assert not due()
    with transaction():
        assert add_label("Allotment plots", "Plots and sites.", THREE, change(user_id)) == "allotment_plots"
    frame = frame_in_force()
    assert (frame.version, frame.labels[-1].label) == (2, "Allotment plots")
    told = ("The plot is flooded", "Ring me on [PHONE] about the plot", "My plot has no water")
    assert frame.labels[-1].examples == told
    assert [(e.comment.text, e.labels) for e in own_examples(frame)] == [(one, {"allotment_plots"}) for one in told]
    assert due()
    entry = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None
    assert (entry.action, entry.details["examples"]) == ("label added", 3)


def test_other_words_for_a_label_need_no_new_model(app: Flask, user_id: int) -> None:
    with transaction():
        change_label("waiting_time", "Waiting", "How long things take.", "", change(user_id))
    assert next(one for one in frame_in_force().labels if one.name == "waiting_time").label == "Waiting"
    assert not due()
    with transaction():
        change_label("waiting_time", "Waiting", "How long things take.", "Two hours on hold!", change(user_id, 2))
    assert due()
    assert [e.comment.text for e in own_examples(frame_in_force())] == ["Two hours on hold!"]


def test_a_retired_label_is_given_no_more_and_stays_in_older_versions(app: Flask, user_id: int) -> None:
    with transaction():
        retire_label("access_premises", change(user_id))
    assert "access_premises" not in frame_in_force().names
    first = db.session.get_one(CodeFrameVersion, 1).definition
    assert "access_premises" in [one["name"] for one in first["labels"]]
    assert due()


def test_whoever_saves_after_somebody_else_is_told_and_nothing_is_overwritten(app: Flask, user_id: int) -> None:
    with transaction():
        retire_label("access_premises", change(user_id))
    with pytest.raises(Conflict), transaction():
        change_label("waiting_time", "Waiting", "How long.", "", change(user_id))
    assert frame_in_force().version == 2


@pytest.mark.parametrize(
    ("label", "definition", "examples"),
    [
        ("", "Means this.", THREE),
        ("Plots", "", THREE),
        ("P" * 61, "Means this.", THREE),
        ("Plots", "Means this.", "one\ntwo\none"),
        ("WAITING TIMES AND DELAYS", "Twice", "a\nb"),
        (code_frame().labels[0].label.upper(), "The same again.", THREE),
        ("No content!", "The same name.", THREE),
        ("Plots", "Means this.", "\n".join(["a", "b", "c" * 1001])),
    ],
)
def test_a_label_that_would_not_work_is_refused(
    app: Flask, user_id: int, label: str, definition: str, examples: str
) -> None:
    with pytest.raises(Refused), transaction():
        add_label(label, definition, examples, change(user_id))
    assert frame_in_force().version == 1


def test_what_is_not_there_or_set_by_rule_is_not_retired(app: Flask, user_id: int) -> None:
    with pytest.raises(Refused, match="fixed rule"), transaction():
        retire_label(NO_CONTENT, change(user_id))
    with pytest.raises(NotFound), transaction():
        retire_label("nothing_like_it", change(user_id))


def test_any_label_in_letters_gets_a_name_for_programs() -> None:
    assert [name_of(one) for one in ("Bins & recycling", "24-hour line", "  Ünïts ", "！")] == [
        "bins_recycling",
        "label_24_hour_line",
        "n_ts",
        "label",
    ]
