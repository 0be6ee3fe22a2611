"""Settings are read once, frozen, and refuse a weak production in words that name what to set."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pydantic import ValidationError

from surveys.core.settings import BadSettings, Settings, read_settings

PUBLIC: dict[str, object] = {
    "public_url": "https://surveys.example.gov.uk",
    "secret_key": "qV7m2xR9tB4kLw8ZpY3sNc6HdJ1fGa5E0uTi",
    "sms_sender": "none",
    "email_sender": "none",
}
TWILIO: dict[str, object] = {
    "sms_sender": "twilio",
    "twilio_account_sid": "AC1",
    "twilio_auth_token": "token",
    "twilio_messaging_service_sid": "MG1",
}

TWILIO_KEY: dict[str, object] = {"twilio_api_key_sid": "SK1", "twilio_api_key_secret": "secret"}
SENDGRID: dict[str, object] = {
    "email_sender": "sendgrid",
    "sendgrid_api_key": "SG.key",
    "email_from": "surveys@barset.gov.uk",
}
SMTP: dict[str, object] = {"email_sender": "smtp", "smtp_host": "relay", "email_from": "surveys@barset.gov.uk"}


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("INSTANCE_DIR", str(tmp_path / "instance"))


def test_a_sound_production_starts() -> None:
    settings = read_settings(**PUBLIC)
    assert settings.production
    assert settings.survey_url("/s/abc") == "https://surveys.example.gov.uk/s/abc"


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"secret_key": ""}, "SECRET_KEY"),
        ({"secret_key": "short"}, "SECRET_KEY"),
        ({"secret_key": "a" * 64}, "SECRET_KEY"),
        ({"secret_key": "password" * 8}, "SECRET_KEY"),
        ({"public_url": "http://surveys.example.gov.uk"}, "PUBLIC_URL"),
        ({"public_url": "surveys.example.gov.uk"}, "PUBLIC_URL"),
        ({"sms_sender": "inbox"}, "SMS_SENDER"),
        ({"email_sender": "inbox"}, "EMAIL_SENDER"),
        ({"demo": True}, "DEMO"),
        (TWILIO | {"twilio_account_sid": ""}, "TWILIO_ACCOUNT_SID"),
        (TWILIO | {"twilio_auth_token": ""}, "TWILIO_AUTH_TOKEN"),
        (TWILIO | {"twilio_messaging_service_sid": ""}, "TWILIO_MESSAGING_SERVICE_SID"),
        (TWILIO | {"twilio_api_key_sid": "SK1"}, "TWILIO_API_KEY_SECRET"),
        (TWILIO | {"twilio_api_key_secret": "secret"}, "TWILIO_API_KEY_SID"),
        (TWILIO | TWILIO_KEY | {"twilio_auth_token": ""}, "TWILIO_AUTH_TOKEN"),
        ({"sms_sender": "pigeon"}, "SMS_SENDER"),
        ({"email_sender": "pigeon"}, "EMAIL_SENDER"),
        (SENDGRID | {"sendgrid_api_key": ""}, "SENDGRID_API_KEY"),
        (SENDGRID | {"email_from": ""}, "EMAIL_FROM"),
        (SENDGRID | {"email_from": "Barset Council"}, "EMAIL_FROM"),
        (SENDGRID | {"email_from": "Barset, a council <surveys@barset.gov.uk>"}, "EMAIL_FROM"),
        (SENDGRID | {"email_from": "surveys@barset.gov.uk, others@barset.gov.uk"}, "EMAIL_FROM"),
        (SENDGRID | {"sendgrid_sandbox": True}, "SENDGRID_SANDBOX"),
        (SMTP | {"smtp_host": ""}, "SMTP_HOST"),
        (SMTP | {"email_from": ""}, "EMAIL_FROM"),
        (SMTP | {"smtp_port": 0}, "SMTP_PORT"),
        (SMTP | {"smtp_username": "fairly"}, "SMTP_PASSWORD"),
        (SMTP | {"smtp_security": "ssl"}, "SMTP_SECURITY"),
        (SMTP | {"smtp_username": "a", "smtp_password": "b", "smtp_security": "none"}, "SMTP_SECURITY"),
        ({"session_hours": "many"}, "SESSION_HOURS"),
        ({"database_url": "mysql://council"}, "DATABASE_URL"),
        ({"queue_url": "amqp://council"}, "QUEUE_URL"),
        ({"raw_comment_days": 0}, "RAW_COMMENT_DAYS"),
        ({"raw_comment_days": 60, "comment_months": 2}, "RAW_COMMENT_DAYS"),
        ({"comment_months": 0}, "COMMENT_MONTHS"),
    ],
)
def test_a_production_that_may_not_start_names_the_setting(given: dict[str, object], named: str) -> None:
    with pytest.raises(BadSettings) as refused:
        read_settings(**PUBLIC | given)
    assert [line.split(":")[0] for line in str(refused.value).splitlines()] == [named]


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(BadSettings) as refused:
        read_settings(public_url="http://surveys.example.gov.uk", demo=True)
    named = [line.split(":")[0] for line in str(refused.value).splitlines()]
    assert named == ["SECRET_KEY", "PUBLIC_URL", "SMS_SENDER", "EMAIL_SENDER", "DEMO"]


def test_twilio_without_its_credentials_stops_a_trial_too() -> None:
    with pytest.raises(BadSettings, match="TWILIO_ACCOUNT_SID: set it"):
        read_settings(sms_sender="twilio")


@pytest.mark.parametrize(
    "given",
    [
        SENDGRID,
        SMTP,
        SMTP | {"smtp_username": "fairly", "smtp_password": "word"},
        SMTP | {"smtp_security": "none", "smtp_port": 25},
        SMTP | {"email_from": "Cyngor Sir Gâr <surveys@barset.gov.uk>"},
    ],
)
def test_a_production_that_sends_emails_starts(given: dict[str, object]) -> None:
    assert read_settings(**PUBLIC | given).email_sender == given["email_sender"]


def test_the_embedded_default_makes_its_secret_once_and_keeps_it(tmp_path: Path) -> None:
    first, second = read_settings(), read_settings()
    kept = tmp_path / "instance" / "secret_key"
    assert first.secret_key == second.secret_key
    assert first.secret_key.get_secret_value() == kept.read_text()
    assert len(kept.read_text()) >= 60
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [path.name for path in kept.parent.iterdir()] == ["secret_key"]


def test_processes_that_start_together_read_one_whole_secret() -> None:
    with ThreadPoolExecutor(8) as pool:
        secrets = set(pool.map(lambda _: read_settings().secret_key.get_secret_value(), range(24)))
    assert len(secrets) == 1
    assert len(secrets.pop()) >= 60


def test_a_damaged_secret_stops_the_start(tmp_path: Path) -> None:
    kept = tmp_path / "instance" / "secret_key"
    kept.parent.mkdir()
    kept.write_text("")
    with pytest.raises(BadSettings, match=r"SECRET_KEY: the file .* is damaged"):
        read_settings()


def test_a_secret_that_was_given_is_not_written_down(tmp_path: Path) -> None:
    assert read_settings(secret_key="mine").secret_key.get_secret_value() == "mine"
    assert not (tmp_path / "instance").exists()


def test_a_secret_does_not_show_in_words() -> None:
    settings = read_settings(**PUBLIC | TWILIO | {"twilio_auth_token": "unspoken"})
    assert "unspoken" not in repr(settings)
    assert str(PUBLIC["secret_key"]) not in repr(settings)


def test_the_environment_is_read_and_empty_values_count_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COUNCIL_NAME", "Barset Council")
    monkeypatch.setenv("SESSION_HOURS", "")
    settings = read_settings()
    assert (settings.council_name, settings.session_hours) == ("Barset Council", 12)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_spelling_of_postgresql_goes_through_psycopg(scheme: str) -> None:
    settings = read_settings(database_url=f"{scheme}://council:word@host/fairly")
    assert settings.database == "postgresql+psycopg://council:word@host/fairly"


def test_without_addresses_database_and_queue_are_files_of_the_instance(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = read_settings(instance_dir="kept")
    assert settings.database == f"sqlite:///{tmp_path}/kept/fairly.sqlite"
    assert settings.queue == f"sqlite:///{tmp_path}/kept/queue.sqlite"


def test_settings_are_frozen() -> None:
    settings = read_settings()
    with pytest.raises(ValidationError):
        settings.council_name = "Another"  # type: ignore[misc]


@pytest.mark.parametrize("url", ["http://127.0.0.1:8000", "http://localhost:5000", "http://[::1]:80"])
def test_an_address_of_this_machine_is_not_production(url: str) -> None:
    assert not read_settings(public_url=url).production
