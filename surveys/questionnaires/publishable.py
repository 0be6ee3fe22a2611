"""What must hold before a draft is published, beyond what makes a definition readable. Pure.

Apart from definition_faults, so that a stricter rule never makes a version unreadable that is published already.
"""

from collections.abc import Iterator
from typing import Any

from surveys.core.segments import segments
from surveys.questionnaires.by_text import text_of
from surveys.questionnaires.definition import Definition, read_definition
from surveys.questionnaires.definition_faults import DefinitionFault, faults_in
from surveys.questionnaires.languages import LANGUAGES

# As for every text that residents get: two parts in the short alphabet.
MOST_UNITS = 306
# The languages in which every council's texts go.
TEXTED_LANGUAGES = ("en", "cy")


def faults_before_publishing(raw: dict[str, Any]) -> list[DefinitionFault]:
    """Everything that must change first; empty where the draft may be published."""
    return faults_in(raw) or list(faults_by_text(read_definition(raw)))


def faults_by_text(definition: Definition) -> Iterator[DefinitionFault]:
    """Questions that are too long for a text message, where the survey may be answered by text."""
    texted = [code for code in TEXTED_LANGUAGES if code in definition.languages] if definition.by_reply else []
    for number, question in enumerate(definition.questions, 1):
        for code in texted if question.handler.by_text else ():
            units = segments(text_of(question, code)).units
            if units > MOST_UNITS:
                words = f"too long for a text message in {LANGUAGES[code].english}:"
                yield DefinitionFault(number, f"{words} {units} characters with its answers, and may be {MOST_UNITS}.")
