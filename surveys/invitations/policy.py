"""The council's rules of sending, read from its settings."""

from datetime import timedelta
from functools import cache

from flask import current_app

from surveys.core.settings import Settings
from surveys.invitations.invite import When
from surveys.invitations.pace import SendingRules, TokenBucket, batch_for
from surveys.invitations.remind import Reminding
from surveys.messaging.hours import Hours, Nation
from surveys.messaging.inbox import Inbox
from surveys.messaging.models import Medium
from surveys.messaging.senders import senders


def the_settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings


def hours() -> Hours | None:
    """When residents may be reached; None where every sender is the development inbox, which reaches nobody."""
    if all(isinstance(sender, Inbox) for sender in senders().values()):
        return None
    s = the_settings()
    return Hours(nation=Nation(s.send_nation), opens=s.send_opens, closes=s.send_closes)


def when() -> When:
    found = hours()
    return When(timedelta(minutes=the_settings().send_delay_minutes) if found else timedelta(), found)


@cache
def bucket(per_second: float) -> TokenBucket:
    """One for each process, whatever number of threads send in it."""
    return TokenBucket(per_second)


def sending_rules() -> SendingRules:
    s = the_settings()
    return SendingRules(
        hours=hours(),
        daily_cap=s.send_daily_cap,
        too_old_days=s.send_too_old_days,
        threads=s.send_threads,
        batch=batch_for(s.send_threads),
        stale_seconds=s.send_stale_seconds,
        bucket=bucket(s.send_per_second) if s.send_per_second else None,
    )


def reminding() -> Reminding:
    """A reminder goes by email only, unless the council has chosen texts too."""
    s = the_settings()
    media = {"none": set(), "email": {Medium.EMAIL}, "both": {Medium.EMAIL, Medium.SMS}}[s.remind_by]
    return Reminding(s.remind_after_days, frozenset(media))
