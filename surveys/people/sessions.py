"""Who is signed in: sessions that are renewed at sign-in, and that end when idle, old or revoked."""

from datetime import datetime, timedelta

from flask import Flask, Request, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask_login import LoginManager, current_user, login_user, logout_user
from sqlalchemy.orm import joinedload

from surveys.core.clock import now
from surveys.core.db import db
from surveys.core.settings import Settings
from surveys.people.assessors import ended
from surveys.people.models import User

# In one query, for every page of the console asks who looks at it.
WITH_GRANTS = (joinedload(User.grants),)


class CookieSessions(SecureCookieSessionInterface):
    """Sessions in a signed cookie. Who has none, as every resident, gets an empty one without any unpacking."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        if "HTTP_COOKIE" in request.environ and self.get_cookie_name(app) in request.cookies:
            return super().open_session(app, request)
        return self.session_class()


def init_sessions(app: Flask, settings: Settings) -> None:
    app.config.update(
        SESSION_COOKIE_NAME="__Host-fairly" if settings.production else "fairly",
        SESSION_COOKIE_SECURE=settings.production,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        # Otherwise every answer carries the cookie, assets that shared caches keep among them.
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=timedelta(hours=settings.session_hours),
    )
    app.session_interface = CookieSessions()
    # Our pages send no Referer, so its check would refuse every form over https; the token and SameSite stay.
    app.config["WTF_CSRF_SSL_STRICT"] = False
    # Resident pages have nobody signed in to look for: the console reads this name when it needs it.
    login_manager = LoginManager()
    # By itself it would look into the session after every answer, for a cookie to remember people by; nobody gets one.
    app.login_manager = login_manager  # type: ignore[attr-defined]  # where Flask-Login looks for it
    app.jinja_env.globals["current_user"] = current_user
    idle, longest = timedelta(minutes=settings.session_idle_minutes), timedelta(hours=settings.session_hours)

    def load(ticket: str) -> User | None:
        number, _, session_number = ticket.partition(".")
        if not fresh(idle, longest):
            return None
        user = db.session.get(User, int(number), options=WITH_GRANTS) if number.isdigit() else None
        if user is None or not user.active or str(user.session_number) != session_number:
            return None
        return None if ended(user) else user

    login_manager.user_loader(load)


def fresh(idle: timedelta, longest: timedelta) -> bool:
    """Whether this session is neither idle nor old; a fresh one is marked as used, once a minute at the most."""
    began, used, moment = session.get("began"), session.get("used"), now().timestamp()
    if not began or not used or moment - began > longest.total_seconds() or moment - used > idle.total_seconds():
        return False
    if moment - used > 60:
        session["used"] = moment
    return True


def begin_session(user: User, moment: datetime) -> None:
    """Sign in under a wholly new session."""
    session.clear()
    session.permanent = True
    session["began"] = session["used"] = moment.timestamp()
    login_user(user)


def end_session() -> None:
    logout_user()
    session.clear()
