"""Reading what an officer entered: page after page as the answers call for them, all of it sent along to the end."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from werkzeug.datastructures import MultiDict

from surveys.answers.models import Heard
from surveys.answers.take_in import read_answers
from surveys.questionnaires.definition import Definition
from surveys.questionnaires.flow import asked_on, codes_of, next_page
from surveys.questionnaires.kinds import Given, Question

HEARD_WORDS = {
    Heard.PHONE: "On the phone",
    Heard.FACE_TO_FACE: "Face to face",
    Heard.PAPER: "From a paper form",
}
# Field names of questions, so that none can be called like a field of the page itself.
PREFIX = "q-"
Raw = dict[str, list[str]]


@dataclass(frozen=True)
class ReadForm:
    """The pages as far as they can be read. shown: those that had a question, the last of them with its questions.

    errors are the last page's; following is the page after it, None where all is asked.
    """

    shown: tuple[int, ...]
    questions: tuple[Question, ...]
    given: tuple[Given, ...] = field(repr=False)
    errors: dict[str, str]
    following: int | None


def raw_answers(definition: Definition, form: MultiDict[str, str]) -> Raw:
    """What was typed or chosen so far, on any page."""
    return {question.key: form.getlist(PREFIX + question.key) for question in definition.questions}


def read_pages(definition: Definition, raw: Raw, upto: int, allotted: tuple[str, ...] | None) -> ReadForm:
    """Read page after page to this one, as the answers call for them; a page with an error is the last."""
    given: tuple[Given, ...] = ()
    shown: tuple[int, ...] = ()
    page: int | None = 0
    while page is not None and page <= upto:
        questions = asked_on(definition, page, codes_of(given), allotted)
        read = read_answers(questions, raw, "en")
        given, shown = given + read.given, (*shown, page)
        page = next_page(definition, page, codes_of(given), allotted)
        if read.errors:
            break
    return ReadForm(shown, questions, given, read.errors, page)


def page_sent(definition: Definition, form: MultiDict[str, str]) -> int:
    """The number of the page that was sent, whatever a hand-made form says."""
    return max(0, min(form.get("page", 0, type=int), len(definition.pages) - 1))


def read_heard(form: Mapping[str, str]) -> Heard | None:
    said = form.get("heard", "")
    return Heard(said) if said in set(Heard) else None
