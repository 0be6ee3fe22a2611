"""Letting go of what cases say of residents, by the queue."""

from flask import current_app

from surveys.core.clock import now
from surveys.core.db import transaction
from surveys.core.queue import ask, task
from surveys.core.settings import Settings
from surveys.followups.cases.letting_go import erase_cases, let_cases_go

AT_ONCE = 500


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
