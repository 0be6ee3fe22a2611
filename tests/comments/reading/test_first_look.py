"""What is stored of a comment is redacted, read once, and never lost, whatever stands in it."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nlp.comments import Question
from nlp.redaction.types import RedactedText
from surveys.answers.models import Answer
from surveys.comments.quotations.models import Quotation, QuotationState
from surveys.comments.reading.first_look import read_some
from surveys.comments.texts import look as looking
from surveys.comments.texts.look import NOT_REDACTED, UNDETERMINED
from surveys.comments.texts.models import Comment, CommentLabel, CommentState, LabelKind, Origin
from surveys.comments.urgent.models import Outcome, UrgentComment
from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.people.models import AuditEntry
from surveys.questionnaires.kinds import Satisfaction
from tests.makers.comments import comment_of, label_all, make_comment, read_all, rewrite, write
from tests.makers.people import make_user
from tests.makers.questionnaires import definition, publish_changed, question, version_ids

PERSONAL = "Please ring Gwendolyn Fairweather on 07700 900123, she waited an hour."
HARM = "My neighbour hits her little girl and the child is terrified of him"


def urgent_rows() -> list[UrgentComment]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(UrgentComment).order_by(UrgentComment.id)))


def everything_stored() -> str:
    """All that stands in any table, as one text."""
    db.session.rollback()
    with db.engine.connect() as connection:
        return "\n".join(
            str(row)
            for table in connection.dialect.get_table_names(connection)
            for row in connection.execute(sa.text(f'SELECT * FROM "{table}"'))
        )


def test_what_is_stored_is_redacted_with_the_places_of_what_was_found(app: Flask) -> None:
    response = write(PERSONAL, rating=Satisfaction.VERY_DISSATISFIED)
    assert read_all() == 1
    comment = comment_of(response)
    assert isinstance(comment.redacted, RedactedText)
    assert comment.redacted == "Please ring [NAME] on [PHONE], she waited an hour."
    assert [PERSONAL[one["start"] : one["end"]] for one in comment.found] == ["Gwendolyn Fairweather", "07700 900123"]
    assert (comment.state, comment.language, comment.rating) == (CommentState.REDACTED, "en", 5)
    assert read_all() == 0


def test_no_table_holds_the_words_in_the_open(app: Flask) -> None:
    make_comment(f"{PERSONAL} {HARM}")
    stored = everything_stored()
    assert "[NAME]" in stored
    assert "Fairweather" not in stored
    assert "900123" not in stored


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=200))
def test_any_words_are_read_once_and_reading_them_again_changes_nothing(app: Flask, words: str) -> None:
    response = write(words)
    read_all()
    found = list(db.session.scalars(sa.select(Comment).where(Comment.response_id == response)))
    assert len(found) == bool(words.strip())
    before = [(c.id, c.redacted, c.read_at, c.state) for c in found]
    rewrite(response, words)
    assert read_all(now() + timedelta(minutes=1)) == 1
    again = db.session.scalars(sa.select(Comment).where(Comment.response_id == response))
    assert [(c.id, c.redacted, c.read_at, c.state) for c in again] == before
    db.session.rollback()


def test_the_same_words_again_keep_their_labels_and_another_rating_labels_them_anew(app: Flask) -> None:
    response = comment_response(make_comment("Nobody rang me back about my permit"))
    rewrite(response, "Nobody rang me back about my permit")
    read_all()
    assert comment_of(response).state is CommentState.LABELLED
    with transaction():
        db.session.execute(sa.text("UPDATE responses SET satisfaction = 'very_dissatisfied'"))
    rewrite(response, "Nobody rang me back about my permit")
    read_all()
    comment = comment_of(response)
    assert (comment.state, comment.rating) == (CommentState.REDACTED, 5)
    assert label_all() == 1
    assert in_force(comment.id, LabelKind.SENTIMENT) == [comment_of(response).sentiment]


def comment_response(number: int) -> int:
    return db.session.get_one(Comment, number).response_id


def in_force(comment_id: int, kind: LabelKind) -> list[str]:
    db.session.rollback()
    query = sa.select(CommentLabel.label).where(CommentLabel.comment_id == comment_id, CommentLabel.in_force)
    return sorted(db.session.scalars(query.where(CommentLabel.kind == kind)))


def test_other_words_are_a_new_reading(app: Flask) -> None:
    reviewer = make_user()
    number = make_comment(HARM)
    response = comment_response(number)
    with transaction():
        urgent = db.session.scalars(sa.select(UrgentComment)).one()
        urgent.closed_at, urgent.closed_by, urgent.outcome = now(), reviewer.id, Outcome.KNOWN
        words = RedactedText("hits her")
        for state in (QuotationState.PROPOSED, QuotationState.APPROVED):
            decided = (now(), reviewer.id) if state is QuotationState.APPROVED else (None, None)
            quotation = Quotation(
                comment_id=number, words=words, state=state, proposed_at=now(), proposed_by=reviewer.id
            )
            quotation.decided_at, quotation.decided_by = decided
            db.session.add(quotation)
        db.session.execute(sa.update(Comment).values(counted=True))
    rewrite(response, "Thank you, the website was easy to use")
    read_all()
    comment = comment_of(response)
    assert (comment.id, comment.state, comment.sentiment) == (number, CommentState.REDACTED, None)
    assert (comment.counted, comment.model_id) == (False, None)
    assert [in_force(number, kind) for kind in LabelKind] == [[], [], []]
    assert set(db.session.scalars(sa.select(Quotation.state))) == {QuotationState.WITHDRAWN}
    actions = db.session.scalars(sa.select(AuditEntry.action))
    assert list(actions).count("quotation withdrawn") == 2
    assert urgent_rows()[0].closed_at is not None


def test_urgency_is_raised_without_a_model_and_stays_open_when_the_words_change(app: Flask) -> None:
    number = make_comment(HARM, labelled=False)
    (urgent,) = urgent_rows()
    assert (urgent.comment_id, urgent.flag, urgent.closed_at) == (number, "safeguarding", None)
    label = db.session.scalars(sa.select(CommentLabel)).one()
    assert (label.kind, label.origin) == (LabelKind.URGENCY, Origin.RULE)
    rewrite(comment_response(number), "All was well")
    read_all()
    assert [row.id for row in urgent_rows()] == [urgent.id]
    assert urgent_rows()[0].closed_at is None


def test_an_urgency_that_a_person_closed_opens_again_for_new_words(app: Flask) -> None:
    reviewer = make_user()
    number = make_comment(HARM, labelled=False)
    with transaction():
        urgent = db.session.scalars(sa.select(UrgentComment)).one()
        urgent.closed_at, urgent.closed_by, urgent.outcome = now(), reviewer.id, Outcome.NO_CONCERN
    rewrite(comment_response(number), f"{HARM}. It happened again last night.")
    read_all()
    (again,) = urgent_rows()
    assert (again.closed_at, again.outcome, again.told_at) == (None, None, None)


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("Mae'r gwasanaeth yn dda iawn ond roedd rhaid i mi aros yn rhy hir ar y ffôn", "cy"),
        ("Czekałem bardzo długo na odpowiedź i nikt nie chciał mi pomóc w tej sprawie", "other"),
    ],
)
def test_what_is_not_in_english_is_kept_and_not_classified(app: Flask, words: str, language: str) -> None:
    comment = db.session.get_one(Comment, make_comment(words))
    assert (comment.state, comment.language, comment.sentiment) == (CommentState.UNCLASSIFIED, language, None)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(CommentLabel)) == 0


def test_words_that_the_library_stumbles_over_hold_nothing_up_and_are_left_for_a_person(
    app: Flask, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def stumbling(text: str) -> object:
        if "Zebedee" in text:
            raise IndexError("Zebedee")
        return real(text)

    real = looking.redact
    monkeypatch.setattr(looking, "redact", stumbling)
    bad, good = write("Zebedee was rude"), write("All was well")
    assert read_all() == 2
    assert comment_of(good).redacted == "All was well"
    comment = comment_of(bad)
    assert (comment.redacted, comment.language, comment.state) == (
        NOT_REDACTED,
        UNDETERMINED,
        CommentState.UNCLASSIFIED,
    )
    assert comment.needs_review
    told = capfd.readouterr().err
    assert "a person must look" in told
    assert "Zebedee" not in told
    monkeypatch.setattr(looking, "redact", real)
    rewrite(bad, "Zebedee was rude")
    read_all()
    assert "was rude" in comment_of(bad).redacted


def test_words_sealed_under_another_key_are_kept_and_told(app: Flask) -> None:
    bad, good = write("Locked away"), write("All was well")
    with transaction():
        db.session.execute(
            sa.text("UPDATE answers SET words = 'gAAAAnonsense' WHERE question = 'why' AND response_id = :id"),
            {"id": bad},
        )
    assert read_all() == 2
    assert comment_of(bad).redacted == NOT_REDACTED
    assert comment_of(good).redacted == "All was well"
    query = sa.select(sa.type_coerce(Answer.words, sa.Text)).where(Answer.response_id == bad)
    kept = db.session.scalar(query.where(Answer.question == "why"))
    assert kept == "gAAAAnonsense"


def test_what_the_question_asked_for_decides_what_nothing_means(app: Flask) -> None:
    better = question("better", "comment", asks="could_improve", longest=200)
    publish_changed(lambda _found: definition(better))
    response = write("Nothing", question="better", version_id=version_ids()[-1])
    read_all()
    assert comment_of(response, "better").asked is Question.COULD_IMPROVE
    label_all()
    assert in_force(comment_of(response, "better").id, LabelKind.TOPIC) == ["general_praise"]


def test_the_chance_of_the_review_is_even_and_the_same_for_the_same_answer(app: Flask) -> None:
    for number in range(40):
        write(f"Comment number {number}")
    read_all()
    chances = list(db.session.scalars(sa.select(Comment.chance).order_by(Comment.id)))
    assert len(set(chances)) == 40
    assert all(0 <= chance < 2**31 for chance in chances)
    assert 8 <= sum(chance < 2**30 for chance in chances) <= 32


def test_a_batch_reads_the_oldest_first_and_no_more_than_it_may(app: Flask) -> None:
    responses = [write(f"Comment number {number}") for number in range(5)]
    with transaction():
        assert read_some(now(), 3) == 3
    assert list(db.session.scalars(sa.select(Comment.response_id).order_by(Comment.id))) == responses[:3]
