"""python print_pdf.py PAGE PDF: the cover page as a tagged PDF (PDF/UA-1), the same bytes on every machine.

It runs as a process of its own and imports nothing of this program. Nothing else imports it, since it loads Pango.
"""

import hashlib
import os
import sys
from importlib.resources import files
from pathlib import Path

try:
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
except OSError:
    # Its Python part is there, and the library that it lays text out with is not.
    sys.exit(os.EX_UNAVAILABLE)

FACES = (
    ("SourceSansPro-Regular.ttf", "normal", "normal"),
    ("SourceSansPro-It.ttf", "normal", "italic"),
    ("SourceSansPro-Bold.ttf", "bold", "normal"),
)


def faces() -> str:
    """The fonts that come with a package, as rules of a style sheet."""
    folder = files("font_source_sans_pro").joinpath("files")
    return "".join(
        f'@font-face {{ font-family: "Source Sans Pro"; font-weight: {weight}; font-style: {style}; '
        f"src: url('{Path(str(folder.joinpath(name))).as_uri()}'); }}"
        for name, weight, style in FACES
    )


def write(page: Path, pdf: Path) -> None:
    """Its dates are those of the page, its identifier the page's digest."""
    content, fonts = page.read_bytes(), FontConfiguration()
    HTML(string=content.decode(), media_type="print").write_pdf(
        pdf,
        stylesheets=[CSS(string=faces(), font_config=fonts)],
        font_config=fonts,
        pdf_variant="pdf/ua-1",
        pdf_identifier=hashlib.sha256(content).digest()[:16],
    )


if __name__ == "__main__":
    write(Path(sys.argv[1]), Path(sys.argv[2]))
