"""The rules that an installation begins with. A council changes them, or switches them off."""

from datetime import datetime

from nlp.urgency.types import Urgency
from surveys.core.db import db
from surveys.followups.cases.models import CaseKind, CaseRule
from surveys.followups.rules.values import Asks, Rule, every_rule, kept
from surveys.people.audit import record
from surveys.questionnaires.kinds import Satisfaction

DANGER = Asks(urgency=(Urgency.safeguarding, Urgency.threat))
COMPLAINT = Asks(urgency=(Urgency.complaint,))
UNHAPPY_AND_ASKED = Asks(ratings=(Satisfaction.VERY_DISSATISFIED,), contact=True)
# The question tells whoever says yes that somebody will get in touch, so no yes is left without a case.
ASKED = Asks(contact=True)
# One contact that did not settle it is no case yet: the person had to come back about it.
NOT_RESOLVED = Asks(question="resolved", codes=("not_yet", "no"), repeat_days=60)
DEFAULTS = (
    ("Possible safeguarding or threat", CaseKind.SAFEGUARDING, DANGER, 1, 2),
    ("Complaint", CaseKind.COMPLAINT, COMPLAINT, 5, 10),
    ("Very dissatisfied and asked to be contacted", CaseKind.CONTACT_BACK, UNHAPPY_AND_ASKED, 2, 5),
    ("Asked to be contacted", CaseKind.CONTACT_BACK, ASKED, 3, 10),
    ("Not resolved after more than one contact", CaseKind.NOT_RESOLVED, NOT_RESOLVED, 3, 10),
)


def rules_or_defaults(moment: datetime) -> list[Rule]:
    """All rules in their order. Where there is none, which is once, the defaults are put in force."""
    return every_rule() or install(moment)


def install(moment: datetime) -> list[Rule]:
    for position, (name, kind, asks, acknowledge, answer) in enumerate(DEFAULTS, 1):
        rule = CaseRule(name=name, kind=kind, position=position, active=True, changed_at=moment, **kept(asks))
        rule.acknowledge_days, rule.answer_days = acknowledge, answer
        db.session.add(rule)
    db.session.flush()
    record("case rules installed", "case rules", actor="system", at=moment, count=len(DEFAULTS))
    return every_rule()
