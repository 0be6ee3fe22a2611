"""Cases, the rules that open them and all that happened to each; who got in touch before is found by mailbox too."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"

KINDS = ("safeguarding", "complaint", "contact_back", "not_resolved", "other")
STATES = ("new", "acknowledged", "waiting", "answered", "handed_over", "closed")
OUTCOMES = ("put_right", "explained", "passed_on", "not_reached", "nothing_to_do")
CHANNELS = ("phone", "face_to_face", "web", "email", "webchat", "post", "other")
RATINGS = ("very_satisfied", "fairly_satisfied", "neither", "fairly_dissatisfied", "very_dissatisfied", "do_not_know")
EVENTS = (
    "opened",
    "consented",
    "taken_back",
    "given",
    "noted",
    "moved",
    "called",
    "written",
    "looked",
    "escalated",
    "reopened",
    "handed_over",
    "erased",
)


def one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=30)


def upgrade() -> None:
    make_case_rules()
    make_cases()
    make_case_events()
    op.create_index("ix_contacts_email_hash", "contacts", ["email_hash"])


def make_case_rules() -> None:
    op.create_table(
        "case_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", one_of("kind", *KINDS), nullable=False),
        sa.Column("ratings", sa.JSON(), nullable=False),
        sa.Column("asks_contact", sa.Boolean(), nullable=False),
        sa.Column("urgency", sa.JSON(), nullable=False),
        sa.Column("question", sa.String(length=40), nullable=True),
        sa.Column("codes", sa.JSON(), nullable=False),
        sa.Column("services", sa.JSON(), nullable=False),
        sa.Column("channels", sa.JSON(), nullable=False),
        sa.Column("repeat_days", sa.Integer(), nullable=True),
        sa.Column("acknowledge_days", sa.Integer(), nullable=False),
        sa.Column("answer_days", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("name <> ''", name=op.f("ck_case_rules_it_has_a_name")),
        sa.CheckConstraint(
            "acknowledge_days BETWEEN 1 AND answer_days", name=op.f("ck_case_rules_acknowledged_before_answered")
        ),
        sa.CheckConstraint(
            "repeat_days IS NULL OR repeat_days > 0", name=op.f("ck_case_rules_before_is_a_day_or_more")
        ),
        sa.ForeignKeyConstraint(["changed_by"], ["users.id"], name=op.f("fk_case_rules_changed_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_rules")),
        sa.UniqueConstraint("name", name=op.f("uq_case_rules_name")),
    )


def columns_of_cases() -> list[sa.Column[Any]]:
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=True),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("consent", sa.Boolean(), nullable=False),
        sa.Column("rule_id", sa.Integer(), nullable=True),
        sa.Column("kind", one_of("kind", *KINDS), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("channel", one_of("channel", *CHANNELS), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("satisfaction", one_of("satisfaction", *RATINGS), nullable=True),
        sa.Column("state", one_of("state", *STATES), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("acknowledge_by", sa.Date(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("acted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", one_of("outcome", *OUTCOMES), nullable=True),
        sa.Column("cause", sa.String(length=63), nullable=True),
        sa.Column("complaint_reference", sa.String(length=60), nullable=True),
        sa.Column("escalation", sa.Integer(), nullable=False),
        sa.Column("reopened", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
    ]


def make_cases() -> None:
    op.create_table(
        "cases",
        *columns_of_cases(),
        sa.CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name=op.f("ck_cases_closed_has_a_moment")),
        sa.CheckConstraint("(state = 'closed') = (outcome IS NOT NULL)", name=op.f("ck_cases_closed_with_an_outcome")),
        sa.CheckConstraint(
            "state <> 'answered' OR answered_at IS NOT NULL", name=op.f("ck_cases_answered_has_a_moment")
        ),
        sa.CheckConstraint("consent OR contact_id IS NULL", name=op.f("ck_cases_no_person_without_consent")),
        sa.CheckConstraint(
            "erased_at IS NULL OR response_id IS NULL", name=op.f("ck_cases_what_is_erased_leads_nowhere")
        ),
        sa.CheckConstraint("escalation BETWEEN 0 AND 2", name=op.f("ck_cases_escalation_has_two_steps")),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_cases_contact_id_contacts")),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_cases_owner_id_users")),
        sa.ForeignKeyConstraint(["response_id"], ["responses.id"], name=op.f("fk_cases_response_id_responses")),
        sa.ForeignKeyConstraint(["rule_id"], ["case_rules.id"], name=op.f("fk_cases_rule_id_case_rules")),
        sa.ForeignKeyConstraint(["service_id"], ["services.id"], name=op.f("fk_cases_service_id_services")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("response_id", name=op.f("uq_cases_response_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_cases_closed_at", "cases", ["closed_at"])
    op.create_index(op.f("ix_cases_contact_id"), "cases", ["contact_id"])
    op.create_index(op.f("ix_cases_opened_at"), "cases", ["opened_at"])
    op.create_index("ix_cases_owner_id_state_answer_by", "cases", ["owner_id", "state", "answer_by"])
    op.create_index("ix_cases_service_id_state_answer_by", "cases", ["service_id", "state", "answer_by"])
    op.create_index("ix_cases_state_answer_by", "cases", ["state", "answer_by"])


def make_case_events() -> None:
    op.create_table(
        "case_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("kind", one_of("kind", *EVENTS), nullable=False),
        sa.Column("from_state", one_of("from_state", *STATES), nullable=True),
        sa.Column("to_state", one_of("to_state", *STATES), nullable=True),
        sa.Column("outcome", one_of("outcome", *OUTCOMES), nullable=True),
        sa.Column("given_to", sa.Integer(), nullable=True),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.Column("reached", sa.Boolean(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("once", sa.LargeBinary(length=32), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["users.id"], name=op.f("fk_case_events_by_users")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_events_case_id_cases")),
        sa.ForeignKeyConstraint(["given_to"], ["users.id"], name=op.f("fk_case_events_given_to_users")),
        sa.ForeignKeyConstraint(
            ["message_id"], ["direct_messages.id"], name=op.f("fk_case_events_message_id_direct_messages")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_events")),
        sa.UniqueConstraint("message_id", name=op.f("uq_case_events_message_id")),
        sa.UniqueConstraint("once", name=op.f("uq_case_events_once")),
    )
    op.create_index("ix_case_events_case_id_id", "case_events", ["case_id", "id"])


def downgrade() -> None:
    op.drop_index("ix_contacts_email_hash", table_name="contacts")
    op.drop_table("case_events")
    op.drop_table("cases")
    op.drop_table("case_rules")
