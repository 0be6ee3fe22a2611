"""The cover page of a pack, as HTML that needs nothing beside it and as a PDF: made from the pack's tables alone."""

import base64
import hashlib
from pathlib import Path

from flask import current_app

from surveys.evidence.chapters.content import PackContent
from surveys.evidence.chapters.plain_files import moment_in_words
from surveys.evidence.chapters.questionnaires import asked_versions
from surveys.evidence.cover.files import files_of
from surveys.evidence.cover.names import OUTCOMES, Names
from surveys.evidence.cover.page import CoverPage
from surveys.evidence.cover.pdf import write_pdf
from surveys.evidence.cover.pictures import charts_of
from surveys.evidence.cover.wording import wording_of
from surveys.evidence.seals.signing import fingerprint, public_key

STYLE = "evidence/pack/cover.css"
# By the table without which a section is left out; empty: it never is.
SECTIONS = {
    "headline": ("The headline", ""),
    "results": ("Results", ""),
    "trend": ("Did it really move?", ""),
    "targets": ("Targets", "targets"),
    "response": ("Response and coverage", ""),
    "comments": ("What residents wrote", "themes"),
    "actions": ("What was put right", "cases"),
    "method": ("Method", ""),
    "standards": ("Elements of the standards", "elements"),
    "files": ("What is in the pack", ""),
}
ASKED = ("selected", "not_drawn")


def write_cover(folder: Path, content: PackContent) -> None:
    """index.html, then cover.pdf of it. Raises Refused where this machine cannot make a PDF."""
    path = folder / "index.html"
    path.write_text(cover_html(folder, content), encoding="utf-8")
    write_pdf(path, folder / "cover.pdf")


def cover_html(folder: Path, content: PackContent) -> str:
    page = CoverPage(content, Names(content.services), wording_of(asked_versions(content.period)))
    style = style_of(current_app.extensions["settings"].council_colour)
    return current_app.jinja_env.get_template("evidence/pack/cover.html").render(
        page=page,
        content=content,
        period=content.period,
        charts=charts_of(page),
        sections={key: title for key, (title, needed) in SECTIONS.items() if tells(page, needed)},
        exclusions=[words for outcome, words in OUTCOMES.items() if outcome not in ASKED],
        files=files_of(folder),
        fingerprint=fingerprint(public_key()),
        moment=moment_in_words(content.period.cutoff_at)[:19] + "Z",
        style=style,
        style_digest=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
    )


def tells(page: CoverPage, needed: str) -> bool:
    return not needed or needed in page.sheets


def style_of(colour: str) -> str:
    """In the council's colour, which settings hold to be dark enough for white words."""
    words = current_app.jinja_env.get_template(STYLE).render(colour=colour)
    return f"\n{words.strip()}\n"
