"""Who gets which questionnaire: rules by service and channel, of which the most particular holds."""

import sqlalchemy as sa

from surveys.core.db import db, insert_into
from surveys.core.refusals import NotFound, Refused
from surveys.people.audit import record
from surveys.questionnaires.models import QuestionnaireUse
from surveys.questionnaires.queries import find_questionnaire, version_in_force_of

ANY = "*"
# The audit trail under these is the history of the rules: use_history.py reads it.
SET, REMOVED = "questionnaire use set", "questionnaire use removed"


def scope_of(service_id: int | None, channel: str | None) -> str:
    """The two as one key, like 3/phone, 3/* and */phone."""
    return f"{service_id or ANY}/{channel or ANY}"


def set_use(service_id: int | None, channel: str | None, questionnaire_id: int) -> None:
    """Contacts of this service and channel, None for all, get this questionnaire from their next invitation on.

    It takes the place of a rule for the same service and channel. The caller has checked that both exist.
    """
    if service_id is None and channel is None:
        raise Refused("Choose a service, a channel or both. The default questionnaire goes to everyone else.")
    questionnaire = find_questionnaire(questionnaire_id)
    if version_in_force_of(questionnaire_id) is None:
        raise Refused("Publish that questionnaire first: it has no published version yet.")
    values = {
        "scope": scope_of(service_id, channel),
        "service_id": service_id,
        "channel": channel,
        "questionnaire_id": questionnaire_id,
    }
    db.session.execute(
        insert_into(QuestionnaireUse)
        .values(values)
        .on_conflict_do_update(index_elements=["scope"], set_={"questionnaire_id": questionnaire_id})
    )
    record(SET, f"questionnaire:{questionnaire.slug}", scope=values["scope"])


def remove_use(scope: str) -> None:
    removed = db.session.scalar(
        sa.delete(QuestionnaireUse).where(QuestionnaireUse.scope == scope).returning(QuestionnaireUse.questionnaire_id)
    )
    if removed is None:
        raise NotFound("There is no such rule. Somebody may have removed it before you.")
    record(REMOVED, f"questionnaire:{find_questionnaire(removed).slug}", scope=scope)
