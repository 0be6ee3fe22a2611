"""When contacts were given another questionnaire is told by the audit trail, for those whom a rule reaches alone."""

from datetime import UTC, datetime

import pytest
import time_machine
from flask import Flask

from surveys.core.db import transaction
from surveys.questionnaires.queries import find_questionnaire
from surveys.questionnaires.use_history import UseChange, read_use_changes, switches
from surveys.questionnaires.uses import remove_use, set_use
from tests.makers.people import make_service
from tests.makers.questionnaires import make_published

AT = [datetime(2026, month, 3, 9, tzinfo=UTC) for month in range(1, 7)]
CHANGES = [
    UseChange(AT[0], None, "phone", "by-phone"),
    UseChange(AT[1], 7, None, "parking"),
    UseChange(AT[2], 7, None, "parking"),
    UseChange(AT[3], 7, "web", "parking"),
    UseChange(AT[4], 7, "web", None),
    UseChange(AT[5], 7, None, None),
]


@pytest.mark.parametrize(
    ("service", "channel", "moments"),
    [
        (7, "phone", [AT[0], AT[1], AT[5]]),
        (7, "web", [AT[1], AT[5]]),
        (7, None, [AT[0], AT[1], AT[5]]),
        (8, "phone", [AT[0]]),
        (8, "web", []),
        (None, "web", [AT[1], AT[5]]),
        (None, None, [AT[0], AT[1], AT[5]]),
    ],
)
def test_a_switch_is_one_where_a_rule_gives_these_contacts_another_questionnaire(
    service: int | None, channel: str | None, moments: list[datetime]
) -> None:
    assert list(switches(CHANGES, service, channel)) == moments


def test_the_audit_trail_has_every_change_of_the_rules(app: Flask) -> None:
    service, made = make_service().id, make_published("About parking")
    for moment, act in (
        (AT[0], lambda: set_use(service, "phone", made)),
        (AT[1], lambda: set_use(None, "web", made)),
        (AT[2], lambda: remove_use(f"{service}/phone")),
    ):
        with time_machine.travel(moment, tick=False), transaction():
            act()
    found = read_use_changes()
    assert [(one.at, one.service, one.channel) for one in found] == [
        (AT[0], service, "phone"),
        (AT[1], None, "web"),
        (AT[2], service, "phone"),
    ]
    slug = find_questionnaire(made).slug
    assert [one.questionnaire for one in found] == [slug, slug, None]
