"""Fairly: customer satisfaction surveys for council contact centres. create_app is the one that knows all rooms."""

from collections.abc import Callable
from typing import Any

from flask import Flask
from flask.cli import AppGroup
from flask_bootstrap import Bootstrap5
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from surveys.answers import (
    equality_views,
    kiosk_views,
    officer_views,
    point_tasks,
    point_views,
    preview_views,
    self_service,
    stopping,
    text_door,
    unread_views,
)
from surveys.answers import views as answers
from surveys.comments.fitting import commands as comment_commands
from surveys.comments.fitting import tasks as fit_tasks
from surveys.comments.fitting import views as model_views
from surveys.comments.labels import frame_views
from surveys.comments.quotations import views as quotation_views
from surveys.comments.reading import act_views as comment_acts
from surveys.comments.reading import tasks as reading_tasks
from surveys.comments.reading import views as comment
from surveys.comments.review import views as review_views
from surveys.comments.themes import tasks as theme_tasks
from surveys.comments.urgent import tasks as urgent_tasks
from surveys.comments.urgent import views as urgent_views
from surveys.contacts import commands as contact_commands
from surveys.contacts import tasks as contact_tasks
from surveys.contacts import views as contacts
from surveys.core import assets, clock, health
from surveys.core.commands import worker
from surveys.core.db import db, init_database
from surveys.core.error_pages import init_error_pages
from surveys.core.headers import init_headers
from surveys.core.logs import init_logs
from surveys.core.lone import init_lone_statements
from surveys.core.queue import init_queue
from surveys.core.settings import PROJECT, Settings, read_settings
from surveys.dashboards.comments import views as comments
from surveys.dashboards.comparing import driver_views, group_views, period_views
from surveys.dashboards.coverage import revision_views, totals_views
from surveys.dashboards.coverage import views as coverage
from surveys.dashboards.learning import views as learning_views
from surveys.dashboards.pages import saved_views
from surveys.dashboards.satisfaction import behind_views, place_views
from surveys.dashboards.satisfaction import views as satisfaction
from surveys.dashboards.targets import baseline_views, note_views
from surveys.dashboards.targets import views as targets
from surveys.demo import commands as demo_commands
from surveys.evidence.assessors import tasks as assessor_tasks
from surveys.evidence.assessors import views as assessor_views
from surveys.evidence.exports import tasks as export_tasks
from surveys.evidence.exports import views as export_views
from surveys.evidence.packs import commands as pack_commands
from surveys.evidence.packs import tasks as pack_tasks
from surveys.evidence.packs import views as packs
from surveys.evidence.publishing import public_views as results_views
from surveys.evidence.publishing import tasks as publishing_tasks
from surveys.evidence.publishing import views as publishing_views
from surveys.evidence.seals import tasks as seal_tasks
from surveys.evidence.standards import views as standard_views
from surveys.evidence.verifying import commands as audit_commands
from surveys.evidence.verifying import views as seal_views
from surveys.followups.cases import tasks as case_tasks
from surveys.followups.compliments import views as compliment_views
from surveys.followups.emails import tasks as email_tasks
from surveys.followups.handling import act_views as case_act_views
from surveys.followups.handling import contact_views, handing_views
from surveys.followups.handling import views as case_views
from surveys.followups.improvements import set_views as improvement_set_views
from surveys.followups.improvements import views as improvement_views
from surveys.followups.learning import commands as learning_commands
from surveys.followups.learning import tasks as learning_tasks
from surveys.followups.notices import account_views
from surveys.followups.notices import tasks as notice_tasks
from surveys.followups.notices import views as notice_views
from surveys.followups.rules import tasks as rule_tasks
from surveys.followups.rules import views as rule_views
from surveys.followups.webhooks import tasks as webhook_tasks
from surveys.followups.webhooks import views as webhook_views
from surveys.followups.you_said import views as you_said_views
from surveys.invitations import commands as invitation_commands
from surveys.invitations import hooks, opt_outs, receipt_tasks, uses_views
from surveys.invitations import tasks as invitation_tasks
from surveys.invitations import views as invitations
from surveys.invitations import wording_views as wording
from surveys.messaging import views as messaging
from surveys.messaging.senders import init_senders
from surveys.people import commands as people_commands
from surveys.people import sign_in
from surveys.people import tasks as people_tasks
from surveys.people import views as people
from surveys.people.guards import PUBLIC, SIGNED_IN, Door, init_guards, may
from surveys.people.looks import init_looks
from surveys.people.roles import Permission
from surveys.people.sessions import init_sessions
from surveys.questionnaires import editor_views, question_views
from surveys.questionnaires import views as questionnaires
from surveys.rates import commands as rate_commands
from surveys.rates import tasks as rate_tasks
from surveys.sampling import commands as sampling_commands
from surveys.sampling import tasks as sampling_tasks
from surveys.sampling import views as sampling

# The map of the site: each room's blueprint beside its guard.
DOORS = (
    Door(health.blueprint, PUBLIC),
    Door(assets.blueprint, PUBLIC),
    Door(sign_in.blueprint, PUBLIC),
    Door(answers.blueprint, PUBLIC),
    Door(equality_views.blueprint, PUBLIC),
    Door(self_service.blueprint, PUBLIC),
    Door(stopping.blueprint, PUBLIC),
    Door(kiosk_views.blueprint, PUBLIC),
    Door(hooks.blueprint, PUBLIC),
    Door(text_door.blueprint, PUBLIC),
    Door(you_said_views.blueprint, PUBLIC),
    Door(results_views.blueprint, PUBLIC),
    Door(sign_in.account, SIGNED_IN),
    Door(account_views.blueprint, SIGNED_IN),
    Door(notice_views.blueprint, SIGNED_IN),
    Door(satisfaction.home, SIGNED_IN),
    Door(satisfaction.rates, may(Permission.READ_RATES)),
    Door(place_views.blueprint, may(Permission.READ_RATES)),
    Door(period_views.blueprint, may(Permission.READ_RATES)),
    Door(behind_views.blueprint, may(Permission.READ_RATES)),
    Door(saved_views.blueprint, may(Permission.READ_RATES)),
    Door(driver_views.blueprint, may(Permission.READ_RATES)),
    Door(group_views.blueprint, may(Permission.READ_RATES)),
    Door(coverage.blueprint, may(Permission.READ_RATES)),
    Door(learning_views.blueprint, may(Permission.READ_RATES)),
    Door(revision_views.blueprint, may(Permission.READ_RATES)),
    Door(totals_views.blueprint, may(Permission.LOAD_CONTACTS)),
    Door(targets.blueprint, may(Permission.READ_RATES)),
    Door(targets.setting, may(Permission.SET_TARGETS)),
    Door(baseline_views.blueprint, may(Permission.READ_RATES)),
    Door(baseline_views.setting, may(Permission.SET_TARGETS)),
    Door(note_views.blueprint, may(Permission.READ_RATES)),
    Door(note_views.setting, may(Permission.SET_TARGETS)),
    Door(comments.blueprint, may(Permission.READ_COMMENTS)),
    Door(comment.blueprint, may(Permission.READ_COMMENTS)),
    Door(comment_acts.as_written, may(Permission.READ_RAW_COMMENTS)),
    Door(comment_acts.by_hand, may(Permission.CHECK_COMMENTS)),
    Door(urgent_views.blueprint, may(Permission.SEE_URGENT)),
    Door(quotation_views.quotations, may(Permission.READ_RATES)),
    Door(quotation_views.proposing, may(Permission.READ_COMMENTS)),
    Door(quotation_views.approving, may(Permission.APPROVE_QUOTATIONS)),
    Door(compliment_views.compliments, may(Permission.READ_COMMENTS)),
    Door(compliment_views.passing_on, may(Permission.MANAGE_IMPROVEMENTS)),
    Door(case_views.blueprint, may(Permission.HANDLE_CASES)),
    Door(case_act_views.blueprint, may(Permission.HANDLE_CASES)),
    Door(rule_views.blueprint, may(Permission.SET_CASE_RULES)),
    Door(contact_views.blueprint, may(Permission.HANDLE_CASES)),
    Door(you_said_views.posters, may(Permission.READ_RATES)),
    Door(improvement_views.blueprint, may(Permission.READ_RATES)),
    Door(improvement_set_views.blueprint, may(Permission.MANAGE_IMPROVEMENTS)),
    Door(improvement_set_views.approving, may(Permission.APPROVE_IMPROVEMENTS)),
    Door(questionnaires.blueprint, may(Permission.READ_METHOD)),
    Door(sampling.plans, may(Permission.READ_METHOD)),
    Door(sampling.rate_setting, may(Permission.PLAN_SAMPLING)),
    Door(sampling.why, may(Permission.EXPLAIN_DRAW)),
    Door(contacts.blueprint, may(Permission.LOAD_CONTACTS)),
    Door(opt_outs.blueprint, may(Permission.STOP_FOR_CALLER)),
    Door(officer_views.blueprint, may(Permission.ENTER_ANSWERS)),
    Door(unread_views.blueprint, may(Permission.READ_REPLIES)),
    Door(invitations.blueprint, may(Permission.WATCH_SENDING)),
    Door(invitations.sending, may(Permission.DIRECT_SENDING)),
    Door(wording.blueprint, may(Permission.EDIT_WORDING)),
    Door(editor_views.blueprint, may(Permission.EDIT_QUESTIONNAIRES)),
    Door(question_views.blueprint, may(Permission.EDIT_QUESTIONNAIRES)),
    Door(preview_views.blueprint, may(Permission.EDIT_QUESTIONNAIRES)),
    Door(uses_views.blueprint, may(Permission.EDIT_QUESTIONNAIRES)),
    Door(messaging.blueprint, may(Permission.WATCH_SENDING)),
    Door(point_views.blueprint, may(Permission.MANAGE_POINTS)),
    Door(review_views.blueprint, may(Permission.CHECK_COMMENTS)),
    Door(model_views.blueprint, may(Permission.MANAGE_MODELS)),
    Door(frame_views.blueprint, may(Permission.MANAGE_MODELS)),
    Door(handing_views.blueprint, may(Permission.HANDLE_CASES)),
    Door(webhook_views.blueprint, may(Permission.MANAGE_WEBHOOKS)),
    Door(people.users, may(Permission.MANAGE_USERS)),
    Door(people.services, may(Permission.MANAGE_SERVICES)),
    Door(people.audit, may(Permission.READ_AUDIT)),
    Door(seal_views.blueprint, may(Permission.READ_AUDIT)),
    Door(packs.blueprint, may(Permission.READ_EVIDENCE)),
    Door(packs.making, may(Permission.MAKE_EVIDENCE)),
    Door(publishing_views.blueprint, may(Permission.PUBLISH)),
    Door(assessor_views.blueprint, may(Permission.MANAGE_USERS)),
    Door(standard_views.blueprint, may(Permission.MANAGE_EVIDENCE)),
    Door(export_views.blueprint, may(Permission.EXPORT)),
)
TASK_MODULES = (
    people_tasks,
    contact_tasks,
    sampling_tasks,
    invitation_tasks,
    receipt_tasks,
    point_tasks,
    reading_tasks,
    theme_tasks,
    fit_tasks,
    urgent_tasks,
    rate_tasks,
    case_tasks,
    webhook_tasks,
    email_tasks,
    notice_tasks,
    rule_tasks,
    learning_tasks,
    seal_tasks,
    pack_tasks,
    export_tasks,
    publishing_tasks,
    assessor_tasks,
)
COMMANDS: tuple[AppGroup, ...] = (
    people_commands.people,
    people_commands.services,
    audit_commands.audit,
    pack_commands.evidence,
    contact_commands.contacts,
    sampling_commands.sampling,
    invitation_commands.invitations,
    comment_commands.comments,
    rate_commands.rates,
    learning_commands.followups,
    demo_commands.demo,
)
# Resident doors carry their own sealed field, and providers their signature, instead of a session's token.
WITHOUT_SESSION = (
    answers.blueprint,
    equality_views.blueprint,
    self_service.blueprint,
    stopping.blueprint,
    kiosk_views.blueprint,
    hooks.blueprint,
    text_door.blueprint,
)


class Fairly(Flask):
    """Without coroutines, and so without asking of each function at each request whether it is one."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        return func


def create_app(settings: Settings | None = None) -> Flask:
    """The whole application. Raises BadSettings, in words that say what to set, where it may not start."""
    settings = settings or read_settings()
    init_logs(settings.log_level)
    app = Fairly("surveys", template_folder=str(PROJECT / "templates"), static_folder=None, static_url_path="/static")
    app.config.update(
        SECRET_KEY=settings.secret_key.get_secret_value(),
        MAX_CONTENT_LENGTH=settings.import_max_mb * 1_000_000 + 1_000_000,
        MAX_FORM_MEMORY_SIZE=256 * 1024,
        BOOTSTRAP_SERVE_LOCAL=True,
        WTF_CSRF_TIME_LIMIT=settings.session_hours * 3600,
        ALEMBIC={"script_location": str(PROJECT / "migrations")},
    )
    app.extensions["settings"] = settings
    if settings.proxy_hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxy_hops, x_proto=settings.proxy_hops)  # type: ignore[method-assign]
    furnish(app, settings)
    return app


def furnish(app: Flask, settings: Settings) -> None:
    """Everything the app holds, in the order in which one needs the other."""
    init_database(app, settings)
    init_lone_statements(app)
    Migrate(app, db, directory=str(PROJECT / "migrations"), render_as_batch=True)
    init_queue(app, settings.queue)
    init_headers(app, https=settings.production)
    public = [door.blueprint.name for door in DOORS if door.guard is PUBLIC]
    init_error_pages(app, public)
    Bootstrap5(app)
    csrf = CSRFProtect(app)
    for blueprint in WITHOUT_SESSION:
        csrf.exempt(blueprint)
    init_sessions(app, settings)
    init_guards(app, DOORS)
    init_looks(app, public)
    init_senders(app, settings)
    for group in COMMANDS:
        app.cli.add_command(group)
    app.cli.add_command(worker)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        settings=settings,
        asset_url=assets.asset_url,
        plotly=assets.PLOTLY,
        map_style_id=assets.map_style_id,
        clock=clock,
    )
