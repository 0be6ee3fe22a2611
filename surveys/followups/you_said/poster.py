"""The poster "You said, we did": A4, one to three improvements of a service, in words that were approved."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Frame, HRFlowable, Paragraph, Spacer

from surveys.answers.poster import BAND, BOLD, HIGH, MARGIN, PLAIN, WIDE, draw_band, draw_line, new_page, short
from surveys.followups.you_said.published import Told
from surveys.followups.you_said.wording import OWN_WORDS, helped_in, share_in, when_in

MOST_TOLD = 3
FOOT = 24 * mm
ROOM = WIDE - 2 * MARGIN
TITLE = 22 * mm
HEIGHT = HIGH - BAND - TITLE - FOOT
# As large as one page allows; words that do not fit even in the last size go on over a second page.
SIZES = (26, 24, 22, 20, 18, 17, 16, 15, 14, 13)
LINE = HexColor("#6F777B")


@dataclass(frozen=True)
class Sheet:
    """What one poster says. colour is the council's, dark enough for white words."""

    council: str
    colour: str
    service: str
    address: str
    language: str
    told: tuple[Told, ...]


def sheet_pdf(sheet: Sheet) -> bytes:
    file, w = BytesIO(), OWN_WORDS[sheet.language]
    language = "cy" if sheet.language == "cy" else "en-GB"
    page = new_page(file, w["you_said_title"], sheet.council, sheet.service, language)
    left = fitting(sheet)
    while left:
        draw_band(page, sheet.colour, sheet.council, sheet.service)
        draw_line(page, HIGH - BAND - TITLE + 8 * mm, w["you_said_title"], BOLD, 34)
        draw_foot(page, sheet)
        frame = Frame(MARGIN, FOOT, ROOM, HEIGHT, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
        frame.addFromList(left, page)
        page.showPage()
    page.save()
    return file.getvalue()


def fitting(sheet: Sheet) -> list[Flowable]:
    """All of the words in the largest size that one page holds, else in the smallest."""
    for size in SIZES:
        found = list(words_of(sheet, size))
        if sum(high(one) for one in found) <= HEIGHT:
            return found
    return found


def high(one: Flowable) -> float:
    _, height = one.wrap(ROOM, HEIGHT)
    return float(height + one.getSpaceBefore() + one.getSpaceAfter())


def words_of(sheet: Sheet, size: int) -> Iterator[Flowable]:
    w = OWN_WORDS[sheet.language]
    head, plain = style(BOLD, size + 5, sheet.colour), style(PLAIN, size)
    label, small = style(BOLD, size, keep=True), style(PLAIN, max(12, size - 3))
    for place, one in enumerate(sheet.told):
        if place:
            yield HRFlowable(width="100%", color=LINE, thickness=1, spaceBefore=size / 2, spaceAfter=size / 2)
        yield paragraph(one.title, head)
        yield paragraph(w["you_said"], label)
        yield paragraph(one.said, plain)
        for words in one.quotations:
            yield paragraph(f"“{words}”", plain)
        if told := share_in(sheet.language, one):
            yield paragraph(told, small)
        yield Spacer(ROOM, size / 3)
        yield paragraph(w["we_did" if one.done else "we_are_doing"], label)
        yield paragraph(one.did, plain)
        yield paragraph(" ".join([when_in(sheet.language, one), *helped_in(sheet.language, one)]), small)


def paragraph(words: str, how: ParagraphStyle) -> Paragraph:
    return Paragraph(escape(words).replace("\n", "<br/>"), how)


def style(font: str, size: float, colour: str = "#0b0c0c", keep: bool = False) -> ParagraphStyle:
    return ParagraphStyle(
        f"{font}-{size}-{colour}-{keep}",
        fontName=font,
        fontSize=size,
        leading=size * 1.25,
        textColor=HexColor(colour),
        spaceAfter=size * 0.3,
        keepWithNext=keep,
    )


def draw_foot(page: Canvas, sheet: Sheet) -> None:
    draw_line(page, 15 * mm, OWN_WORDS[sheet.language]["read_more"], PLAIN, 13)
    draw_line(page, 8 * mm, short(sheet.address), BOLD, 16)
