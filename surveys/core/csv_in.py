"""Reading other people's CSV files as a stream: encoding, separator and line numbers found out, faults in words.

Memory is constant whatever the file: one block for the inspection, one row for the reading.
"""

import codecs
import csv
import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from surveys.core.refusals import Refused

BLOCK = 1 << 20
LONGEST_LINE = 64 * 1024
LONGEST_RECORD = 50
MOST_COLUMNS = 200
SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab"}
# Control characters, marks that turn the direction of writing, zero-width marks, halves of letters.
HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]")
UTF8_LETTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
HIGH_BYTE = re.compile(rb"[\x80-\xff]")
NOT_TEXT = "This is not a CSV file. Save the sheet as “CSV UTF-8” in your spreadsheet and load that."


def one_line(typed: str) -> str:
    """Text as one line that shows all it holds: hidden characters become spaces, spaces become single."""
    if not typed.isprintable():
        typed = HIDDEN.sub(" ", typed)
    return " ".join(typed.split())


def is_blank(fields: Sequence[str]) -> bool:
    """Whether a line holds nothing but separators and spaces."""
    return not any(field.strip("\r\n\t ;,") for field in fields)


@dataclass(frozen=True)
class FileShape:
    """What an inspection found: how to read the file, and its fingerprint."""

    encoding: str
    separator: str
    header: tuple[str, ...]
    size: int
    lines: int
    sha256: str


def inspect(path: Path) -> FileShape:
    """Read the whole file once, without decoding it into rows. Raises Refused for what is no CSV file."""
    size = path.stat().st_size
    if size == 0:
        raise Refused("The file is empty. Export it again and check that it has a header line and rows.")
    encoding, lines, sha256 = scan(path, encoding_by_mark(path))
    header, separator = read_header(path, encoding)
    return FileShape(encoding, separator, header, size, lines, sha256)


def encoding_by_mark(path: Path) -> str | None:
    """The encoding that a byte order mark, or UTF-16's zero bytes, give away."""
    with path.open("rb") as file:
        start = file.read(512)
    if start.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if start.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise Refused(NOT_TEXT)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    odd, even = start[1::2], start[0::2]
    if len(start) >= 8 and odd.count(0) > 0.8 * len(odd) and not even.count(0):
        return "utf-16-le"
    if len(start) >= 8 and even.count(0) > 0.8 * len(even) and not odd.count(0):
        return "utf-16-be"
    return None


def scan(path: Path, marked: str | None) -> tuple[str, int, str]:
    """(encoding, lines, SHA-256) from one pass over the bytes, which refuses zero bytes and overlong lines."""
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder(marked or "utf-8")(errors="strict")
    is_utf8, length, lines = True, 0, 0
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
            lines += block.count(b"\n")
            if marked not in ("utf-16", "utf-16-le", "utf-16-be") and b"\0" in block:
                raise Refused(NOT_TEXT)
            length = longest_run(block, length)
            is_utf8 = is_utf8 and decodes(decoder, block, final=False)
    is_utf8 = is_utf8 and decodes(decoder, b"", final=True)
    if is_utf8:
        return marked or "utf-8", lines, digest.hexdigest()
    if marked:
        raise Refused(
            "The file starts as Unicode text but does not go on as such. "
            "It may have been cut short: export it again and load the new file."
        )
    refuse_control_characters(path)
    refuse_damaged_utf8(path)
    return "cp1252", lines, digest.hexdigest()


def decodes(decoder: codecs.IncrementalDecoder, block: bytes, final: bool) -> bool:
    """Whether the block goes on as text of this encoding. Raises Refused for a zero among its letters."""
    try:
        text = decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    if "\0" in text:
        raise Refused(NOT_TEXT)
    return True


def longest_run(block: bytes, carried: int) -> int:
    """Refuse a line beyond the limit; return the length of the unfinished last line."""
    limit = LONGEST_LINE * 2
    newline = min((at for at in (block.find(b"\n"), block.find(b"\r")) if at >= 0), default=-1)
    first = len(block) if newline < 0 else newline
    if carried + first > limit:
        raise_too_long()
    if newline < 0:
        return carried + len(block)
    at = newline
    while at + limit < len(block):
        following = max(block.rfind(b"\n", at + 1, at + limit), block.rfind(b"\r", at + 1, at + limit))
        if following < 0:
            raise_too_long()
        at = following
    last = max(block.rfind(b"\n"), block.rfind(b"\r"))
    return len(block) - last - 1


def raise_too_long() -> None:
    raise Refused(
        f"One line of the file is longer than {LONGEST_LINE // 1024} KB. No contact needs that much. "
        "Check that the export ends each row with a new line."
    )


def refuse_control_characters(path: Path) -> None:
    """What is not UTF-8 is taken for Windows text only if it looks like text at all."""
    with path.open("rb") as file:
        start = file.read(64 * 1024)
    strange = sum(byte < 32 and byte not in (9, 10, 13) for byte in start)
    if strange > len(start) // 500:
        raise Refused(NOT_TEXT)


def refuse_damaged_utf8(path: Path) -> None:
    """Windows text hardly ever reads as UTF-8 by chance: where most letters do, a few bytes were damaged."""
    letters = strays = 0
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            rest, found = UTF8_LETTER.subn(b"", block)
            letters += found
            strays += len(HIGH_BYTE.findall(rest))
    if letters > strays:
        raise Refused(
            "The file is UTF-8 text with damaged letters in it. "
            "It may be joined from two files: export it again and load the new file."
        )


def read_header(path: Path, encoding: str) -> tuple[tuple[str, ...], str]:
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        line = file.readline(LONGEST_LINE)
        while line and is_blank([line]):
            line = file.readline(LONGEST_LINE)
    if len(line) == LONGEST_LINE:
        raise_too_long()
    if not line:
        raise Refused("The file has no header line. Its first line must name the columns.")
    separator = max(SEPARATORS, key=line.count)
    try:
        names = next(csv.reader([line], delimiter=separator, strict=True))
    except csv.Error as wrong:
        raise Refused(
            "The header line has a quotation mark that is not closed on that line. Correct it and load the file again."
        ) from wrong
    header = tuple(map(one_line, names))
    check_header(header)
    return header, separator


def check_header(header: tuple[str, ...]) -> None:
    if len(header) > MOST_COLUMNS:
        raise Refused(f"The file has {len(header)} columns; {MOST_COLUMNS} are the most that can be read.")
    named = [name.casefold() for name in header if name]
    if not named:
        raise Refused("The file has no header line. Its first line must name the columns.")
    if twice := sorted({name for name in named if named.count(name) > 1}):
        raise Refused(
            f"Two columns are called “{twice[0][:40]}”. Give each column its own name and load the file again."
        )


def rows(path: Path, shape: FileShape) -> Iterator[tuple[int, list[str]]]:
    """Yield (line number, fields) for each row under the header; blank lines are passed over.

    The line number is that of the row's first line, counted from 1 with the header. Raises Refused, naming
    the line, where a quotation mark is never closed.
    """
    with path.open(encoding=shape.encoding, errors="replace", newline="") as file:
        reader = csv.reader(file, delimiter=shape.separator, strict=True)
        began = 1
        header_seen = False
        try:
            for fields in reader:
                line, began = began, reader.line_num + 1
                if reader.line_num - line >= LONGEST_RECORD:
                    raise Refused(unclosed(line))
                if is_blank(fields):
                    continue
                if header_seen:
                    yield line, fields
                header_seen = True
        except csv.Error as wrong:
            raise Refused(unclosed(began)) from wrong


def unclosed(line: int) -> str:
    return (
        f"Line {line}: a quotation mark is opened and not closed, so the rows after it cannot be told apart. "
        "Close it, and write one that belongs to the text twice. Then load the file again. Nothing was loaded."
    )
