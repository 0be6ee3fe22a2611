"""The open data: two validators pass on it, it says what it is, and its bytes are the same each time."""

import hashlib
import json
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from csvw import CSVW
from flask import current_app
from flask.testing import FlaskClient
from frictionless import Package

from surveys.evidence.publishing.files import Previous, write_files
from surveys.evidence.publishing.publish import draft_of
from surveys.evidence.publishing.published import Issue
from tests.evidence.quarterly import MOMENT, SUMMER, make_figures, publish_now, some_ratings, with_late_answers

DATA = f"/results/data/{SUMMER.code}"
TABLES = ("satisfaction", "months", "funnel")


@pytest.fixture
def unpacked(client: FlaskClient, tmp_path: Path) -> Path:
    """The second version, as somebody downloads and unpacks it."""
    ratings = some_ratings(1)
    make_figures(ratings)
    publish_now()
    make_figures(with_late_answers(ratings, 2))
    publish_now(why="Answers by post came in late.")
    with ZipFile(BytesIO(client.get(f"{DATA}/2.zip").data)) as archive:
        archive.extractall(tmp_path)
    return tmp_path / f"satisfaction-{SUMMER.code}-v2"


def test_the_validators_pass_on_each_file_and_on_the_whole(unpacked: Path) -> None:
    report = Package(str(unpacked / "datapackage.json")).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])
    for name in TABLES:
        table = CSVW(str(unpacked / f"data/{name}.csv"), validate=True)
        assert table.is_valid, name
        assert [one.name for one in table.tables[0].tableSchema.columns][:2] == ["service", "service_name"]


def test_it_says_what_it_is_and_what_it_takes_the_place_of(unpacked: Path, client: FlaskClient) -> None:
    package = json.loads((unpacked / "datapackage.json").read_text(encoding="utf-8"))
    first = hashlib.sha256(client.get(f"{DATA}/1.zip").data).hexdigest()
    assert package["licenses"][0]["name"] == "OGL-UK-3.0"
    assert package["version"] == "2.0.0"
    assert package["previousVersion"]["hash"] == f"sha256:{first}"
    assert package["previousVersion"]["path"].endswith(f"{DATA}/1.zip")
    words = (unpacked / "README.txt").read_text(encoding="utf-8")
    assert "Why there is a new version: Answers by post came in late." in words
    assert "Open Government Licence v3.0" in words
    assert first in words
    assert "[c] hidden, so that nobody can be recognised" in words


def test_each_file_is_also_served_alone_and_is_the_one_in_the_archive(unpacked: Path, client: FlaskClient) -> None:
    for name in TABLES:
        for ending in (".csv", ".csv-metadata.json"):
            assert client.get(f"{DATA}/2/{name}{ending}").data == (unpacked / f"data/{name}{ending}").read_bytes()
    assert client.get(f"{DATA}/2/datapackage.json").data == (unpacked / "datapackage.json").read_bytes()
    kinds = [client.get(f"{DATA}/2/{name}").mimetype for name in ("months.csv", "months.csv-metadata.json")]
    assert kinds == ["text/csv", "application/csvm+json"]


@pytest.mark.parametrize(
    "path", ["3.zip", "0.zip", "2/README.txt", "2/other.csv", "2/..csv", "2/months.csv.csv", "3/months.csv"]
)
def test_what_was_not_published_is_not_found(unpacked: Path, client: FlaskClient, path: str) -> None:
    assert unpacked.exists()
    assert client.get(f"{DATA}/{path}").status_code == 404
    assert client.get("/results/data/2026-08-to-2026-10/1.zip").status_code == 404


def test_what_cannot_be_told_is_in_no_file(unpacked: Path) -> None:
    """Of a hidden figure every cell is a mark, and no count is other than a multiple of five."""
    for line in (unpacked / "data/satisfaction.csv").read_text(encoding="utf-8").splitlines()[1:]:
        answers, base, *rates, mark = line.rsplit(",", 6)[1:]
        assert all(one == "[c]" or int(one) % 5 == 0 for one in (answers, base))
        if base == "[c]":
            assert {answers, *rates} == {"[c]"}
            assert mark == "[c]"


@pytest.mark.usefixtures("app")
def test_the_same_version_gives_the_same_bytes(tmp_path: Path) -> None:
    make_figures(some_ratings(1))
    issue = Issue(draft_of(SUMMER, MOMENT).issue.figures, 2, "Late answers", MOMENT)
    made = []
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        archive = write_files(issue, Previous(1, "0" * 64), current_app.extensions["settings"], tmp_path / name)
        made.append(archive.read_bytes())
    assert made[0] == made[1]
