"""pipeline: written answers from the database back into it: read, labelled, labelled again by a new model, counted."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from time import perf_counter

import sqlalchemy as sa

from bench.comments_child import learned_from, made_comments
from bench.databases import Database
from bench.measures import Measure
from nlp.model import fit
from surveys.answers.models import Answer, Mode, Response
from surveys.comments.labels.labelling import label_some
from surveys.comments.labels.relabelling import relabel_some
from surveys.comments.labels.stored_models import keep_first, keep_model, promote
from surveys.comments.reading.first_look import read_some
from surveys.comments.reading.tasks import in_batches
from surveys.comments.texts.models import Comment, CommentState
from surveys.comments.themes.figures import roll_up_themes
from surveys.contacts.models import Channel
from surveys.core.clock import now, today
from surveys.core.db import db, transaction
from surveys.people.accounts import add_service
from surveys.questionnaires.kinds import FIVE_POINTS
from surveys.questionnaires.queries import publish_default_if_none

MOST_COMMENTS = 20_000
DAYS = 60


def run(database: Database) -> Iterator[Measure]:
    """Seconds by the wall clock, so that what the database does counts too."""
    count = min(database.rows, MOST_COMMENTS)
    with database.migrated():
        write_answers(count)
        model = fit(learned_from(count))
        with transaction():
            keep_first(model, now())
        read = timed(lambda limit: read_some(now(), limit), count)
        labelled = timed(lambda limit: label_some(now(), limit), count)
        began = perf_counter()
        with transaction():
            roll_up_themes()
        counted = perf_counter() - began
        with transaction():
            promote(keep_model(model, model.manifest["code_frame"], 0, now()), now())
        again = timed(lambda limit: relabel_some(now(), limit), count)
        refuse_unless_all(count)
    name = f"pipeline.{database.kind}"
    yield Measure(f"{name}.read_and_label_rate", count / (read + labelled), "comments/s")
    yield Measure(f"{name}.read_rate", count / read, "comments/s")
    yield Measure(f"{name}.label_rate", count / labelled, "comments/s")
    yield Measure(f"{name}.relabel_rate", count / again, "comments/s")
    yield Measure(f"{name}.count", counted, "s")


def write_answers(count: int) -> None:
    """Responses and their words, over some weeks of one service."""
    comments = made_comments(count)[:count]
    at, day = now(), today()
    with transaction():
        version, service = publish_default_if_none().id, add_service("parking", "Parking").id
        whole = {"version_id": version, "service_id": service, "channel": Channel.PHONE, "mode": Mode.WEB}
        when = {"language": "en", "started_at": at, "completed_at": at, "counted": True}
        responses = [
            {"id": n, "day": day - timedelta(days=n % DAYS), "satisfaction": FIVE_POINTS[(comment.rating or 3) - 1]}
            | whole
            | when
            for n, comment in enumerate(comments, 1)
        ]
        words = [
            {"response_id": n, "question": "why", "words": comment.text, "unread": True, "given_at": at}
            for n, comment in enumerate(comments, 1)
        ]
        db.session.execute(sa.insert(Response), responses)
        db.session.execute(sa.insert(Answer), words)


def timed(work: Callable[[int], int], count: int) -> float:
    """Seconds for all of them, a batch a transaction as a worker does it."""
    began = perf_counter()
    if in_batches(work) < count * 0.9:
        raise SystemExit("the pipeline left comments out")
    return perf_counter() - began


def refuse_unless_all(count: int) -> None:
    labelled = sa.select(sa.func.count()).where(Comment.state.in_((CommentState.LABELLED, CommentState.UNCLASSIFIED)))
    if db.session.scalar(labelled) != count:
        raise SystemExit("the pipeline left comments out")
