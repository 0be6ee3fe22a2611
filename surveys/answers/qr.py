"""QR codes of addresses: as rows of dark runs to draw, and as a picture for a page."""

from collections.abc import Iterator

import segno
from markupsafe import Markup

# A quarter of the code may be dirty or torn, and it is still read.
CORRECTION = "q"
# ISO/IEC 18004 asks for four light modules around it.
QUIET_MODULES = 4


def code_of(address: str) -> segno.QRCode:
    return segno.make(address, error=CORRECTION, micro=False, boost_error=False)


def dark_runs(address: str) -> tuple[int, Iterator[tuple[int, int, int]]]:
    """(modules a side, runs of dark modules as column, row from the top, length), without the quiet zone."""
    matrix = code_of(address).matrix
    return len(matrix), (run for row, modules in enumerate(matrix) for run in runs_in(row, bytes(modules)))


def runs_in(row: int, modules: bytes) -> Iterator[tuple[int, int, int]]:
    start = None
    for column, dark in enumerate((*modules, 0)):
        if dark and start is None:
            start = column
        elif not dark and start is not None:
            yield start, row, column - start
            start = None


def as_svg(address: str) -> Markup:
    """The code as an image element without styles or scripts; it needs words beside it."""
    drawn = code_of(address).svg_inline(scale=5, border=QUIET_MODULES, light="#fff", svgclass="qr", lineclass=None)
    return Markup(drawn)  # noqa: S704  # made by the library from our own address
