"""Programs that others wrote read a pack without complaint: frictionless, csvw and LibreOffice."""

import csv
import json
import os
import shutil
import subprocess
import warnings
from pathlib import Path

import pypdfium2
import pytest
from csvw import CSVW
from frictionless import Package, system

from proof.folder import Field, Pack, Resource
from proof.workbooks import same
from tests.evidence.made_packs import MadePack
from tests.evidence.made_workbooks import copies

# Each sheet as a file of its own, in UTF-8, with cells as they are and not as they are shown.
EACH_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"


def faults_of_package(folder: Path) -> list[str]:
    with system.use_context(standards="v2-strict", trusted=True):
        report = Package(str(folder / "datapackage.json")).validate()
    assert report.stats["tasks"] == len(json.loads((folder / "datapackage.json").read_text())["resources"])
    return [error.message for task in report.tasks for error in task.errors] + [one.message for one in report.errors]


def test_the_data_package_is_valid_by_its_strict_rules(made_pack: MadePack) -> None:
    assert faults_of_package(made_pack.folder) == []


def test_the_validator_finds_a_figure_that_is_no_number(made_pack: MadePack, tmp_path: Path) -> None:
    folder = made_pack.copy(tmp_path)
    spoil(folder)
    assert any("many" in fault for fault in faults_of_package(folder))


def test_every_csv_file_is_what_its_metadata_say(made_pack: MadePack, tmp_path: Path) -> None:
    files = sorted(made_pack.folder.rglob("*.csv"))
    assert [path for path in files if not path.with_name(f"{path.name}-metadata.json").exists()] == []
    assert [path.name for path in files if not CSVW(str(path), validate=True).is_valid] == []
    folder = made_pack.copy(tmp_path)
    spoil(folder)
    with warnings.catch_warnings(action="always"):
        assert not CSVW(str(folder / "results/funnel.csv"), validate=True).is_valid


def unscaled(cell: str, field: Field) -> str:
    """LibreOffice writes a share as 49.0455%."""
    return str(float(cell[:-1]) / 100) if field.share and cell.endswith("%") else cell


def titles(resource: Resource) -> list[str]:
    return [field.title for field in resource.fields]


def spoil(folder: Path) -> None:
    path = folder / "results/funnel.csv"
    path.write_text(path.read_text(encoding="utf-8") + "parking,phone,odd,many\n", encoding="utf-8")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, made_pack: MadePack) -> Path:
    """A folder with what LibreOffice made of both workbooks: a CSV file a sheet, and a PDF each."""
    program = shutil.which("soffice")
    if program is None:
        if os.environ.get("CI_SERVICES"):
            pytest.fail("LibreOffice must be there")
        pytest.skip("no LibreOffice on this machine: install libreoffice-calc-nogui to have the workbooks opened")
    folder = tmp_path_factory.mktemp("office")
    books = [str(path) for path in copies(made_pack.folder, folder)]
    settings = f"-env:UserInstallation=file://{folder}/settings"
    for form in (EACH_SHEET, "pdf"):
        command = [program, settings, "--headless", "--convert-to", form, "--outdir", str(folder), *books]
        subprocess.run(command, capture_output=True, check=True, timeout=180)
    return folder


def test_libreoffice_reads_every_cell_of_both_as_the_csv_files_have_it(office: Path, made_pack: MadePack) -> None:
    pack = Pack(made_pack.folder)
    for resource in pack.resources.values():
        if not resource.path.startswith("results/"):
            continue
        rows = list(pack.rows(resource.path))
        for book in ("xlsx", "ods"):
            with (office / f"{book}-{resource.name}.csv").open(encoding="utf-8", newline="") as opened:
                told = list(csv.reader(opened))
            start = next(at for at, cells in enumerate(told) if cells[: len(resource.fields)] == titles(resource))
            body = [cells for cells in told[start + 1 :] if any(cells)]
            assert len(body) == len(rows), (book, resource.name)
            for cells, row in zip(body, rows, strict=True):
                for cell, field in zip(cells, resource.fields, strict=True):
                    assert same(unscaled(cell, field), row[field.name], field), (book, resource.name, field.name)


@pytest.mark.parametrize("book", ["xlsx", "ods"])
def test_libreoffice_draws_both_charts(office: Path, book: str) -> None:
    with pypdfium2.PdfDocument(office / f"{book}.pdf") as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    charts = next(words for words in pages if words.startswith("Charts"))
    assert charts.index("From 40% (Parking) to 80% (Libraries)") < charts.index("Figures: chart_services")
    # The names on the bars' axis, the shares on the other, and the key of the lines are the chart's own words.
    assert all(words in charts for words in ("Parking\r\nLibraries", "0% 20%", "100%\r\nShare satisfied", "Mar 2026"))
