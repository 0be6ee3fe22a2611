"""Comments that say nothing, by rule and together with the question: "Nothing." can be praise, blame or no answer."""

import re

from nlp.code_frame import DISSATISFACTION, NO_CONTENT, PRAISE
from nlp.comments import Question
from nlp.words import words_of

LONGEST = 60
NO_LETTERS = re.compile(r"[\s\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e\u2010-\u2026]*")


def phrases(listed: str) -> frozenset[str]:
    """Phrases between bars and line ends."""
    return frozenset(phrase.strip() for phrase in re.split(r"[|\n]", listed) if phrase.strip())


# Whatever was asked, these answer nothing.
NO_ANSWER = phrases(
    """
    na|n a|not applicable|non applicable|no comment|no comments|no further comment|no further comments|no answer
    nothing to add|nothing more to add|nothing else to add|nothing to say|nothing to report|none given|blank|pass|skip
    dont know|do not know|i dont know|i do not know|dk|dunno|idk|not sure|unsure|im not sure|no idea|no opinion
    as above|see above|same as above|as before|see previous|see previous answer|as previous|same|ditto|x|xx|xxx
    """
)
# Short for "there was nothing of the kind you ask for".
NOTHING = phrases(
    """
    nothing|nothing at all|nothing really|not really|nothing much|not much|not a lot|not a thing|none|none at all
    nothing whatsoever|nothing what so ever|absolutely nothing|nothing i can think of|nothing that i can think of
    nothing comes to mind|nothing springs to mind|cant think of anything|i cant think of anything|nowt|nada|zero
    there is nothing|theres nothing|there was nothing|nothing in particular|nothing specific|not anything|nothing so far
    """
)
NO = frozenset({"no", "nope", "nil", "nah", "no thanks", "no thank you"})


def label_by_rule(text: str, question: Question) -> str | None:
    """The one label of a comment that is no more than a way to say nothing; None for all others.

    "Nothing" to what could be improved is praise; to what was good it is dissatisfaction. "No" to what was good is
    left as no answer: that question cannot be answered so.
    """
    if NO_LETTERS.fullmatch(text):
        return NO_CONTENT
    if len(text) > LONGEST:
        return None
    said = " ".join(word for word in words_of(text) if word not in "!?")
    if said in NO_ANSWER:
        return NO_CONTENT
    if said in NOTHING:
        return {Question.COULD_IMPROVE: PRAISE, Question.WHAT_GOOD: DISSATISFACTION}.get(question, NO_CONTENT)
    if said in NO:
        return PRAISE if question is Question.COULD_IMPROVE else NO_CONTENT
    return None
