"""Every setting, read once from the environment into one frozen object.

Nothing else in the project reads the environment. Each field is described in docs/settings.md.
"""

import os
import re
import secrets
import tempfile
from contextlib import suppress
from datetime import time
from decimal import Decimal
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PROJECT = Path(__file__).resolve().parents[2]
WEAKEST_SECRET = 32
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
EMAIL_FROM = re.compile(r"(?:[^<>()@,;:\\\"\r\n]*<[!-;=?-~]+@[A-Za-z0-9.-]+>|[!-;=?-~]+@[A-Za-z0-9.-]+)")
SENDERS_NEED = {
    "twilio": ("twilio_account_sid", "twilio_auth_token", "twilio_messaging_service_sid"),
    "sendgrid": ("sendgrid_api_key", "email_from"),
    "smtp": ("smtp_host", "email_from"),
}
CLOCK_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


class BadSettings(Exception):
    """The settings do not allow a start; the message says what to set."""


class Settings(BaseSettings):
    """What an installation may choose. Field names are the names in the environment, in lower case."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True)

    secret_key: SecretStr = SecretStr("")
    address_key: SecretStr = SecretStr("")
    words_key: SecretStr = SecretStr("")
    public_url: str = "http://127.0.0.1:8000"
    instance_dir: Path = PROJECT / "instance"
    database_url: str = ""
    queue_url: str = ""
    database_pool: int = Field(default=5, ge=1, le=100)
    council_name: str = Field(default="Example Council", min_length=2, max_length=60)
    council_colour: str = Field(default="#12436D", pattern=r"^#[0-9A-Fa-f]{6}$")
    complaints_url: str = ""
    privacy_url: str = ""
    contact_us: str = ""
    sms_sender: Literal["inbox", "twilio", "none"] = "inbox"
    email_sender: Literal["inbox", "sendgrid", "smtp", "none"] = "inbox"
    twilio_account_sid: str = ""
    twilio_auth_token: SecretStr = SecretStr("")
    twilio_auth_token_secondary: SecretStr = SecretStr("")
    twilio_api_key_sid: str = ""
    twilio_api_key_secret: SecretStr = SecretStr("")
    twilio_webhook_key_id: str = ""
    twilio_webhook_key: SecretStr = SecretStr("")
    twilio_messaging_service_sid: str = ""
    twilio_base_url: str = "https://api.twilio.com"
    email_from: str = ""
    sendgrid_api_key: SecretStr = SecretStr("")
    sendgrid_base_url: str = "https://api.sendgrid.com"
    sendgrid_sandbox: bool = False
    sendgrid_webhook_public_key: str = ""
    smtp_host: str = ""
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_username: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    send_nation: Literal["england", "wales", "scotland", "northern_ireland"] = "england"
    send_opens: time = time(9)
    send_closes: time = time(20)
    send_delay_minutes: int = Field(default=60, ge=0, le=7 * 24 * 60)
    sms_replies: bool = False
    sms_part_price_pence: Decimal = Field(default=Decimal(4), ge=0, le=100)
    send_threads: int = Field(default=8, ge=1, le=128)
    send_per_second: float = Field(default=0, ge=0)
    send_daily_cap: int | None = Field(default=None, ge=1)
    send_too_old_days: int = Field(default=14, ge=1)
    send_stale_seconds: int = Field(default=600, ge=30)
    remind_by: Literal["none", "email", "both"] = "email"
    remind_after_days: int = Field(default=7, ge=1)
    raw_comment_days: int = Field(default=90, ge=1)
    comment_months: int = Field(default=24, ge=1)
    case_months: int = Field(default=24, ge=1)
    import_max_mb: int = Field(default=500, ge=1)
    session_idle_minutes: int = Field(default=60, ge=5)
    session_hours: int = Field(default=12, ge=1)
    proxy_hops: int = Field(default=0, ge=0, le=5)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    demo: bool = False

    @field_validator("council_colour")
    @classmethod
    def readable_colour(cls, colour: str) -> str:
        """White words stand on it, so WCAG asks for a contrast of 4.5 to 1."""
        if contrast_with_white(colour) < 4.5:
            raise ValueError("white text cannot be read on this colour; choose a darker one")
        return colour

    @field_validator("send_opens", "send_closes", mode="before")
    @classmethod
    def clock_time(cls, given: object) -> object:
        """Hours and minutes only: pydantic alone would take 9 for nine seconds past midnight."""
        if isinstance(given, str) and not CLOCK_TIME.fullmatch(given):
            raise ValueError("write the time as HH:MM, for example 09:00")
        return given

    @property
    def production(self) -> bool:
        """True once residents can reach it: the public address is not this machine's own."""
        return (urlsplit(self.public_url).hostname or "") not in LOOPBACK

    @property
    def database(self) -> str:
        """The SQLAlchemy URL: PostgreSQL through psycopg 3, or the embedded SQLite file."""
        url = self.database_url or f"sqlite:///{self.instance_dir.resolve() / 'fairly.sqlite'}"
        for prefix in ("postgres://", "postgresql://"):
            if url.startswith(prefix):
                return "postgresql+psycopg://" + url.removeprefix(prefix)
        return url

    @property
    def queue(self) -> str:
        return self.queue_url or f"sqlite:///{self.instance_dir.resolve() / 'queue.sqlite'}"

    def survey_url(self, path: str) -> str:
        """An address that residents can follow, whatever host this process was asked under."""
        return self.public_url.rstrip("/") + path


def contrast_with_white(colour: str) -> float:
    """WCAG 2.2's contrast ratio of #rrggbb with white."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def read_settings(**given: object) -> Settings:
    """Read the environment (values given here win), complete the embedded default, refuse a weak production.

    Raises BadSettings with one line for each thing to put right.
    """
    try:
        settings = Settings(**given)  # type: ignore[arg-type]  # checked by pydantic, value by value
    except ValidationError as wrong:
        lines = [f"{'.'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in wrong.errors()]
        raise BadSettings("\n".join(lines)) from wrong
    faults = production_faults(settings) if settings.production else []
    faults += store_faults(settings) + hours_faults(settings) + term_faults(settings)
    if faults := faults + sender_faults(settings):
        raise BadSettings("\n".join(faults))
    return settings if settings.secret_key.get_secret_value() else with_own_secret(settings)


def production_faults(settings: Settings) -> list[str]:
    """What stops a start that residents can reach, in words that say what to set."""
    faults = []
    secret = settings.secret_key.get_secret_value()
    if len(secret) < WEAKEST_SECRET or len(set(secret)) < 10:
        faults.append(
            f"SECRET_KEY: set a random secret of at least {WEAKEST_SECRET} characters. Make one with: "
            "python -c 'import secrets; print(secrets.token_urlsafe(48))'"
        )
    if not settings.public_url.startswith("https://"):
        faults.append("PUBLIC_URL: use an https:// address; residents' answers must not travel in the clear.")
    for name in ("sms_sender", "email_sender"):
        if getattr(settings, name) == "inbox":
            faults.append(
                f"{name.upper()}: 'inbox' shows messages to staff and sends nothing. "
                "Choose a real sender, or 'none' to do without."
            )
    if settings.queue.startswith("memory"):
        faults.append(
            "QUEUE_URL: a queue in memory loses its work at each stop. Use redis://host:6379/0 or leave it out."
        )
    for name in ("address_key", "words_key"):
        if 0 < len(getattr(settings, name).get_secret_value()) < WEAKEST_SECRET:
            faults.append(f"{name.upper()}: use at least {WEAKEST_SECRET} random characters, or leave it out.")
    if settings.demo:
        faults.append("DEMO: the made-up council may not run at a public address. Unset DEMO.")
    return faults


def sender_faults(settings: Settings) -> list[str]:
    """The settings a chosen sender still lacks."""
    faults = []
    for chooser in ("sms_sender", "email_sender"):
        chosen = getattr(settings, chooser)
        for name in SENDERS_NEED.get(chosen, ()):
            if not plain(getattr(settings, name)):
                faults.append(f"{name.upper()}: set it, because {chooser.upper()} is '{chosen}'.")
    if bool(settings.twilio_api_key_sid) != bool(plain(settings.twilio_api_key_secret)):
        missing = "TWILIO_API_KEY_SECRET" if settings.twilio_api_key_sid else "TWILIO_API_KEY_SID"
        faults.append(f"{missing}: set it, because the other half of the API key is set.")
    if settings.email_from and not EMAIL_FROM.fullmatch(settings.email_from):
        faults.append("EMAIL_FROM: use an address, or a name and an address: Barset Council <surveys@barset.gov.uk>.")
    if settings.smtp_username and not plain(settings.smtp_password):
        faults.append("SMTP_PASSWORD: set it, because SMTP_USERNAME is set.")
    if settings.production and settings.smtp_username and settings.smtp_security == "none":
        faults.append("SMTP_SECURITY: use 'starttls' or 'tls'; a password must not travel in the clear.")
    if settings.production and settings.sendgrid_sandbox:
        faults.append("SENDGRID_SANDBOX: the sandbox sends nothing. Unset SENDGRID_SANDBOX.")
    return faults


def plain(value: str | SecretStr) -> str:
    return value.get_secret_value() if isinstance(value, SecretStr) else value


def store_faults(settings: Settings) -> list[str]:
    """Addresses of a database or a queue of a kind that Fairly does not know."""
    faults = []
    if not settings.database.startswith(("sqlite:///", "postgresql+psycopg://")):
        faults.append("DATABASE_URL: use postgresql://user:password@host/name, or leave it unset for an embedded file.")
    if urlsplit(settings.queue).scheme not in ("sqlite", "redis", "rediss", "memory"):
        faults.append("QUEUE_URL: use redis://host:6379/0, or leave it unset for an embedded file.")
    return faults


def hours_faults(settings: Settings) -> list[str]:
    """Hours in which nothing could be sent, or in which people sleep."""
    faults = []
    if settings.send_opens < time(6):
        faults.append("SEND_OPENS: use 06:00 or later; no message goes at night.")
    if settings.send_closes > time(22):
        faults.append("SEND_CLOSES: use 22:00 or earlier; no message goes at night.")
    if settings.send_opens >= settings.send_closes:
        faults.append("SEND_CLOSES: use a time after SEND_OPENS.")
    return faults


def term_faults(settings: Settings) -> list[str]:
    """Words as they were written may not outlive their redacted text."""
    if settings.raw_comment_days <= settings.comment_months * 28:
        return []
    return ["RAW_COMMENT_DAYS: use fewer days than COMMENT_MONTHS has; the words as written are let go first."]


def with_own_secret(settings: Settings) -> Settings:
    """The embedded default makes its secret once and keeps it, readable by its owner only, in instance/."""
    settings.instance_dir.mkdir(parents=True, exist_ok=True)
    path = settings.instance_dir / "secret_key"
    if not path.exists():
        keep_new_secret(path)
    secret = path.read_text().strip()
    if len(secret) < WEAKEST_SECRET:
        raise BadSettings(f"SECRET_KEY: the file {path} is damaged. Restore it from a backup, or set SECRET_KEY.")
    return settings.model_copy(update={"secret_key": SecretStr(secret)})


def keep_new_secret(path: Path) -> None:
    """Put a whole secret in place at once: web and worker may start together, and must not read half of one."""
    handle, draft = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(48))
    with suppress(FileExistsError):
        os.link(draft, path)
    os.unlink(draft)
