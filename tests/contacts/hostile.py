"""Files that went wrong on their way to us, or were made to do harm, and what must become of each."""

import csv
import gzip
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

HEADER = ("source_ref", "occurred_at", "service", "channel", "phone", "email", "language", "team", "area")
GIGABYTE = 1 << 30
BLOCK = 1 << 20


@dataclass(frozen=True)
class Hostile:
    """A file and its end: refused with these words, waiting for a mapping, or these faults and this many good rows.

    faults: (line, the file's own column, words of the message). A huge file is written to disk, not sent over the web.
    """

    name: str
    content: bytes | Callable[[Path], None]
    refused: str = ""
    unmapped: str = ""
    faults: tuple[tuple[int, str, str], ...] = ()
    good: int = 0

    @property
    def huge(self) -> bool:
        return not isinstance(self.content, bytes)

    @property
    def rejected(self) -> int:
        return len({line for line, _, _ in self.faults})

    def write(self, folder: Path) -> Path:
        path = folder / "hostile.csv"
        if isinstance(self.content, bytes):
            path.write_bytes(self.content)
        else:
            self.content(path)
        return path


def fields(reference: str, **given: str) -> list[str]:
    usual = {"occurred_at": "2025-03-03 09:30", "service": "parking", "channel": "phone", "language": "en"}
    row = {"source_ref": reference} | usual | given
    return [row.get(column, "") for column in HEADER]


def text(*lines: list[str], header: tuple[str, ...] = HEADER, separator: str = ",", end: str = "\r\n") -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=separator, lineterminator=end)
    writer.writerow(header)
    writer.writerows(lines)
    return buffer.getvalue()


def with_row(name: str, *wrong: tuple[str, str], reference: str = "B2", **given: str) -> Hostile:
    """A file whose line 3 is as given, between two good rows; wrong: (column, words) for each fault of line 3."""
    content = text(fields("A1"), fields(reference, **given), fields("C3")).encode()
    return Hostile(name, content, faults=tuple((3, *fault) for fault in wrong), good=2 if wrong else 3)


def with_header(name: str, header: dict[str, str], **end: object) -> Hostile:
    """A file of two good rows under a header with some names changed."""
    names = tuple(header.get(column, column) for column in HEADER)
    return Hostile(name, text(fields("A1"), fields("B2"), header=names).encode(), **end)  # type: ignore[arg-type]


def sparse_gigabyte(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(GIGABYTE)


def one_long_line(path: Path) -> None:
    """200 MB stand for the gigabyte, so that writing them does not outlast the test."""
    with path.open("wb") as file:
        for _ in range(200):
            file.write(b"a" * BLOCK)


def spreadsheet() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/worksheets/sheet1.xml", "<worksheet/>" * 50)
    return buffer.getvalue()


TWO = text(fields("A1"), fields("B2"))
WELSH = text(fields("A1", team="Tŷ Gwyn"), fields("B2", team="Llŷn"))
NOT_TEXT = "This is not a CSV file"
OPEN_QUOTE = "a quotation mark is opened and not closed"

NOT_CSV = (
    Hostile("empty", b"", refused="The file is empty"),
    Hostile("only a byte order mark", b"\xef\xbb\xbf", refused="no header line"),
    Hostile("only a UTF-16 byte order mark", b"\xff\xfe", refused="no header line"),
    Hostile("only newlines", b"\r\n\n\n\r\n", refused="no header line"),
    Hostile("only separators", b";;;;;;;;\n;;;;;;;;\n", refused="no header line"),
    Hostile("only a header", text().encode(), refused="a header and no rows"),
    Hostile("only a header and blank lines", text().encode() + b",,,,,,,,\n \n", refused="a header and no rows"),
    Hostile("PNG", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0" + bytes(range(256)), refused=NOT_TEXT),
    Hostile("spreadsheet", spreadsheet(), refused=NOT_TEXT),
    Hostile("PDF", b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj<</Type/Catalog>>endobj\n", refused="Only 1 column is named"),
    Hostile("PDF with a stream", b"%PDF-1.7\nstream\n" + bytes(range(256)) * 9, refused=NOT_TEXT),
    Hostile("gzip", gzip.compress(TWO.encode()), refused=NOT_TEXT),
    Hostile("gzip without zero bytes", b"\x1f\x8b\x08\x08" + bytes(range(1, 256)) * 20, refused=NOT_TEXT),
    Hostile("SQLite", b"SQLite format 3\0" + b"\0" * 84 + b"contacts" * 40, refused=NOT_TEXT),
    Hostile("web page", b"<!doctype html>\n<title>Sign in</title>\n", refused="Only 1 column is named"),
    Hostile("zero bytes in the middle", TWO.encode().replace(b"B2", b"B\x002"), refused=NOT_TEXT),
    Hostile("a gigabyte of zero bytes", sparse_gigabyte, refused=NOT_TEXT),
    Hostile("one line of 200 MB", one_long_line, refused="longer than 64 KB"),
    Hostile("a line of 300 KB", TWO.encode() + b"x" * 300_000 + b"\nC3\n", refused="longer than 64 KB"),
    Hostile("a header of 70 KB", b"source_ref," + b"x" * 70_000 + b"\nA1,\n", refused="longer than 64 KB"),
)

ENCODINGS = (
    Hostile("UTF-8 with mark", TWO.encode("utf-8-sig"), good=2),
    Hostile("UTF-16 little endian with mark", b"\xff\xfe" + WELSH.encode("utf-16-le"), good=2),
    Hostile("UTF-16 big endian with mark", b"\xfe\xff" + WELSH.encode("utf-16-be"), good=2),
    Hostile("UTF-16 little endian without mark", WELSH.encode("utf-16-le"), good=2),
    Hostile("UTF-16 big endian without mark", WELSH.encode("utf-16-be"), good=2),
    Hostile("UTF-16 cut short", TWO.encode("utf-16")[:-3], refused="cut short"),
    Hostile("UTF-16 with half a letter", TWO.encode("utf-16") + b"\x00\xd8\n\0", refused="does not go on as such"),
    Hostile("UTF-16 with a zero letter", TWO.replace("B2", "B\x002").encode("utf-16"), refused=NOT_TEXT),
    Hostile("UTF-32 with mark", TWO.encode("utf-32"), refused=NOT_TEXT),
    Hostile("UTF-32 without mark", TWO.encode("utf-32-le"), refused=NOT_TEXT),
    Hostile("Windows text", text(fields("A1", team="“Kerb” – it’s café")).encode("cp1252"), good=1),
    Hostile("a stray Windows byte deep in plain text", (text(*[fields(f"A{n}") for n in range(900)])).encode()
            + text(fields("Z1", team="café")).encode("cp1252").split(b"\r\n", 1)[1], good=901),
    Hostile("UTF-8 damaged deep in the file", WELSH.encode() + b"C3,2025-03-03,parking,phone,,,en,\xc5,\r\n",
            refused="damaged letters"),
)  # fmt: skip

SHAPES = (
    Hostile("open quote in the header", b'source_ref,"occurred_at,service,channel\nA1,,,\n', refused="header line has"),
    Hostile("open quote in the first row", TWO.encode().replace(b"A1", b'"A1'), refused=f"Line 2: {OPEN_QUOTE}"),
    Hostile(
        "open quote in the middle",
        text(fields("A1"), fields("B2"), *[fields(f"C{n}") for n in range(3000)]).encode().replace(b"B2", b'"B2'),
        refused=f"Line 3: {OPEN_QUOTE}",
    ),
    Hostile("open quote in the last row", TWO.encode().replace(b"B2", b'"B2'), refused=f"Line 3: {OPEN_QUOTE}"),
    Hostile("quote inside quoted text", TWO.encode() + b'C3,,,,,,,"the "B" team",\n', refused=f"Line 4: {OPEN_QUOTE}"),
    Hostile("quote inside plain text", TWO.encode() + b'C3,2025-03-03,parking,phone,,,,6" pipe,\n', good=3),
    Hostile("text over 60 lines", text(fields("A1", team="line\n" * 60)).encode(), refused=f"Line 2: {OPEN_QUOTE}"),
    Hostile("text over 40 lines", text(fields("A1", team="line\n" * 40), fields("B2", channel="?")).encode(),
            faults=((43, "channel", "Not a channel"),), good=1),
    Hostile("too few fields", TWO.encode() + b"C3,2025-03-03,parking\n", faults=((4, "", "The row has 3"),), good=2),
    Hostile("too many fields", TWO.encode() + b"C3," * 12 + b"\n", faults=((4, "", "The row has 13"),), good=2),
    Hostile("semicolons", text(fields("A1"), fields("B2"), separator=";").encode(), good=2),
    Hostile("tabs", text(fields("A1"), fields("B2"), separator="\t").encode(), good=2),
    Hostile("mixed separators", TWO.encode() + b"C3;2025-03-03;parking;phone\n",
            faults=((4, "", "has 1 field"),), good=2),
    Hostile("mixed newlines", TWO.encode() + text(fields("C3"), end="\n").encode().split(b"\n", 1)[1]
            + text(fields("D4"), end="\r").encode().split(b"\r", 1)[1], good=4),
    Hostile("old Mac newlines", text(fields("A1"), fields("B2", channel="?"), fields("C3"), end="\r").encode(),
            faults=((3, "channel", "Not a channel"),), good=2),
    Hostile("blank lines here and there", b" \n;,\n\n" + TWO.replace("\r\n", "\r\n\r\n , \r\n").encode(), good=2),
    Hostile("two exports joined", (TWO + text(fields("C3"))).encode(), good=3,
            faults=((4, "occurred_at", "Not a date"), (4, "service", "Not a service"), (4, "channel", "Not a channel"),
                    (4, "phone", "Not a phone number"), (4, "email", "Not an email address"))),
    with_header("two columns of one name", {"area": "TEAM"}, refused="Two columns are called “team”"),
    with_header("a needed column missing", {"channel": "how"}, unmapped="no column for: channel"),
    with_header("a needed header blank", {"source_ref": ""}, unmapped="no column for: source_ref"),
    with_header("two headers blank", {"team": "", "area": " "}, good=2),
    with_header("a script as header", {"team": "<script>alert(1)</script>"}, good=2),
    with_header("terminal codes in a header", {"channel": "\x1b[2Jhow"}, unmapped="[2Jhow"),
    Hostile("header in quotes", TWO.encode().replace(b"source_ref", b'"source_ref"').replace(b"area", b'"area"'),
            good=2),
    Hostile("5,000 columns", ",".join(f"c{n}" for n in range(5000)).encode() + b"\n1\n", refused="has 5000 columns"),
    Hostile("a spreadsheet's hint first", b"sep=;\n" + TWO.encode(), refused="Only 1 column is named"),
)  # fmt: skip

ROWS = (
    with_row("future date", ("occurred_at", "In the future"), occurred_at="2999-01-01 10:00"),
    with_row("31 February", ("occurred_at", "Not a date"), occurred_at="31/02/2025"),
    with_row("American order", ("occurred_at", "Not a date"), occurred_at="12/31/2026"),
    with_row("1899", ("occurred_at", "Before the year 2000"), occurred_at="31/12/1899"),
    with_row("first moment of all", ("occurred_at", "Not a date"), occurred_at="0001-01-01T00:00:00+14:00"),
    with_row("last moment of all", ("occurred_at", "Not a date"), occurred_at="9999-12-31T23:59:59-14:00"),
    with_row("a spreadsheet's day number", ("occurred_at", "wrote the date as a number"), occurred_at="45719.395833"),
    with_row("no date", ("occurred_at", "Empty. Say when"), occurred_at=""),
    with_row("phone as a power of ten", ("phone", "power of ten"), phone="4.47701E+11"),
    with_row("phone with letters", ("phone", "Not a phone number"), phone="07700 90O123"),
    with_row("phone of 60,000 digits", ("phone", "Not a phone number"), phone="7" * 60_000),
    with_row("landline", phone="020 7946 0018"),
    with_row("personal number", phone="070 1234 5678"),
    with_row("foreign number", phone="+33 6 12 34 56 78"),
    with_row("email with two @", ("email", "Not an email"), email="a@b@example.com"),
    with_row("email with a dot at its end", ("email", "Not an email"), email="name@example.com."),
    with_row("email in letters that only look alike", ("email", "Not an email"), email="nаme@exаmple.com"),
    with_row("email with a Kelvin sign", ("email", "Not an email"), email="\u212aate@example.com"),
    with_row("email of 300 characters", ("email", "Not an email"), email="a" * 288 + "@example.com"),
    with_row("unknown service", ("service", "Not a service we know"), service="dragons"),
    with_row("service without letters", ("service", "Not a service we know"), service="'; --"),
    with_row("no service", ("service", "Empty. Name the service"), service=" "),
    with_row("unknown channel", ("channel", "Not a channel"), channel="pigeon"),
    with_row("no reference", ("source_ref", "Empty"), reference="  "),
    with_row("reference of 500 characters", ("source_ref", "Longer than 80"), reference="R" * 500),
    Hostile("reference over two lines", text(fields("A1"), fields("B\n2"), fields("C3", channel="?")).encode(), good=1,
            faults=((3, "source_ref", "line break"), (5, "channel", "Not a channel"))),
    with_row("reference that turns its direction", ("source_ref", "hidden character"), reference="B\u202e2"),
    with_row("reference with a zero-width space", ("source_ref", "hidden character"), reference="B\u200b2"),
    with_row("repeated reference", ("source_ref", "same reference as line 2"), reference="A1", phone="07400 123456"),
    with_row("the same row twice", ("source_ref", "same reference as line 2"), reference="A1"),
    with_row("everything wrong", ("source_ref", "Empty"), ("occurred_at", "Empty"), ("service", "Empty"),
             ("channel", "Not a channel"), ("phone", "Not a phone"), ("email", "Not an email"), reference="",
             occurred_at="", service="", channel="", phone="1", email="x"),
    with_row("formula as reference", reference="=cmd|' /C calc'!A0"),
    with_row("formula as team", team='=HYPERLINK("http://example.com","x")', area="@SUM(1)"),
    with_row("script as team", team="<script>alert(1)</script>", area='"><img src=x onerror=alert(1)>'),
    with_row("SQL as reference", reference="'); DROP TABLE contacts; --"),
    with_row("emoji", reference="🦊-1", team="👩‍👩‍👧 families", area="🏴󠁧󠁢󠁷󠁬󠁳󠁿"),
    with_row("team that turns its direction", team="\u202eevil\u202c", area="a\u2066b\u2069"),
    with_row("team of 60,000 characters", team="t" * 60_000),
    with_row("unknown language", language="'xx"),
    with_row("template as team", team="{{ 7 * 7 }}{% raw %}", area="${7*7} %s %n"),
)  # fmt: skip

HOSTILE = (*NOT_CSV, *ENCODINGS, *SHAPES, *ROWS)
