"""What people of the made-up council set beside the figures: baselines, targets, a note, and telephony's own totals."""

from datetime import date, datetime

import sqlalchemy as sa

from proof.control import LOADED
from surveys.contacts.models import Channel, Contact
from surveys.core.db import db, insert_into
from surveys.demo.opinions import GETS_BETTER, GETS_WORSE
from surveys.people.accounts import all_users
from surveys.people.audit import record
from surveys.rates.baselines import freeze
from surveys.rates.contact_counts import count_loaded
from surveys.rates.control import LEAST_BASELINE
from surveys.rates.months import Month
from surveys.rates.notes import write_note
from surveys.rates.series import Series
from surveys.rates.set_models import ControlTotal
from surveys.rates.targets import set_target
from surveys.rates.totals import digests

MANAGER, LOADER = "manager@demo.example", "administrator@demo.example"
TARGET, LIBRARIES_TARGET = 7_500, 8_500
# Telephony counts a few calls that never became a contact: one in this many.
LOST_CALLS = 90


def set_beside_figures(services: dict[str, int], first_day: date, newest_day: date, moment: datetime) -> None:
    """Only where there are months enough. Runs in a transaction."""
    users = {user.email: user.id for user in all_users()}
    manager, first = users[MANAGER], Month.of(first_day).plus(1)
    series = [Series(), *(Series(number) for number in services.values())]
    if first.plus(LEAST_BASELINE) < Month.of(newest_day):
        for one in series:
            freeze(one, (first, first.plus(LEAST_BASELINE - 1)), "The first full year", (), manager, moment)
    set_target(Series(), TARGET, first, manager, manager, moment)
    set_target(Series(services["libraries"]), LIBRARIES_TARGET, first, manager, manager, moment)
    set_target(Series(services[GETS_WORSE.service]), TARGET, first, manager, manager, moment)
    for turn, words in ((GETS_WORSE, "New permit system"), (GETS_BETTER, "Own team for missed bins")):
        month = Month.of(turn.starts_on(newest_day))
        if first <= month:
            write_note(Series(services[turn.service]), month, words, manager, moment)
    keep_totals(Month.of(newest_day).first, users[LOADER], moment)


def keep_totals(since: date, by: int, moment: datetime) -> None:
    """What telephony says it took since this day: what was loaded, and the calls that were lost on the way."""
    c = Contact
    query = (
        sa.select(c.day, c.service_id, sa.func.count().label("n"))
        .where(c.channel == Channel.PHONE, c.day >= since)
        .group_by(c.day, c.service_id)
    )
    rows = [
        {
            "day": row.day,
            "service_id": row.service_id,
            "channel": Channel.PHONE,
            "total": row.n + (row.day.toordinal() * row.service_id % LOST_CALLS == 0),
            "source": "telephony",
            "loaded_at": moment,
            "loaded_by": by,
        }
        for row in db.session.execute(query)
    ]
    if rows:
        db.session.execute(insert_into(ControlTotal), rows)
        count_loaded([since])
        months = digests({Month.of(row["day"]) for row in rows})
        record(LOADED, "source:telephony", at=moment, rows=len(rows), replaced=0, months=months)
