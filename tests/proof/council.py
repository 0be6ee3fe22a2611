"""A council of two months for tampering: its database and its pack, both made by the stages themselves.

Three plans (January's too: its last contacts are drawn with those of February), a kiosk, groups, a few answers that
are hidden, control totals with one contact that was never loaded, and a quarter that was published.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade

from surveys import create_app
from surveys.answers.models import EqualityAnswer, Mode, Response
from surveys.contacts.models import Channel
from surveys.core.clock import LONDON
from surveys.core.db import db, transaction
from surveys.core.settings import Settings, read_settings
from surveys.evidence.figures.periods import newest_entry, pack_period
from surveys.evidence.packs.building import build
from surveys.evidence.publishing.quarters import Quarter
from surveys.evidence.seals.sealing import seal_through
from surveys.evidence.seals.signing import announce
from surveys.people.audit import record
from surveys.questionnaires.kinds import Satisfaction
from surveys.rates.contact_counts import count_contacts
from surveys.rates.months import Month
from surveys.rates.totals import load_totals
from surveys.sampling.draw import Reach, draw
from surveys.sampling.models import SamplingPlan
from surveys.sampling.plans import RULES, commit_plan, month_end
from tests.evidence.made_packs import publish_early
from tests.evidence.quarterly import publish_now
from tests.makers.contacts import load_rows, row
from tests.makers.people import make_service, make_user
from tests.rates.made import make_response, roll_up_all

FIRST, LAST = Month(2026, 2), Month(2026, 3)
SERVICES = {"libraries": "Libraries", "parking": "Parking", "bins": "Bins"}
CHANNELS = (Channel.PHONE, Channel.WEB)
GOOD, BAD = Satisfaction.FAIRLY_SATISFIED, Satisfaction.VERY_DISSATISFIED
HALF = SamplingPlan(default_rate=5_000, rules=dict(RULES), rates=[])
DRAWS = {Month(2026, 1): datetime(2026, 2, 9, 9, tzinfo=UTC), LAST: datetime(2026, 3, 12, 9, tzinfo=UTC)}
SEALED_TO = date(2026, 4, 2)
SEALED_AT = datetime(2026, 4, 3, 1, 10, tzinfo=UTC)
PUBLISHED_AT = datetime(2026, 9, 1, 9, tzinfo=UTC)
EACH_MONTH = 150
# Of this day one call was never loaded: telephony counted it.
MISSED = (date(2026, 3, 4), "parking", "phone")


@dataclass(frozen=True)
class Council:
    """pack: its unpacked folder. head and manifest: what an assessor was told of it, in hex."""

    app: Flask
    database: Path
    pack: Path
    head: str
    manifest: str


@contextmanager
def made_council(folder: Path) -> Iterator[Council]:
    """A database of its own on SQLite, whatever lane the tests run on."""
    database = folder / "council.sqlite"
    app = create_app(settings_of(folder, database))
    with app.app_context():
        upgrade()
        make_rows(folder)
        period = pack_period(FIRST, LAST, newest_entry())
        db.session.rollback()
        built = build(period, app.extensions["settings"], workplace(folder), lambda _number, _step: None)
        publish_now(Quarter(Month(2026, 1)), moment=PUBLISHED_AT)
        db.session.remove()
        db.engine.dispose()
        yield Council(app, database, built.archive.parent / period.name, period.cutoff_hash, built.manifest_sha256)
        db.session.remove()
        db.engine.dispose()


def settings_of(folder: Path, database: Path) -> Settings:
    return read_settings(
        instance_dir=folder,
        database_url=f"sqlite:///{database}",
        queue_url="memory://",
        secret_key="a secret for tampering that is long enough 1234567890",
        council_name="Test Council",
        public_url="http://127.0.0.1:8000",
    )


def workplace(folder: Path) -> Path:
    place = folder / "built"
    place.mkdir()
    return place


def make_rows(folder: Path) -> None:
    numbers = {slug: make_service(slug, name).id for slug, name in SERVICES.items()}
    user = make_user().id
    db.session.rollback()
    commit_plans()
    draw_all(folder)
    answer_all(numbers)
    roll_up_all()
    with transaction():
        load_totals(totals_file(folder), "telephony", user, SEALED_AT)
        count_contacts(PUBLISHED_AT, everything=True)
    with transaction():
        announce(SEALED_AT)
        seal_through(SEALED_TO, SEALED_AT)
        # The newest entry is the cutoff: by then the plans' months are over.
        record("test pack cut off", "evidence", actor="system", at=SEALED_AT)


def commit_plans() -> None:
    """Each a week before its month, at half of all contacts."""
    with transaction():
        publish_early()
        for number in range(3):
            starts_on = Month(2026, 1).plus(number).first
            moment = datetime(starts_on.year, starts_on.month, 1, 9, tzinfo=UTC) - timedelta(days=7)
            commit_plan(starts_on, month_end(starts_on), moment, before=HALF, key=bytes([number + 1] * 32))


def draw_all(folder: Path) -> None:
    for at, moment in enumerate(DRAWS.values()):
        load_rows(folder, [contact(at, number, moment) for number in range(EACH_MONTH)])
        with transaction():
            draw(moment, Reach(texts=True, emails=True))


def contact(batch: int, number: int, drawn_at: datetime) -> dict[str, str]:
    """In the eleven days before the draw; every fifth cannot be reached, every seventh has a landline alone."""
    day = (drawn_at - timedelta(days=1 + number % 11)).date()
    at = datetime(day.year, day.month, day.day, 11, number % 60, tzinfo=LONDON)
    service, channel = list(SERVICES)[number % 3], CHANNELS[number // 3 % 2].value
    given = {"email": ""} if number % 5 == 0 else {"email": "", "phone": "0161 496 0123"} if number % 7 == 0 else {}
    return row(f"{'FM'[batch]}{number}", at, service=service, channel=channel, **given)


def totals_file(folder: Path) -> Path:
    """What telephony counted of parking in the first days of March: all that was loaded, and one call more."""
    loaded = {}
    for number in range(EACH_MONTH):
        told = contact(1, number, DRAWS[LAST])
        key = (told["occurred_at"][:10], told["service"], told["channel"])
        loaded[key] = loaded.get(key, 0) + 1
    path, missed = folder / "totals.csv", (MISSED[0].isoformat(), *MISSED[1:])
    lines = [f"{','.join(key)},{count + (key == missed)}" for key, count in sorted(loaded.items())]
    path.write_text("\n".join(["day,service,channel,total", *lines]) + "\n", encoding="utf-8")
    return path


def answer_all(numbers: dict[str, int]) -> None:
    """Libraries do well and parking does not; few rate bins on the web, and few answer at a kiosk."""
    with transaction():
        for place in range(120):
            slug = list(SERVICES)[place % 3]
            channel = CHANNELS[place // 3 % 2]
            if (slug, channel) == ("bins", Channel.WEB) and place > 12:
                continue
            day = date(2026, 1, 31) if place % 20 == 19 else date(2026, 2 + place % 2, 2 + place % 9)
            rating = GOOD if place % 10 < (9, 3, 6)[place % 3] else BAD
            number = make_response(numbers[slug], rating, day, channel, resolved="yes" if rating is GOOD else "no")
            closed(number, day, after=5 if day.month == 1 else 2)
            code = "female" if place % 3 else "male"
            db.session.add(EqualityAnswer(response_id=number, item="sex", code=code))
        for at in range(8):
            number = make_response(numbers["libraries"], GOOD, date(2026, 3, 3), Channel.FACE_TO_FACE, Mode.KIOSK)
            closed(number, date(2026, 3, 3 + at % 2))


def closed(number: int, day: date, after: int = 2) -> None:
    """It closed so many days after the contact."""
    response = db.session.get_one(Response, number)
    moment = datetime(day.year, day.month, day.day, 12, tzinfo=UTC) + timedelta(days=after)
    response.started_at = response.completed_at = moment
