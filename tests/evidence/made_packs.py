"""A small pack of March 2026, built once a session with its cover page, workbooks and PDF, for tests that only read it.

Everything in it went through the stages: a plan promised in February, contacts loaded and drawn, answers taken down,
days sealed in April. Who changes a pack takes a copy.
"""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask import Flask

from surveys.answers.models import EqualityAnswer, Mode
from surveys.contacts.models import Channel
from surveys.core.clock import LONDON
from surveys.core.db import db, transaction
from surveys.evidence.figures.periods import newest_entry, pack_period
from surveys.evidence.packs.building import build
from surveys.evidence.seals.sealing import seal_through
from surveys.evidence.seals.signing import announce
from surveys.people.audit import record
from surveys.questionnaires.default import DEFAULT_DEFINITION, DEFAULT_SLUG, DEFAULT_TITLE
from surveys.questionnaires.kinds import Satisfaction
from surveys.questionnaires.models import Questionnaire, QuestionnaireVersion
from surveys.rates.months import Month
from surveys.rates.series import Series
from surveys.rates.targets import set_target
from surveys.sampling.draw import Reach, draw
from surveys.sampling.models import SamplingPlan
from surveys.sampling.plans import RULES, commit_plan
from tests.conftest import empty
from tests.makers.contacts import load_rows, row
from tests.makers.people import make_service, make_user
from tests.rates.made import make_response, roll_up_all

MONTH = Month(2026, 3)
PROMISED_AT = datetime(2026, 2, 20, 9, tzinfo=UTC)
DRAWN_AT = datetime(2026, 3, 12, 9, tzinfo=UTC)
SEALED_TO = date(2026, 4, 14)
SEALED_AT = datetime(2026, 4, 15, 1, 10, tzinfo=UTC)
GOOD, BAD = Satisfaction.FAIRLY_SATISFIED, Satisfaction.VERY_DISSATISFIED
# What the plan takes its rates and rules from.
HALF = SamplingPlan(default_rate=6000, rules=dict(RULES), rates=[])
SERVICES = {"parking": "Parking", "libraries": "Libraries"}


@dataclass(frozen=True)
class MadePack:
    """folder: the unpacked pack. again: the same built a second time, elsewhere."""

    folder: Path
    archive: Path
    again: Path

    def copy(self, folder: Path) -> Path:
        """One that a test may change."""
        return shutil.copytree(self.folder, folder / self.folder.name)


@pytest.fixture(scope="session")
def made_pack(migrated_app: Flask, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> MadePack:
    with migrated_app.app_context():
        make_rows(tmp_path_factory.mktemp("rows"))
        period = pack_period(MONTH, MONTH, newest_entry())
        db.session.rollback()
        archives = []
        for name in ("pack", "again"):
            place = tmp_path_factory.mktemp(name)
            archives.append(build(period, migrated_app.extensions["settings"], place, lambda _n, _step: None).archive)
            db.session.rollback()
        db.session.remove()
        empty(folder)
    return MadePack(archives[0].parent / period.name, *archives)


def make_rows(folder: Path) -> None:
    numbers = {slug: make_service(slug, name).id for slug, name in SERVICES.items()}
    db.session.rollback()
    with transaction():
        publish_early()
        commit_plan(MONTH.first, MONTH.last, PROMISED_AT, before=HALF, key=bytes(range(32)))
    load_rows(folder, [contact(number) for number in range(120)])
    with transaction():
        draw(DRAWN_AT, Reach(texts=True, emails=True))
    answer_some(numbers)
    roll_up_all()
    user = make_user()
    with transaction():
        set_target(Series(numbers["parking"]), 8500, MONTH, user.id, user.id, PROMISED_AT)
        announce(SEALED_AT)
        seal_through(SEALED_TO, SEALED_AT)
        # The newest entry is the cutoff: by then the plan's month is over.
        record("test pack cut off", "evidence", actor="system", at=SEALED_AT)


def publish_early() -> None:
    """What every installation asks, published before the month."""
    questionnaire = Questionnaire(slug=DEFAULT_SLUG, title=DEFAULT_TITLE)
    db.session.add(questionnaire)
    db.session.flush()
    version = {"questionnaire_id": questionnaire.id, "number": 1, "published_at": PROMISED_AT}
    db.session.add(QuestionnaireVersion(definition=DEFAULT_DEFINITION, **version))


def contact(number: int) -> dict[str, str]:
    """Every fifth cannot be reached, and every seventh has a landline alone."""
    at = datetime(2026, 3, 2 + number % 9, 11, number % 60, tzinfo=LONDON)
    service, channel = list(SERVICES)[number % 2], ("phone", "web")[number // 2 % 2]
    given = {"email": ""} if number % 5 == 0 else {"email": "", "phone": "0161 496 0123"} if number % 7 == 0 else {}
    return row(f"P{number}", at, service=service, channel=channel, **given)


def answer_some(numbers: Mapping[str, int]) -> None:
    """Libraries do well and parking does not; few answer at a kiosk; two groups are small."""
    with transaction():
        for place in range(80):
            service, channel = numbers[list(SERVICES)[place % 2]], (Channel.PHONE, Channel.WEB)[place // 2 % 2]
            content = place % 10 < (3, 9)[place % 2]
            day = MONTH.first.replace(day=2 + place % 9)
            number = make_response(
                service, GOOD if content else BAD, day, channel, resolved="first_time" if content else "no"
            )
            sex = "female" if place % 3 else "male" if place > 6 else "prefer_not_to_say"
            db.session.add(EqualityAnswer(response_id=number, item="sex", code=sex))
        for _ in range(8):
            make_response(numbers["libraries"], GOOD, MONTH.first, Channel.FACE_TO_FACE, Mode.KIOSK)
