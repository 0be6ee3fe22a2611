"""Cases by the queue: opened each minute, told when they run late, let go of. Each run finds its work in the rows."""

from flask import current_app

from surveys.core.clock import now
from surveys.core.db import transaction
from surveys.core.queue import ask, task
from surveys.core.settings import Settings
from surveys.followups.case_letting_go import erase_cases, let_cases_go
from surveys.followups.escalation import escalate
from surveys.followups.opening import LATELY, open_cases
from surveys.messaging.hours import hours_of

AT_ONCE = 500


@task("followups.open_cases", every_minutes=1)
def open_new() -> None:
    """What came lately."""
    settings: Settings = current_app.extensions["settings"]
    with transaction():
        open_cases(now(), hours_of(settings).nation, LATELY)


@task("followups.open_late_cases", every_minutes=60)
def open_late() -> None:
    """What was completed, raised or allowed late, and what a new rule finds."""
    settings: Settings = current_app.extensions["settings"]
    with transaction():
        open_cases(now(), hours_of(settings).nation)


@task("followups.escalate_cases", every_minutes=10)
def escalate_late() -> None:
    with transaction():
        escalate(now())


@task("followups.erase_cases", every_minutes=5)
def erase_loose() -> None:
    """Residents erase what is held on them in packages that know no cases, so this looks what they cut loose."""
    with transaction():
        if erase_cases(now(), AT_ONCE) == AT_ONCE:
            ask("followups.erase_cases")


@task("followups.let_cases_go", daily_at=4)
def let_go_daily() -> None:
    settings: Settings = current_app.extensions["settings"]
    with transaction():
        let_cases_go(now(), settings.case_months)
