"""The first look at what residents wrote: its language, then redaction, then the rules for what cannot wait.

Nothing else opens the sealed words to work on them. Here they stand in memory for a moment; what is stored, classified
and shown from here on is the redacted text.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from nlp.comments import Question
from nlp.urgency.types import Urgency
from surveys.answers.models import Answer, Response
from surveys.comments.reading.keeping import AFRESH, give_urgency, keep_fresh, keep_same
from surveys.comments.texts.look import NOT_REDACTED, UNDETERMINED, LookedAt, chance_of, look_at, marker, opened
from surveys.comments.texts.models import Comment, CommentState
from surveys.core.db import db
from surveys.core.logs import log
from surveys.questionnaires.kinds import FIVE_POINTS, Satisfaction
from surveys.questionnaires.queries import published_definition


def read_some(moment: datetime, limit: int) -> int:
    """Read so many of the answers that nobody has read yet; returns how many there were.

    Two at once read different ones. Words that were read before and given again are no new reading.
    """
    waiting = claimed(limit)
    if not waiting:
        return 0
    known = comments_of(waiting)
    same: list[dict[str, Any]] = []
    fresh: list[dict[str, Any]] = []
    urgent: list[tuple[tuple[int, str], Urgency]] = []
    mark_of, chance = marker(), chance_of()
    for answer in waiting:
        key, words = (answer.response_id, answer.question), opened(answer.sealed)
        mark, there = mark_of(words) if words is not None else None, known.get(key)
        if there is not None and words is not None and (there.mark == mark or there.redacted == words):
            same.append({"row": there.id, "mark": mark, **about(answer), "state": state_again(there, answer)})
        elif words is None or words.strip():
            looked = look_at(words)
            kept = of_words(looked, moment) | {"mark": None if looked.failed else mark, "chance": chance(*key)}
            fresh.append(of_response(answer) | about(answer) | kept)
            urgent += [(key, flag) for flag in looked.urgency]
    keep_same(same)
    ids = keep_fresh(fresh, {key: there.id for key, there in known.items()}, moment)
    give_urgency([(ids[key], flag) for key, flag in urgent], moment)
    mark_read(waiting)
    if failed := sum(row["redacted"] == NOT_REDACTED for row in fresh):
        log.error("comments could not be redacted; a person must look", count=failed)
    return len(waiting)


def claimed(limit: int) -> Sequence[Any]:
    """Unread answers with what is known of them, held until the commit; the words still sealed."""
    a, r = Answer, Response
    query = (
        sa.select(
            a.response_id,
            a.question,
            sa.type_coerce(a.words, sa.Text).label("sealed"),
            a.given_at,
            r.service_id,
            r.channel,
            r.day,
            r.satisfaction,
            r.version_id,
        )
        .join(r, r.id == a.response_id)
        .where(a.unread)
        .order_by(a.response_id, a.question)
        .limit(limit)
        .with_for_update(of=a, skip_locked=True)
    )
    return db.session.execute(query).all()


def comments_of(answers: Sequence[Any]) -> dict[tuple[int, str], Any]:
    """The comments that there are already, held until the commit in the order in which everybody holds them."""
    c = Comment
    query = sa.select(c.id, c.response_id, c.question, c.mark, c.redacted, c.rating, c.asked, c.state).where(
        c.response_id.in_({answer.response_id for answer in answers})
    )
    found = db.session.execute(query.order_by(c.id).with_for_update()).all()
    return {(row.response_id, row.question): row for row in found}


def of_response(answer: Any) -> dict[str, Any]:
    names = ("response_id", "question", "service_id", "channel", "day")
    return {name: getattr(answer, name) for name in names}


def about(answer: Any) -> dict[str, Any]:
    """What surrounds the words and may change without them."""
    return {"asked": asked_by(answer), "rating": rating_of(answer.satisfaction), "given_at": answer.given_at}


def asked_by(answer: Any) -> Question:
    """What the question asked for, as its questionnaire says; nothing particular where it does not."""
    asked = next((q for q in published_definition(answer.version_id).questions if q.key == answer.question), None)
    return Question(asked.asks) if asked is not None and asked.asks else Question.NONSPECIFIC


def rating_of(satisfaction: Satisfaction | None) -> int | None:
    """1, very satisfied, to 5; None for "I do not know"."""
    return FIVE_POINTS.index(satisfaction) + 1 if satisfaction in FIVE_POINTS else None


def of_words(looked: LookedAt, moment: datetime) -> dict[str, Any]:
    return {
        "language": looked.language,
        "state": CommentState.REDACTED if looked.classifiable else CommentState.UNCLASSIFIED,
        "redacted": looked.redacted,
        "found": looked.found,
        "read_at": moment,
        **AFRESH,
        "needs_review": looked.failed,
    }


def state_again(there: Any, answer: Any) -> CommentState:
    """The same words with another rating are labelled again, for the rating tells of their sentiment."""
    changed = (there.rating, there.asked) != (rating_of(answer.satisfaction), asked_by(answer))
    again = changed and there.state is CommentState.LABELLED
    return CommentState.REDACTED if again else CommentState(there.state)


def mark_read(answers: Sequence[Any]) -> None:
    keys = [(answer.response_id, answer.question) for answer in answers]
    done = sa.update(Answer).where(sa.tuple_(Answer.response_id, Answer.question).in_(keys)).values(unread=False)
    db.session.execute(done.execution_options(synchronize_session=False))


def put_back_unreadable() -> int:
    """Have the answers read again that could not be redacted: their key is back, or the library mended."""
    c = Comment
    failed = sa.select(c.response_id, c.question).where(c.language == UNDETERMINED, c.raw_let_go_at.is_(None))
    again = sa.update(Answer).where(
        sa.tuple_(Answer.response_id, Answer.question).in_(failed), Answer.words.is_not(None)
    )
    done = db.session.execute(
        again.values(unread=True).returning(Answer.response_id).execution_options(synchronize_session=False)
    )
    return len(done.all())
