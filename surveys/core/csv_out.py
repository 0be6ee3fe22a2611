"""Writing CSV as a stream, safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from flask import Response, stream_with_context

# The wide forms start a formula where the spreadsheet is set to Chinese, Japanese or Korean.
FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
BREAKS = ("\t", "\r", "\n")
CHUNK = 64 * 1024

Cell: TypeAlias = str | int | float | None


def safe(cell: Cell) -> Cell:
    """Text that a spreadsheet would run as a formula gets an apostrophe in front; numbers stay numbers."""
    # Nearly all are seen to be harmless by their first character, and files have millions.
    if not isinstance(cell, str) or not cell or cell[0].isalnum():
        return cell
    return "'" + cell if cell.startswith(BREAKS) or cell.lstrip().startswith(FORMULA_STARTS) else cell


def csv_text(header: Sequence[str], lines: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """RFC 4180 text in pieces of about 64 KB."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(header)
    for line in lines:
        # The first look of `safe`, here to spare a call for each of millions of cells.
        writer.writerow(
            [cell if not cell or (isinstance(cell, str) and cell[0].isalnum()) else safe(cell) for cell in line]
        )
        if buffer.tell() >= CHUNK:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def csv_response(filename: str, header: Sequence[str], lines: Iterable[Sequence[Cell]]) -> Response:
    """A download that is written while it is read: the filename is ours, never the user's."""
    response = Response(stream_with_context(csv_text(header, lines)), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response
