"""An unpacked pack: its files, read as they are."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

Row = dict[str, str]


class Unreadable(Exception):
    """A file of the pack is missing, or is not what its name says; the words say which."""


@dataclass(frozen=True)
class Field:
    """A column of a table, as the Data Package describes it."""

    name: str
    title: str
    datatype: str
    share: bool


@dataclass(frozen=True)
class Resource:
    """A table of the pack. key: the columns that tell its rows apart."""

    name: str
    path: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]


def unquoted(cell: str) -> str:
    """A reference as it is: a first apostrophe keeps spreadsheets from running it, and stands before one of its own."""
    return cell.removeprefix("'")


@dataclass(frozen=True)
class Pack:
    folder: Path

    def text(self, name: str) -> str:
        try:
            return (self.folder / name).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as wrong:
            raise Unreadable(f"{name} cannot be read: {type(wrong).__name__}") from wrong

    def json(self, name: str) -> Any:
        try:
            return json.loads(self.text(name))
        except json.JSONDecodeError as wrong:
            raise Unreadable(f"{name} is not JSON (line {wrong.lineno})") from wrong

    def lines(self, name: str) -> Iterator[Any]:
        """The objects of a file of JSON lines."""
        for number, line in enumerate(self.text(name).splitlines(), 1):
            try:
                yield json.loads(line)
            except json.JSONDecodeError as wrong:
                raise Unreadable(f"{name}, line {number}, is not JSON") from wrong

    def rows(self, name: str) -> Iterator[Row]:
        """The rows of a CSV file by the names in its first line, a row at a time."""
        try:
            with (self.folder / name).open(encoding="utf-8", newline="") as opened:
                for number, row in enumerate(csv.DictReader(opened, strict=True), 2):
                    if None in row or None in row.values():
                        raise Unreadable(f"{name}, line {number}, has more or fewer cells than the first line")
                    yield row
        except (OSError, UnicodeDecodeError, csv.Error) as wrong:
            raise Unreadable(f"{name} cannot be read: {wrong}") from wrong

    @cached_property
    def about(self) -> Any:
        """period, cutoff, and the rules that figures follow."""
        return self.json("method/about.json")

    @cached_property
    def services(self) -> dict[int, str]:
        """Short name by number, as audit entries call services."""
        return {int(row["id"]): row["service"] for row in self.rows("method/services.csv")}

    @cached_property
    def resources(self) -> dict[str, Resource]:
        """Every described table by its name."""
        found = {}
        for one in self.json("datapackage.json")["resources"]:
            schema = one["schema"]
            fields = tuple(
                Field(f["name"], f["title"], f["type"], f.get("rdfType") == "share" or bool(f.get("share")))
                for f in schema["fields"]
            )
            if one["path"].startswith("results/") and one["path"] != f"results/{one['name']}.csv":
                raise Unreadable(f"datapackage.json leads away from results/{one['name']}.csv")
            found[one["name"]] = Resource(one["name"], one["path"], fields, tuple(schema.get("primaryKey", ())))
        return found

    def table(self, name: str) -> dict[tuple[str, ...], Row]:
        """A table's rows by their key."""
        resource = self.resources[name]
        found: dict[tuple[str, ...], Row] = {}
        for row in self.rows(resource.path):
            key = tuple(row[column] for column in resource.key)
            if key in found:
                raise Unreadable(f"{resource.path} has two rows for {' / '.join(key)}")
            found[key] = row
        return found
