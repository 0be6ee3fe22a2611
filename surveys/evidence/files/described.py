"""CSV files and what describes them: CSVW beside each, and one Data Package for all. Pure but for the files."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from surveys.core.csv_out import csv_text
from surveys.evidence.files.archive import sha256_of
from surveys.evidence.files.tables import MISSING, Cell, Column, Datatype, PackTable

NO_VALUE = ("", *MISSING)


def no_value(column: Column) -> list[str]:
    """In a column of words a mark is itself what the cell says."""
    return [""] if column.datatype is Datatype.STRING else list(NO_VALUE)


@dataclass(frozen=True)
class Described:
    """A table without its rows. path is within the folder; key may be empty, where rows need not differ."""

    name: str
    path: str
    title: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()


@dataclass(frozen=True)
class About:
    """Who publishes a folder of tables, under which terms, and as of when (an ISO moment).

    licence_url is empty where the terms stand nowhere but in licence_title.
    """

    name: str
    title: str
    description: str
    publisher: str
    created: str
    version: str
    licence: str
    licence_title: str
    licence_url: str


def described(table: PackTable, folder: str) -> Described:
    notes = " ".join((table.description, *table.notes))
    return Described(table.name, f"{folder}/{table.name}.csv", table.title, notes, table.columns, table.key)


def write_csv(path: Path, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> int:
    """RFC 4180 in UTF-8 without a mark, machine names in the first line. Returns how many rows there were."""
    path.parent.mkdir(parents=True, exist_ok=True)
    count = 0

    def counted() -> Iterator[Sequence[Cell]]:
        nonlocal count
        for row in rows:
            count += 1
            yield row

    with path.open("w", encoding="utf-8", newline="") as opened:
        opened.writelines(csv_text([column.name for column in columns], counted()))
    return count


def write_json(path: Path, content: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    words = json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False)
    path.write_text(words + "\n", encoding="utf-8")


def write_metadata(folder: Path, about: About, tables: Sequence[Described]) -> None:
    """CSVW beside each file, where programs look for it, and datapackage.json at the top."""
    for table in tables:
        write_json(folder / f"{table.path}-metadata.json", csvw(about, table))
    write_json(folder / "datapackage.json", data_package(folder, about, tables))


def csvw(about: About, table: Described) -> dict[str, Any]:
    """Metadata Vocabulary for Tabular Data (W3C 2015)."""
    columns = [
        {
            "name": column.name.replace(".", "_"),
            "titles": column.name,
            "dc:description": ": ".join(filter(None, (column.title, column.description))),
            "datatype": column.datatype.value,
            "required": column.required,
            "null": no_value(column),
        }
        for column in table.columns
    ]
    schema: dict[str, Any] = {"columns": columns}
    if table.key:
        schema["primaryKey"] = [name.replace(".", "_") for name in table.key]
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": table.path.rpartition("/")[2],
        "dc:title": table.title,
        "dc:description": table.description,
        "dc:publisher": about.publisher,
        **({"dc:license": {"@id": about.licence_url}} if about.licence_url else {"dc:rights": about.licence_title}),
        "dc:modified": {"@value": about.created[:10], "@type": "xsd:date"},
        "tableSchema": schema,
    }


def data_package(folder: Path, about: About, tables: Sequence[Described]) -> dict[str, Any]:
    """Data Package, version 2 (datapackage.org)."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": about.name,
        "title": about.title,
        "description": about.description,
        "created": about.created,
        "version": about.version,
        "licenses": [licence(about)],
        "contributors": [{"title": about.publisher, "roles": ["publisher"]}],
        "resources": [resource(folder, table) for table in tables],
    }


def licence(about: About) -> dict[str, str]:
    told = {"name": about.licence, "title": about.licence_title}
    return {**told, "path": about.licence_url} if about.licence_url else told


def resource(folder: Path, table: Described) -> dict[str, Any]:
    path = folder / table.path
    schema: dict[str, Any] = {"fields": [field(column) for column in table.columns], "missingValues": list(NO_VALUE)}
    if table.key:
        schema["primaryKey"] = list(table.key)
    return {
        "name": table.name,
        "path": table.path,
        "title": table.title,
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{sha256_of(path)}",
        "schema": schema,
    }


def field(column: Column) -> dict[str, Any]:
    told: dict[str, Any] = {"name": column.name, "title": column.title, "type": column.datatype.value}
    if column.datatype is Datatype.STRING:
        told["missingValues"] = no_value(column)
    if column.description:
        told["description"] = column.description
    if column.required:
        told["constraints"] = {"required": True}
    if column.share:
        told["share"] = True
    return told
