"""The cover page as a PDF, made by a process of its own: what lays text out stays out of web and worker processes."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from surveys.core.refusals import Refused

# The file itself and not -m: so the child loads WeasyPrint and nothing of this program.
PROGRAM = Path(__file__).with_name("print_pdf.py")
LONGEST = 300
# No fonts but those that the page brings: what is installed on a machine changes no byte.
NO_FONTS = (
    '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><cachedir>{}</cachedir></fontconfig>'
)
NO_LIBRARY = (
    "The PDF cannot be made: this machine has no Pango. Install it (on Debian: apt install libpango-1.0-0 "
    "libpangoft2-1.0-0 libharfbuzz-subset0) and make the pack again."
)
NOT_PRINTED = "The PDF of the cover page could not be made. Ask whoever runs this installation to look."


def write_pdf(page: Path, pdf: Path, program: Path = PROGRAM) -> None:
    """Raises Refused, in words that say what to install or whom to ask."""
    with tempfile.TemporaryDirectory(prefix="fairly-fonts-") as folder:
        code = run(program, page, pdf, Path(folder))
    if code == os.EX_UNAVAILABLE:
        raise Refused(NO_LIBRARY)
    if code != os.EX_OK or not pdf.is_file():
        raise Refused(NOT_PRINTED)


def run(program: Path, page: Path, pdf: Path, folder: Path) -> int:
    """Its exit code. It gets nothing of our environment, so none of our secrets."""
    fonts = folder / "fonts.conf"
    fonts.write_text(NO_FONTS.format(folder), encoding="utf-8")
    command = [sys.executable, "-P", str(program), str(page), str(pdf)]
    environment = {"FONTCONFIG_FILE": str(fonts), "PATH": os.defpath, "LC_ALL": "C.UTF-8"}
    try:
        done = subprocess.run(command, check=False, capture_output=True, timeout=LONGEST, env=environment)  # noqa: S603  # our own program
    except subprocess.TimeoutExpired as late:
        raise Refused(NOT_PRINTED) from late
    return done.returncode
