"""A folder of files as one archive whose bytes depend on nothing but the files; and its MANIFEST. Pure."""

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

# The first moment that a ZIP archive can tell; the same for each file, whenever it is made.
NO_MOMENT = (1980, 1, 1, 0, 0, 0)
READABLE = 0o644 << 16
PIECE = 1 << 20
MANIFEST, SIGNATURE = "MANIFEST", "MANIFEST.sig"


def files_in(folder: Path) -> list[str]:
    """The paths of all files below the folder, with forward slashes, in order."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def sha256_of(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as opened:
        while piece := opened.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()


def manifest_of(folder: Path) -> str:
    """A line a file: its SHA-256, two spaces, its path; what `sha256sum -c` reads."""
    names = [name for name in files_in(folder) if name not in (MANIFEST, SIGNATURE)]
    return "".join(f"{sha256_of(folder / name)}  {name}\n" for name in names)


def write_archive(folder: Path, archive: Path, top: str, names: Iterable[str] | None = None) -> None:
    """All files of the folder, in order, below a folder called top."""
    with ZipFile(archive, "w", ZIP_DEFLATED, compresslevel=6) as opened:
        for name in names if names is not None else files_in(folder):
            entry = ZipInfo(f"{top}/{name}", NO_MOMENT)
            entry.compress_type, entry.external_attr, entry.create_system = ZIP_DEFLATED, READABLE, 3
            with opened.open(entry, "w", force_zip64=False) as inside, (folder / name).open("rb") as read:
                while piece := read.read(PIECE):
                    inside.write(piece)


def rewritten(archive: Path, edited: Callable[[str, bytes], bytes] = lambda _, part: part) -> None:
    """Write an archive that a library made again, with no moments in it and its entries' order kept.

    Nothing in it is compressed: compressed bytes depend on the machine's library, and the pack's archive compresses it.
    """
    with ZipFile(archive) as opened:
        kept = [(entry.filename, edited(entry.filename, opened.read(entry))) for entry in opened.infolist()]
    write_stored(archive, kept)


def write_stored(archive: Path, parts: Iterable[tuple[str, bytes]]) -> None:
    """An archive of these parts, in their order, whose bytes are the same everywhere."""
    with ZipFile(archive, "w", ZIP_STORED) as opened:
        for name, part in parts:
            entry = ZipInfo(name, NO_MOMENT)
            entry.external_attr, entry.create_system = READABLE, 3
            opened.writestr(entry, part)
