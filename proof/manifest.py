"""The list of files: each is there, none is there besides, and each has the digest that the signed list says."""

import hashlib

from proof.folder import Pack, Unreadable
from proof.report import Report

FILES = "Files"
UNLISTED = ("MANIFEST", "MANIFEST.sig")
PIECE = 1 << 20


def check_files(pack: Pack, report: Report) -> None:
    before, listed = len(report.told), listed_files(pack)
    there = {path.relative_to(pack.folder).as_posix() for path in pack.folder.rglob("*") if path.is_file()}
    for name in sorted(there - listed.keys() - set(UNLISTED)):
        report.fails(FILES, f"{name} is not in MANIFEST")
    for name, digest in listed.items():
        if name not in there:
            report.fails(FILES, f"{name} is missing")
        elif sha256_of(pack, name) != digest:
            report.fails(FILES, f"{name} is not the file that MANIFEST lists")
    report.settle(FILES, before, f"all {len(listed)} files are those that MANIFEST lists, and no other is there")


def listed_files(pack: Pack) -> dict[str, str]:
    """The digest of each file in MANIFEST."""
    found: dict[str, str] = {}
    for line in pack.text("MANIFEST").splitlines():
        digest, _, name = line.partition("  ")
        if name in found:
            raise Unreadable(f"MANIFEST lists {name} twice")
        found[name] = digest
    return found


def sha256_of(pack: Pack, name: str) -> str:
    digest = hashlib.sha256()
    with (pack.folder / name).open("rb") as opened:
        while piece := opened.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()


def manifest_digest(pack: Pack) -> str:
    return hashlib.sha256(pack.text("MANIFEST").encode()).hexdigest()
