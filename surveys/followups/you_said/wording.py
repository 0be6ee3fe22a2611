"""What is published of an improvement in the words of a language: when it was done, and whether it helped. Pure."""

from collections.abc import Sequence
from pathlib import Path

from nlp.language import language_of
from surveys.answers.wording import WORDS
from surveys.core.texts import read_texts
from surveys.followups.improvements.effect import Effect, Why
from surveys.followups.improvements.effect import Told as Verdict
from surveys.followups.you_said.published import Told
from surveys.questionnaires.languages import DEFAULT
from surveys.rates.intervals import Interval
from surveys.rates.months import Month

OWN_WORDS = read_texts(Path(__file__).parent / "words")
LANGUAGES = tuple(OWN_WORDS)
ALL_WORDS = {language: WORDS[language] | own for language, own in OWN_WORDS.items()}


def month_in(language: str, month: Month) -> str:
    name = WORDS[language]["months"].split(", ")[month.month - 1]
    return f"{name} {month.year}"


def months_in(language: str, months: Sequence[Month]) -> str:
    first, last = month_in(language, months[0]), month_in(language, months[-1])
    return first if first == last else OWN_WORDS[language]["months_between"].format(first=first, last=last)


def when_in(language: str, one: Told) -> str:
    w = OWN_WORDS[language]
    return w["done_in"].format(month=month_in(language, one.done)) if one.done else w["under_way"]


def share_in(language: str, one: Told) -> str:
    """ "" where there is no share to tell."""
    return OWN_WORDS[language]["comments_share"].format(share=f"{one.share}%") if one.share else ""


def helped_in(language: str, one: Told) -> list[str]:
    """The sentences on whether it helped; none of what is not done yet."""
    if one.found is None:
        return []
    w, effect = OWN_WORDS[language], one.found.effect
    if effect.why is Why.NEW_WORDING and effect.another:
        return [w["new_questionnaire"]]
    if effect.why in (Why.TOO_EARLY, Why.TOO_FEW, Why.NEW_WORDING) or effect.interval is None:
        return [w[effect.why.value if effect.why else Why.TOO_FEW.value]]
    sentences = [sizes_in(language, one, effect)]
    if effect.told is Verdict.CANNOT_TELL:
        return [*sentences, w[Why.NO_CLEAR_DIFFERENCE.value]]
    sentences.append(moved_in(language, effect, effect.interval))
    return [*sentences, w["beside"]] if one.found.beside else sentences


def sizes_in(language: str, one: Told, effect: Effect) -> str:
    w = OWN_WORDS[language]
    asked = (one.question.get(language) or one.question[DEFAULT]) if one.question else ""
    return w["sizes"].format(
        measure=w["good_answers"].format(question=asked) if asked else w["rating"],
        before=f"{100 * (effect.before.share or 0):.0f}%",
        before_base=f"{effect.before.base:,}",
        before_months=months_in(language, effect.windows.before),
        after=f"{100 * (effect.after.share or 0):.0f}%",
        after_base=f"{effect.after.base:,}",
        after_months=months_in(language, effect.windows.after),
    )


def moved_in(language: str, effect: Effect, interval: Interval) -> str:
    w, number = OWN_WORDS[language], round(abs(effect.difference or 0) * 100)
    ends = sorted(round(abs(end) * 100) for end in (interval.lower, interval.upper))
    return w[effect.told.value].format(
        points=w["point"] if number == 1 else w["points"].format(number=number),
        lower=ends[0] or w["less_than_one"],
        upper=ends[1],
    )


def language_of_words(words: str) -> str:
    """As a page marks them, so that they are read out in their own language: "" where nobody can tell."""
    found = language_of(words)
    return found if found in LANGUAGES else ""
