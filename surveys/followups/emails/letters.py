"""An email to staff: sections of lines, each with a way to the console; as text and as HTML with the same words."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from flask import render_template

from surveys.messaging.models import Medium
from surveys.messaging.outcomes import Message

CHOICES = "/account/emails"


@dataclass(frozen=True)
class Line:
    """A sentence, and perhaps a page to go to: its path and what it is called."""

    words: str
    path: str = ""
    called: str = ""


@dataclass(frozen=True)
class Section:
    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Letter:
    """why: the reason for which its reader gets it."""

    subject: str
    opening: str
    sections: tuple[Section, ...]
    why: str


def message_for(address: str, letter: Letter, full: Callable[[str], str]) -> Message:
    """full: a path of the console as a full address."""
    html = render_template("followups/letter.html", letter=letter, full=full, choices=CHOICES)
    # Not drawn from a row: a receipt for it must never find an invitation.
    correlation = f"staff-{secrets.token_hex(8)}"
    return Message(Medium.EMAIL, address, text_of(letter, full), correlation, letter.subject, html)


def text_of(letter: Letter, full: Callable[[str], str]) -> str:
    parts = [letter.subject, letter.opening]
    for section in letter.sections:
        heading = f"{section.heading}\n{'-' * len(section.heading)}"
        parts.append("\n\n".join([heading, *(line_of(line, full) for line in section.lines)]))
    parts.append(f"{letter.why}\nChoose your emails (sign in first): {full(CHOICES)}")
    return "\n\n\n".join(parts) + "\n"


def line_of(line: Line, full: Callable[[str], str]) -> str:
    return f"{line.words}\n{line.called}: {full(line.path)}" if line.path else line.words
