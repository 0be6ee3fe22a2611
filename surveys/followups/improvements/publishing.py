"""From a draft to what the public reads: one person proposes it, and another approves what they proposed."""

from datetime import datetime

from surveys.core.db import db
from surveys.core.refusals import Conflict, Refused
from surveys.followups.improvements.models import Improvement, ImprovementState, Publishing
from surveys.followups.improvements.planning import ChangedMeanwhile, held, make_draft
from surveys.followups.improvements.scan import Scan, scan, staff_words
from surveys.followups.improvements.sources import Granted
from surveys.people.audit import record

# What is only planned, or was dropped, is nothing that the council did.
PUBLISHABLE = (ImprovementState.DOING, ImprovementState.DONE)
OWN_WORK = "Somebody else must approve this: you wrote it or proposed it."


def scanned(improvement: Improvement) -> Scan:
    fields = {"Title": improvement.title, "What people said": improvement.said, "What is done": improvement.did}
    return scan(fields, staff_words())


def propose(number: int, granted: Granted, edition: int, by: int, moment: datetime) -> None:
    """Put it before somebody who may approve it. Raises Refused where its words may hold personal data."""
    improvement = held(number, granted)
    check_edition(improvement, edition)
    if improvement.publishing is not Publishing.DRAFT:
        raise Conflict("This improvement was proposed already.")
    if improvement.state not in PUBLISHABLE:
        raise Refused("Propose it once it is being done or done. Only what the council does is published.")
    if found := scanned(improvement).found:
        raise Refused(f"{'. '.join(found)}. Then propose it again.")
    improvement.publishing, improvement.proposed_by = Publishing.PROPOSED, by
    db.session.flush()
    record("improvement proposed", f"improvement:{number}", at=moment, edition=edition)


def approve(number: int, granted: Granted, edition: int, by: int, moment: datetime) -> None:
    """Let the public read it as it stands."""
    improvement = held(number, granted)
    check_edition(improvement, edition)
    if improvement.publishing is not Publishing.PROPOSED:
        raise Conflict("This improvement does not wait for approval any more.")
    if by in (improvement.proposed_by, improvement.made_by):
        raise Refused(OWN_WORK)
    improvement.publishing = Publishing.PUBLISHED
    improvement.approved_by, improvement.approved_at = by, moment
    db.session.flush()
    record("improvement published", f"improvement:{number}", at=moment, edition=edition)


def withdraw(number: int, granted: Granted, moment: datetime) -> None:
    """Take it off the public page, or refuse what was proposed. It is a draft again."""
    improvement = held(number, granted)
    was = improvement.publishing
    if was is Publishing.DRAFT:
        raise Conflict("This improvement is not published, and nobody proposed it.")
    make_draft(improvement)
    record("improvement withdrawn", f"improvement:{number}", at=moment, was=was.value)


def check_edition(improvement: Improvement, edition: int) -> None:
    """Nobody publishes words that they have not seen."""
    if improvement.edition != edition:
        raise ChangedMeanwhile("Somebody changed this improvement while you had it open. Read it as it is now.")
