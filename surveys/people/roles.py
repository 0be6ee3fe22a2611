"""The one table of what a role may do."""

from enum import StrEnum


class Role(StrEnum):
    ADMINISTRATOR = "administrator"
    MANAGER = "manager"
    REVIEWER = "reviewer"
    OFFICER = "officer"
    ASSESSOR = "assessor"
    DATA_PROTECTION_OFFICER = "data_protection_officer"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ").capitalize()


class Permission(StrEnum):
    READ_RATES = "read rates"
    SET_TARGETS = "set targets, baselines and notes"
    READ_METHOD = "read the sampling plan and questionnaires"
    EXPLAIN_DRAW = "ask why a contact was or was not asked"
    LOAD_CONTACTS = "load contacts"
    PLAN_SAMPLING = "change sampling rates"
    MANAGE_SERVICES = "change services"
    MANAGE_USERS = "change users"
    WATCH_SENDING = "watch invitations being sent"
    DIRECT_SENDING = "pause sending and decide about uncertain messages"
    EDIT_WORDING = "change the wording of messages"
    EDIT_QUESTIONNAIRES = "change questionnaires"
    MANAGE_POINTS = "manage kiosks and posters"
    STOP_FOR_CALLER = "stop surveys for a caller"
    ENTER_ANSWERS = "enter the answers of people who were asked"
    READ_REPLIES = "read replies to texts"
    READ_COMMENTS = "read redacted comments"
    CHECK_COMMENTS = "check the labels of comments"
    READ_RAW_COMMENTS = "read comments as they were written"
    APPROVE_QUOTATIONS = "approve quotations"
    SEE_URGENT = "see urgent comments"
    MANAGE_MODELS = "decide about the classifier and its labels"
    HANDLE_CASES = "handle cases"
    SET_CASE_RULES = "set the rules that open cases"
    MANAGE_IMPROVEMENTS = "plan improvements and pass praise on"
    APPROVE_IMPROVEMENTS = "approve what the public reads of improvements"
    MANAGE_WEBHOOKS = "connect other systems by webhook"
    READ_EVIDENCE = "read evidence packs"
    MAKE_EVIDENCE = "make evidence packs"
    MANAGE_EVIDENCE = "say what is offered for standards"
    PUBLISH = "publish open data"
    EXPORT = "export contacts and answers"
    READ_AUDIT = "read the audit trail"


ROLES: dict[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: frozenset(Permission),
    Role.MANAGER: frozenset(
        {
            Permission.READ_RATES,
            Permission.SET_TARGETS,
            Permission.READ_METHOD,
            Permission.READ_COMMENTS,
            Permission.SEE_URGENT,
            Permission.HANDLE_CASES,
            Permission.MANAGE_IMPROVEMENTS,
            Permission.EXPORT,
        }
    ),
    Role.REVIEWER: frozenset(
        {
            Permission.READ_RATES,
            Permission.READ_METHOD,
            Permission.READ_COMMENTS,
            Permission.CHECK_COMMENTS,
            Permission.READ_RAW_COMMENTS,
            Permission.APPROVE_QUOTATIONS,
            Permission.SEE_URGENT,
            Permission.MANAGE_MODELS,
            Permission.APPROVE_IMPROVEMENTS,
        }
    ),
    Role.OFFICER: frozenset(
        {
            Permission.EXPLAIN_DRAW,
            Permission.STOP_FOR_CALLER,
            Permission.ENTER_ANSWERS,
            Permission.READ_REPLIES,
            Permission.HANDLE_CASES,
        }
    ),
    Role.ASSESSOR: frozenset(
        {
            Permission.READ_RATES,
            Permission.READ_METHOD,
            Permission.EXPLAIN_DRAW,
            Permission.READ_AUDIT,
            Permission.READ_EVIDENCE,
        }
    ),
    Role.DATA_PROTECTION_OFFICER: frozenset(
        {
            Permission.READ_METHOD,
            Permission.EXPLAIN_DRAW,
            Permission.READ_AUDIT,
            Permission.READ_EVIDENCE,
            Permission.WATCH_SENDING,
            Permission.STOP_FOR_CALLER,
        }
    ),
}

# These act on the whole council, so a grant for a single service does not carry them.
COUNCIL_WIDE = frozenset(
    {
        Permission.LOAD_CONTACTS,
        Permission.PLAN_SAMPLING,
        Permission.MANAGE_SERVICES,
        Permission.MANAGE_USERS,
        Permission.WATCH_SENDING,
        Permission.DIRECT_SENDING,
        Permission.EDIT_WORDING,
        Permission.EDIT_QUESTIONNAIRES,
        Permission.MANAGE_POINTS,
        Permission.READ_REPLIES,
        Permission.MANAGE_MODELS,
        Permission.SET_CASE_RULES,
        Permission.MANAGE_WEBHOOKS,
        Permission.READ_EVIDENCE,
        Permission.MAKE_EVIDENCE,
        Permission.MANAGE_EVIDENCE,
        Permission.PUBLISH,
        Permission.READ_AUDIT,
    }
)
