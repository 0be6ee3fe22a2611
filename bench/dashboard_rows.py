"""A made council's answers by the million, in a few statements: contacts, draws, invitations, responses, answers.

Two of three contacts were asked and answered. Rows differ by arithmetic on their numbers, so that the same council
comes out each time, on either database.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa

from surveys.answers.models import CollectionPoint, PointKind
from surveys.contacts.models import BatchState, Channel, ImportBatch
from surveys.core.clock import now, today
from surveys.core.db import db, is_sqlite, transaction
from surveys.people.accounts import add_service
from surveys.questionnaires.default import DEFAULT_DEFINITION
from surveys.questionnaires.equality import EQUALITY
from surveys.questionnaires.kinds import Satisfaction
from surveys.questionnaires.library import READY
from surveys.questionnaires.models import QuestionnaireVersion
from surveys.questionnaires.queries import publish_default_if_none, published_definition
from surveys.rates.months import Month
from surveys.sampling.plans import all_plans, ensure_plans

SERVICES = 20
CHANNELS = (Channel.PHONE, Channel.WEB, Channel.EMAIL, Channel.FACE_TO_FACE, Channel.WEBCHAT)
MONTHS = 24
POOL_EACH = 6
# Rating, was it dealt with, and those of the pool.
ANSWERS_EACH = 2 + POOL_EACH
SLOTS = 1000
# In a hundred, the most satisfied first.
RATED = {"very_satisfied": 38, "fairly_satisfied": 30, "neither": 9, "fairly_dissatisfied": 10}
RATED |= {"very_dissatisfied": 10, "do_not_know": 3}
OUTCOMES = ("selected",) * 5 + ("not_drawn",) * 3 + ("asked_recently", "unreachable")
KIOSK_FOR = 25


@dataclass(frozen=True)
class Council:
    batch: int
    plan: int
    version: int
    point: int
    first_day: date
    days: int


def make_council() -> Council:
    """Services, a plan, a point and a questionnaire with the whole library in its pool; no contacts yet."""
    first_day = Month.of(today()).plus(1 - MONTHS).first
    with transaction():
        for number in range(SERVICES):
            add_service(f"service-{number + 1:02}", f"Service {number + 1:02}", f"Area {number % 4 + 1}")
        ensure_plans(now())
        batch = ImportBatch(
            filename="bench.csv", source="bench", sha256="0" * 64, size=0, state=BatchState.LOADED, mapping={}
        )
        batch.created_at = batch.drawn_at = datetime.combine(first_day, time(), UTC)
        point = CollectionPoint(kind=PointKind.KIOSK, place="Library", service_id=1, channel=CHANNELS[0], made_at=now())
        db.session.add_all([batch, point, published_version()])
        db.session.flush()
        version = db.session.scalars(sa.select(sa.func.max(QuestionnaireVersion.id))).one()
        return Council(batch.id, all_plans()[-1].id, version, point.id, first_day, (today() - first_day).days)


def published_version() -> QuestionnaireVersion:
    definition = DEFAULT_DEFINITION | {
        "questions": [*DEFAULT_DEFINITION["questions"], *READY.values()],
        "most_of_pool": POOL_EACH,
    }
    first = publish_default_if_none()
    return QuestionnaireVersion(
        questionnaire_id=first.questionnaire_id, number=2, definition=definition, published_at=first.published_at
    )


def load(council: Council, first: int, answers: int, only_day: int | None = None) -> int:
    """Load so many answers, in contacts numbered from `first` on; returns the next free number.

    Spread over all days in their order, as counted; or all on one day, not counted yet.
    """
    last = first + answers * 3 // ANSWERS_EACH // 2 - 1
    values = {
        "first": first,
        "last": last,
        "days": council.days,
        "first_day": 0 if only_day is None else only_day,
        "spread": council.days if only_day is None else 1,
        "counted": only_day is None,
        "batch": council.batch,
        "plan": council.plan,
        "version": council.version,
        "point": council.point,
        # Responses at the kiosk are numbered above those of all contacts.
        "above": 1_000_000_000,
    }
    frames = list(frames_of(council))
    with transaction():
        connection = db.session.connection()
        without_foreign_keys(connection)
        for table, rows in frames:
            table.create(connection)
            connection.execute(sa.insert(table), rows)
        for statement in (CONTACTS, DRAWS, INVITATIONS, RESPONSES, AT_THE_KIOSK, RATINGS, OTHER_ANSWERS, TOLD):
            sql = sa.text(statement.replace("UNIQUE_BYTES", UNIQUE_BYTES[db.engine.dialect.name]))
            connection.execute(sql.bindparams(**{name: values[name] for name in sql.compile().params}))
        for table, _rows in frames:
            table.drop(connection)
    analyse()
    return last + 1


def without_foreign_keys(connection: sa.Connection) -> None:
    """Looking up each of ten million rows takes most of the time; only PostgreSQL's superusers may leave it out."""
    if not is_sqlite() and connection.scalar(sa.text("SELECT usesuper FROM pg_user WHERE usename = current_user")):
        connection.execute(sa.text("SET LOCAL session_replication_role = replica"))


def analyse() -> None:
    """What autovacuum would have done by the next morning."""
    db.session.remove()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("ANALYZE" if is_sqlite() else "VACUUM ANALYZE"))


Frame = tuple[sa.Table, Sequence[dict[str, Any]]]


def frames_of(council: Council) -> Iterator[Frame]:
    """Small tables to draw from by number: days, places, ratings, outcomes, questions, options and groups."""
    moments = [council.first_day + timedelta(days=k) for k in range(council.days + 1)]
    days = [{"k": k, "day": day, "at": datetime.combine(day, time(12), UTC)} for k, day in enumerate(moments)]
    yield frame("made_days", sa.Column("day", sa.Date), sa.Column("at", sa.DateTime(timezone=True))), naive(days)
    # The first services and channels get the most contacts.
    places = [(k * k * SERVICES // SLOTS**2 + 1, CHANNELS[k % len(CHANNELS)]) for k in range(SLOTS)]
    slots = [{"k": k, "service": service, "channel": channel.value} for k, (service, channel) in enumerate(places)]
    yield frame("made_slots", sa.Column("service", sa.Integer), text_column("channel")), slots
    codes = [str(Satisfaction(code)) for code, share in RATED.items() for _ in range(share)]
    yield frame("made_ratings", text_column("code")), [{"k": k, "code": code} for k, code in enumerate(codes)]
    outcomes = [{"k": k, "outcome": outcome} for k, outcome in enumerate(OUTCOMES)]
    yield frame("made_outcomes", text_column("outcome")), outcomes
    asked = [question for question in published_definition(council.version).rest if question.handler.counted]
    codes_of = [[option.code for option in question.handler.options(question)] for question in asked]
    rows = [{"k": k, "question": q.key, "many": len(codes_of[k])} for k, q in enumerate(asked)]
    yield frame("made_questions", text_column("question"), sa.Column("many", sa.Integer)), rows
    options = [{"k": k * 10 + n, "code": code} for k, codes in enumerate(codes_of) for n, code in enumerate(codes)]
    yield frame("made_options", text_column("code")), options
    groups = [(k * 10 + n, item, code) for k, item in enumerate(EQUALITY) for n, code in enumerate(EQUALITY[item])]
    rows = [{"k": k, "item": item, "code": code, "many": len(EQUALITY[item])} for k, item, code in groups]
    yield frame("made_groups", text_column("item"), text_column("code"), sa.Column("many", sa.Integer)), rows


def frame(name: str, *columns: sa.Column[Any]) -> sa.Table:
    number = sa.Column("k", sa.Integer, primary_key=True, autoincrement=False)
    return sa.Table(name, sa.MetaData(), number, *columns, prefixes=["TEMPORARY"])


def text_column(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(60))


def naive(days: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """SQLite keeps moments without their zone."""
    return [row | ({"at": row["at"].replace(tzinfo=None)} if is_sqlite() else {}) for row in days]


def mixed(number: str, factor: int, many: str | int) -> str:
    """A number below `many` that looks like chance (Knuth's multiplicative hash)."""
    return f"(CAST({number} AS BIGINT) * {factor} % 4294967296 / 65536 % {many})"


NUMBERS = """WITH RECURSIVE numbers(n) AS (
        SELECT CAST(:first AS BIGINT) UNION ALL SELECT n + 1 FROM numbers WHERE n < :last
    )"""
DAY = ":first_day + (n - :first) * :spread / (:last - :first + 1)"
CONTACTS = f"""
    INSERT INTO contacts (id, batch_id, source, external_ref, service_id, channel, occurred_at, day, language, team,
                          area)
    {NUMBERS}
    SELECT n, :batch, 'bench', 'R' || n, s.service, s.channel, d.at, d.day, 'en', '', ''
    FROM numbers JOIN made_slots s ON s.k = {mixed("n", 2654435761, SLOTS)} JOIN made_days d ON d.k = {DAY}"""
DRAWS = f"""
    INSERT INTO draws (contact_id, plan_id, number, rate, outcome, drawn_at)
    SELECT c.id, p.id, p.key, 2500, CASE WHEN c.id % 3 < 2 THEN 'selected' ELSE o.outcome END, c.occurred_at
    FROM contacts c JOIN sampling_plans p ON p.id = :plan
    JOIN made_outcomes o ON o.k = {mixed("c.id", 2246822519, len(OUTCOMES))}
    WHERE c.id BETWEEN :first AND :last"""
INVITATIONS = """
    INSERT INTO invitations (id, contact_id, kind, version_id, medium, language, state, reason, due_at, claimed_at,
                             sent_at, settled_at, attempts, answered_at, expires_at)
    SELECT c.id, c.id, 'invitation', :version, 'sms', 'en',
           CASE WHEN c.id % 27 = 2 THEN 'undelivered' ELSE 'delivered' END,
           CASE WHEN c.id % 27 = 2 THEN '30003' END,
           d.drawn_at, d.drawn_at, d.drawn_at, d.drawn_at, 1, CASE WHEN c.id % 3 < 2 THEN d.drawn_at END, d.drawn_at
    FROM contacts c JOIN draws d ON d.contact_id = c.id
    WHERE d.outcome = 'selected' AND c.id BETWEEN :first AND :last"""
MADE_RESPONSE = """
    INSERT INTO responses (id, invitation_id, version_id, service_id, channel, day, mode, language, started_at,
                           completed_at, satisfaction, counted, point_id, once)"""
# Services differ in how satisfied people are.
RATING = mixed("c.id", 3266489917, 100) + " * (80 + c.service_id) / 100"
RESPONSES = f"""{MADE_RESPONSE}
    SELECT c.id, c.id, :version, c.service_id, c.channel, c.day, CASE WHEN c.id % 5 = 0 THEN 'sms' ELSE 'web' END,
           'en', c.occurred_at, c.occurred_at, r.code, :counted, NULL, NULL
    FROM contacts c JOIN made_ratings r ON r.k = {RATING}
    WHERE c.id % 3 < 2 AND c.id BETWEEN :first AND :last"""
UNIQUE_BYTES = {
    "sqlite": "CAST(printf('%032d', c.id) AS BLOB)",
    "postgresql": "convert_to(lpad(CAST(c.id AS text), 32, '0'), 'UTF8')",
}
AT_THE_KIOSK = f"""{MADE_RESPONSE}
    SELECT :above + c.id, NULL, :version, p.service_id, p.channel, c.day, 'kiosk',
           'en', c.occurred_at, c.occurred_at, r.code, :counted, p.id, UNIQUE_BYTES
    FROM contacts c JOIN made_ratings r ON r.k = {RATING} JOIN collection_points p ON p.id = :point
    WHERE c.id % {KIOSK_FOR} = 2 AND c.id BETWEEN :first AND :last"""
OWN = "r.id BETWEEN :first AND :last"
RATINGS = f"""
    INSERT INTO answers (response_id, question, code, given_at)
    SELECT r.id, 'overall', r.satisfaction, r.started_at FROM responses r
    WHERE {OWN} OR r.id BETWEEN :first + :above AND :last + :above"""
# The first question is for all, then a few of the pool of fifteen. Who is satisfied says so of the rest, more often.
TURN = f"CASE WHEN t.k = {POOL_EACH} THEN 0 ELSE 1 + (r.id * 7 + t.k) % {len(READY)} END"
CHOICE = f"""{mixed("(r.id + t.k * 101)", 668265263, "q.many")}
        * CASE WHEN r.satisfaction IN ('very_satisfied', 'fairly_satisfied') THEN r.id % 2 ELSE 1 END"""
OTHER_ANSWERS = f"""
    INSERT INTO answers (response_id, question, code, given_at)
    SELECT r.id, q.question, o.code, r.started_at
    FROM responses r
    JOIN made_ratings t ON t.k <= {POOL_EACH}
    JOIN made_questions q ON q.k = {TURN}
    JOIN made_options o ON o.k = q.k * 10 + {CHOICE}
    WHERE {OWN}"""
TOLD = f"""
    INSERT INTO equality_answers (response_id, item, code)
    SELECT r.id, g.item, g.code FROM responses r
    JOIN made_groups g ON g.k % 10 = {mixed("(r.id + g.k / 10)", 374761393, "g.many")}
    WHERE r.id % 5 < 2 AND {OWN}"""
