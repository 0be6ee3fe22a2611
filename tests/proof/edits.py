"""What somebody who tampers with a pack does to its files: edits, new lists of files, and chains written anew."""

import csv
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from proof.chain import FIRST, Entry
from surveys.evidence.files.archive import MANIFEST, manifest_of, sha256_of, write_stored

Row = dict[str, str]
Entries = list[dict[str, Any]]
MICRODATA, FRAME, RESULTS = "restricted/microdata.csv", "restricted/frame.csv", "results/results.csv"
PLANS, TRAIL, ABOUT, PAGE = "restricted/plans.json", "proof/audit.jsonl", "method/about.json", "index.html"


def read_rows(pack: Path, name: str) -> list[Row]:
    with (pack / name).open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def write_rows(pack: Path, name: str, rows: Iterable[Row]) -> None:
    with (pack / name).open(encoding="utf-8", newline="") as opened:
        header = next(csv.reader(opened))
    with (pack / name).open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, header)
        writer.writeheader()
        writer.writerows(rows)


def change_row(pack: Path, name: str, where: Mapping[str, str], change: Mapping[str, str]) -> Row:
    """Change the first row that is so; returns what it was."""
    rows = read_rows(pack, name)
    found = first(rows, where)
    before = dict(found)
    found.update(change)
    write_rows(pack, name, rows)
    return before


def drop_row(pack: Path, name: str, where: Mapping[str, str]) -> Row:
    rows = read_rows(pack, name)
    found = first(rows, where)
    rows.remove(found)
    write_rows(pack, name, rows)
    return found


def add_row(pack: Path, name: str, row: Row) -> None:
    write_rows(pack, name, [*read_rows(pack, name), row])


def first(rows: Iterable[Row], where: Mapping[str, str]) -> Row:
    return next(row for row in rows if where.items() <= row.items())


def change_json(pack: Path, name: str, change: Callable[[Any], None]) -> None:
    content = json.loads((pack / name).read_text(encoding="utf-8"))
    change(content)
    (pack / name).write_text(json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")


def change_words(pack: Path, name: str, pattern: str, new: str) -> None:
    """Change the first place that matches."""
    words, count = re.subn(pattern, new, (pack / name).read_text(encoding="utf-8"), count=1)
    assert count == 1, f"{name} has no {pattern}"
    (pack / name).write_text(words, encoding="utf-8")


def change_part(pack: Path, name: str, part: str, pattern: str, new: str) -> None:
    """Change the first place that matches within a part of a workbook."""
    with ZipFile(pack / name) as opened:
        parts = [(entry.filename, opened.read(entry)) for entry in opened.infolist()]
    at = next(number for number, (title, _) in enumerate(parts) if title == part)
    words, count = re.subn(pattern, new, parts[at][1].decode(), count=1)
    assert count == 1, f"{part} of {name} has no {pattern}"
    parts[at] = (part, words.encode())
    write_stored(pack / name, parts)


def read_entries(pack: Path) -> Entries:
    return [json.loads(line) for line in (pack / TRAIL).read_text(encoding="utf-8").splitlines()]


def write_entries(pack: Path, entries: Entries) -> None:
    lines = (json.dumps(entry, sort_keys=True, ensure_ascii=False) + "\n" for entry in entries)
    (pack / TRAIL).write_text("".join(lines), encoding="utf-8")


def entry_of(entries: Entries, action: str, subject: str = "") -> dict[str, Any]:
    return next(entry for entry in entries if entry["action"] == action and subject in entry["subject"])


def write_chain_anew(pack: Path, entries: Entries) -> None:
    """Number and chain all entries from the first, and cut the pack off at the new end."""
    previous = FIRST
    for number, entry in enumerate(entries, 1):
        entry["number"], entry["previous"] = number, previous
        previous = entry["hash"] = Entry(**entry).digest
    write_entries(pack, entries)
    last = {"entry": len(entries), "hash": previous, "at": entries[-1]["at"]}
    change_json(pack, ABOUT, lambda about: about["cutoff"].update(last))


def list_files_anew(pack: Path) -> None:
    """New digests in datapackage.json and in MANIFEST; the signature would need the council's key."""
    if (pack / "datapackage.json").is_file():
        change_json(pack, "datapackage.json", lambda package: describe_anew(pack, package["resources"]))
    (pack / MANIFEST).write_text(manifest_of(pack), encoding="utf-8")


def describe_anew(pack: Path, resources: list[dict[str, Any]]) -> None:
    for one in resources:
        path = pack / one["path"]
        if path.is_file():
            one["bytes"], one["hash"] = path.stat().st_size, f"sha256:{sha256_of(path)}"


def digest_of_key(key: bytes) -> str:
    return hashlib.sha256(key).hexdigest()
