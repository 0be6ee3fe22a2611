"""An invitation for every contact that the draw selected, and the person marked as asked, set by set."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from surveys.contacts.models import Contact, PointKind
from surveys.core.db import db, lock, table_of
from surveys.invitations.models import Invitation
from surveys.messaging.hours import Hours, next_allowed
from surveys.messaging.models import Medium
from surveys.people.audit import record
from surveys.questionnaires.queries import publish_default_if_none

LIFE = timedelta(days=28)
# How far back a selected draw without an invitation is looked for: a sweep runs every few minutes.
LOOK_BACK = timedelta(days=21)
MOMENT = Invitation.due_at.type


@dataclass(frozen=True)
class Media:
    """The media that have a sender; a text comes first where both would reach the person."""

    texts: bool
    emails: bool


@dataclass(frozen=True)
class When:
    """How long after the contact to ask, and at which hours; hours None: at any."""

    delay: timedelta = timedelta()
    hours: Hours | None = None

    def due_at(self, moment: datetime) -> datetime:
        return next_allowed(moment, self.hours) if self.hours else moment


AT_ONCE = When()


# One person is asked once: an address that was asked lately, or that another contact of this run has too,
# counts for the phone and the mailbox alike. Of the rules of use the most particular one says which questionnaire
# is asked: service and channel, then service, then channel; :version is that of the default one.
INVITE = """
    INSERT INTO invitations (
        contact_id, kind, version_id, medium, language, state, reason, due_at, attempts, expires_at)
    SELECT id, 'invitation', coalesce(version_id, :version), coalesce(medium, 'email'), language,
        CASE WHEN medium IS NULL OR asked THEN 'not_sent' ELSE 'due' END,
        CASE WHEN asked THEN 'asked-recently' WHEN medium IS NULL THEN 'unreachable' END,
        :due, 0, :expires
    FROM (
        SELECT c.id, c.language, v.id AS version_id,
            CASE
                WHEN :texts AND c.phone_kind = 'mobile' AND p.unusable_at IS NULL THEN 'sms'
                WHEN :emails AND c.email IS NOT NULL AND e.unusable_at IS NULL THEN 'email'
            END AS medium,
            coalesce(p.last_invited_at > :asked_since, false) OR coalesce(e.last_invited_at > :asked_since, false)
                OR (c.phone_hash IS NOT NULL
                    AND row_number() OVER (PARTITION BY c.phone_hash ORDER BY c.occurred_at, c.id) > 1)
                OR (c.email_hash IS NOT NULL
                    AND row_number() OVER (PARTITION BY c.email_hash ORDER BY c.occurred_at, c.id) > 1)
                AS asked
        FROM draws d
        JOIN contacts c ON c.id = d.contact_id
        LEFT JOIN invitations i ON i.contact_id = c.id
        LEFT JOIN contact_points p ON p.address_hash = c.phone_hash
        LEFT JOIN contact_points e ON e.address_hash = c.email_hash
        LEFT JOIN questionnaire_uses uc ON uc.service_id = c.service_id AND uc.channel = c.channel
        LEFT JOIN questionnaire_uses us ON us.service_id = c.service_id AND us.channel IS NULL
        LEFT JOIN questionnaire_uses uo ON uo.service_id IS NULL AND uo.channel = c.channel
        LEFT JOIN (
            SELECT questionnaire_id, max(number) AS number FROM questionnaire_versions
            WHERE published_at IS NOT NULL GROUP BY questionnaire_id
        ) n ON n.questionnaire_id = coalesce(uc.questionnaire_id, us.questionnaire_id, uo.questionnaire_id)
        LEFT JOIN questionnaire_versions v ON v.questionnaire_id = n.questionnaire_id AND v.number = n.number
        WHERE d.outcome = 'selected' AND d.drawn_at > :since AND i.id IS NULL
    ) AS chosen"""
MARK = """
    INSERT INTO contact_points (address_hash, kind, last_invited_at)
    SELECT {column}, '{kind}', max(i.due_at)
    FROM invitations i JOIN contacts c ON c.id = i.contact_id
    WHERE i.id > :last AND i.state = 'due' AND {column} IS NOT NULL
    GROUP BY {column}
    ON CONFLICT (address_hash) DO UPDATE SET last_invited_at = excluded.last_invited_at"""


def invite(moment: datetime, media: Media, when: When = AT_ONCE, asked_recently_days: int = 90) -> int:
    """Make the invitations that are wanting. Returns how many are due."""
    lock("invitations")
    version = publish_default_if_none()
    last = db.session.scalar(sa.select(sa.func.max(Invitation.id))) or 0
    values = {
        "version": version.id,
        "texts": media.texts,
        "emails": media.emails,
        "due": when.due_at(moment),
        "expires": moment + LIFE,
        "since": moment - LOOK_BACK,
        "asked_since": moment - timedelta(days=asked_recently_days),
    }
    moments = [sa.bindparam(name, type_=MOMENT) for name in ("due", "expires", "since", "asked_since")]
    switches = [sa.bindparam(name, type_=sa.Boolean()) for name in ("texts", "emails")]
    db.session.execute(sa.text(INVITE).bindparams(*moments, *switches), values)
    for column, kind in (("c.phone_hash", PointKind.PHONE), ("c.email_hash", PointKind.EMAIL)):
        db.session.execute(sa.text(MARK.format(column=column, kind=kind.value)), {"last": last})
    put_off_fresh(last, moment, when)
    return record_made(last, moment)


def record_made(last: int, moment: datetime) -> int:
    """Tell the audit trail how many of each version are due; returns how many in all."""
    counted = (
        sa.select(Invitation.version_id, sa.func.count().label("due"))
        .where(Invitation.id > last, Invitation.state == "due")
        .group_by(Invitation.version_id)
        .order_by(Invitation.version_id)
    )
    made = {row.version_id: row.due for row in db.session.execute(counted)}
    for version_id, due in made.items():
        record("invitations made", f"version:{version_id}", at=moment, due=due)
    return sum(made.values())


def put_off_fresh(last: int, moment: datetime, when: When) -> None:
    """The few contacts that have only just taken place wait for their fixed delay."""
    if not when.delay:
        return
    fresh = (
        sa.select(Invitation.id, Contact.occurred_at)
        .join(Contact, Contact.id == Invitation.contact_id)
        .where(Invitation.id > last, Contact.occurred_at > moment - when.delay)
    )
    table = table_of(Invitation)
    values = [{"row": row.id, "due": when.due_at(row.occurred_at + when.delay)} for row in db.session.execute(fresh)]
    if values:
        later = sa.update(table).where(table.c.id == sa.bindparam("row")).values(due_at=sa.bindparam("due"))
        db.session.connection().execute(later, values)


def media_of(senders: dict[Medium, object]) -> Media:
    return Media(texts=Medium.SMS in senders, emails=Medium.EMAIL in senders)
