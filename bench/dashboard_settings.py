"""What people have set in a council that has used its dashboards for a while: baselines, targets, control totals."""

from datetime import date

import sqlalchemy as sa

from surveys.contacts.models import Channel, Contact
from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.people.accounts import add_user, all_services
from surveys.people.roles import Role
from surveys.rates.months import Month
from surveys.rates.set_models import Baseline, ControlTotal, Target

EMAIL = "manager@example.gov.uk"
PASSWORD = "four random words here"  # noqa: S105  # of a database that is emptied
BASELINE_MONTHS = 12


def settle(first_day: date) -> None:
    """A manager; a frozen year and a target for the whole and for every service."""
    first = Month.of(first_day)
    with transaction():
        user = add_user(EMAIL, "Some Body", PASSWORD, [(Role.MANAGER, None), (Role.ADMINISTRATOR, None)])
        by = {"set_at": now(), "set_by": user.id}
        for service in [None, *(service.id for service in all_services())]:
            baseline = Baseline(service_id=service, first_month=first.first, reason="The first year", **by)
            baseline.last_month = first.plus(BASELINE_MONTHS - 1).first
            target = Target(service_id=service, share=7500, from_month=first.first, owner_id=user.id, **by)
            db.session.add_all([baseline, target])


def count_by_telephone() -> None:
    """Telephony counts its calls of every day and service, three more than were loaded."""
    c, t = Contact, ControlTotal
    with transaction():
        moment = sa.literal(now(), t.loaded_at.type)
        counted = sa.select(c.day, c.service_id, c.channel, sa.func.count() + 3, sa.literal("telephony"), moment)
        counted = counted.where(c.channel == Channel.PHONE).group_by(c.day, c.service_id, c.channel)
        columns = ["day", "service_id", "channel", "total", "source", "loaded_at"]
        db.session.execute(sa.delete(t))
        db.session.execute(sa.insert(t).from_select(columns, counted))
