"""The poster of a place and service: one A4 page in English and Welsh, side by side and of one size."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path

from reportlab.lib.colors import HexColor, black, white
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from surveys.answers.qr import QUIET_MODULES, dark_runs
from surveys.core.texts import read_texts

POSTER_WORDS = read_texts(Path(__file__).parent / "poster_words")
SIDES = ("en", "cy")
WIDE, HIGH = A4
MARGIN = 18 * mm
BAND = 40 * mm
CODE = 122 * mm
# Source Sans has the circumflexed w and y of Welsh, which the fonts that every PDF reader brings have not.
PLAIN, BOLD = "SourceSansPro-Regular", "SourceSansPro-Bold"


@dataclass(frozen=True)
class Poster:
    """What one poster says. colour is the council's, dark enough for white words."""

    council: str
    colour: str
    service: str
    place: str
    address: str


@cache
def fonts() -> tuple[str, str]:
    """(plain, bold), read and registered at the first poster; what a poster uses of them is embedded in it."""
    for name in (PLAIN, BOLD):
        path = files("font_source_sans_pro").joinpath("files", f"{name}.ttf")
        registerFont(TTFont(name, str(path)))
    return PLAIN, BOLD


def poster_pdf(poster: Poster) -> bytes:
    file = BytesIO()
    title = " / ".join(POSTER_WORDS[language]["title"] for language in SIDES)
    page = new_page(file, title, poster.council, f"{poster.service}, {poster.place}")
    draw_band(page, poster.colour, poster.council, poster.service, poster.place)
    top = draw_columns(page, HIGH - BAND - 18 * mm, "title", BOLD, 28)
    top = draw_columns(page, top - 4 * mm, "open", PLAIN, 15)
    draw_code(page, poster.address, (WIDE - CODE) / 2, top - CODE - 1 * mm)
    below = draw_columns(page, top - CODE - 5 * mm, "scan", PLAIN, 15)
    draw_line(page, below - 8 * mm, short(poster.address), BOLD, 28)
    draw_columns(page, 18 * mm, "danger", PLAIN, 11)
    page.showPage()
    page.save()
    return file.getvalue()


def short(address: str) -> str:
    """The address as it is typed: a phone adds what stands before the host."""
    return address.removeprefix("https://").removeprefix("http://")


def new_page(file: BytesIO, title: str, author: str, subject: str, language: str = "en-GB") -> Canvas:
    """An empty A4 page of a document that says what it is and in which language, for whoever has it read out."""
    fonts()
    page = Canvas(file, pagesize=A4, lang=language, invariant=1, initialFontName=PLAIN)
    page.setTitle(title)
    page.setAuthor(author)
    page.setSubject(subject)
    page.setCreator("Fairly")
    page.setViewerPreference("DisplayDocTitle", "true")
    return page


def draw_band(page: Canvas, colour: str, council: str, *lines: str) -> None:
    """The head of a poster in the council's colour: the council, and up to two lines below it."""
    page.setFillColor(HexColor(colour))
    page.rect(0, HIGH - BAND, WIDE, BAND, stroke=0, fill=1)
    page.setFillColor(white)
    draw_line(page, HIGH - 17 * mm, council, BOLD, 26)
    for place, line in enumerate(lines):
        draw_line(page, HIGH - (26 + 8 * place) * mm, line, PLAIN, 19)
    page.setFillColor(black)


def draw_line(page: Canvas, y: float, words: str, font: str, size: float) -> None:
    """One line in the middle, smaller where it would be too wide."""
    room = WIDE - 2 * MARGIN
    size = min(size, size * room / stringWidth(words, font, size))
    page.setFont(font, size)
    page.drawCentredString(WIDE / 2, y, words)


def draw_columns(page: Canvas, top: float, key: str, font: str, size: float) -> float:
    """The same words in both languages beside each other; returns where the longer column ends."""
    room = (WIDE - 3 * MARGIN) / 2
    lowest = top
    page.setFont(font, size)
    for place, language in enumerate(SIDES):
        middle = MARGIN + room / 2 + place * (room + MARGIN)
        y = top
        for line in simpleSplit(POSTER_WORDS[language][key], font, size, room):
            page.drawCentredString(middle, y, line)
            y -= size * 1.25
        lowest = min(lowest, y)
    return lowest


def draw_code(page: Canvas, address: str, left: float, bottom: float) -> None:
    """The QR code with its quiet zone in a square of CODE a side."""
    modules, runs = dark_runs(address)
    module = CODE / (modules + 2 * QUIET_MODULES)
    for column, row, length in runs:
        x = left + (column + QUIET_MODULES) * module
        y = bottom + (modules + QUIET_MODULES - 1 - row) * module
        page.rect(x, y, length * module, module, stroke=0, fill=1)
