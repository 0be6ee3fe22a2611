"""Comments put together from phrases: short, long, grateful, angry, mixed, misspelt, lower case and capitals."""

import re
from random import Random

from surveys.contacts.models import Channel
from surveys.demo.channel_phrases import WAYS
from surveys.demo.phrases import ENDINGS, JOINED, OUTCOME, SHORT, SLIPS, STAFF, WELSH, Phrases
from surveys.demo.service_phrases import SUBJECTS
from surveys.questionnaires.kinds import SATISFIED, Satisfaction

EITHER = re.compile(r"\{([^{}]*)\}")
DONE = ("first_time", "more_than_one")
SHOUTS, ALL_LOWER, SLIPS_UP, NO_STOPS = 0.05, 0.2, 0.22, 0.15


def chosen(rng: Random, phrase: str) -> str:
    """The phrase with one of each {one|other} taken, the innermost first."""
    while (found := EITHER.search(phrase)) is not None:
        phrase = phrase[: found.start()] + rng.choice(found[1].split("|")) + phrase[found.end() :]
    return " ".join(phrase.replace(" ,", ",").split())


def mood_of(rng: Random, rating: Satisfaction) -> str:
    """good, bad or mixed: what somebody who rated so has to say."""
    if rating in SATISFIED:
        weights = (80, 1, 19) if rating is Satisfaction.VERY_SATISFIED else (64, 5, 31)
    elif rating in (Satisfaction.NEITHER, Satisfaction.DO_NOT_KNOW):
        weights = (17, 26, 57)
    else:
        weights = (1, 82, 17)
    return rng.choices(("good", "bad", "mixed"), weights)[0]


def of_mood(phrases: Phrases, mood: str) -> tuple[str, ...]:
    return phrases.good if mood == "good" else phrases.bad


def reasons(rng: Random, service: str, channel: Channel, mood: str, dealt_with: str, most: int) -> list[str]:
    """Up to `most` reasons of one mood, each about something else: the way, the staff, the service, the outcome."""
    subject = SUBJECTS[service]
    about = [
        of_mood(WAYS[channel], mood),
        of_mood(STAFF, mood),
        subject.good if mood == "good" else subject.bad,
    ]
    if dealt_with and (dealt_with in DONE) == (mood == "good"):
        about.append(of_mood(OUTCOME, mood))
    return [chosen(rng, rng.choice(phrases)) for phrases in rng.sample(about, k=min(most, len(about)))]


def said(rng: Random, service: str, channel: Channel, mood: str, dealt_with: str) -> list[str]:
    """The sentences of one comment, without capitals and full stops."""
    if mood == "mixed":
        first, second = rng.sample(("good", "bad"), k=2)
        praise = reasons(rng, service, channel, first, dealt_with, 1)[0]
        blame = reasons(rng, service, channel, second, dealt_with, 1)[0]
        opening = [chosen(rng, rng.choice(SUBJECTS[service].openings))] if rng.random() < 0.4 else []
        return [*opening, f"{praise}{rng.choice(JOINED)} {blame}"]
    length = rng.choices(("short", "one", "some", "long"), (18, 32, 32, 18))[0]
    if length == "short":
        return [chosen(rng, rng.choice(of_mood(SHORT, mood)))]
    if length == "one":
        return reasons(rng, service, channel, mood, dealt_with, 1)
    opening = [chosen(rng, rng.choice(SUBJECTS[service].openings))] if length == "long" or rng.random() < 0.4 else []
    ending = [chosen(rng, rng.choice(of_mood(ENDINGS, mood)))] if rng.random() < 0.5 else []
    return [*opening, *reasons(rng, service, channel, mood, dealt_with, 2 if length == "some" else 3), *ending]


def sentence(words: str) -> str:
    return words[0].upper() + words[1:] + ("" if words.endswith((".", "!")) else ".")


def written(rng: Random, sentences: list[str]) -> str:
    """The sentences as somebody types them: with care, in lower case, in capitals, with slips."""
    style = rng.random()
    if style < SHOUTS:
        return " ".join(f"{words}{rng.choice(('!', '!!', '.'))}" for words in sentences).upper()
    text = " ".join(map(sentence, sentences))
    if style < SHOUTS + ALL_LOWER:
        text = rng.choice((" ", ", ", " ", ". ")).join(sentences).lower()
    elif style < SHOUTS + ALL_LOWER + NO_STOPS:
        text = text.rstrip(".")
    if rng.random() < SLIPS_UP:
        for right, wrong in SLIPS.items():
            text = text.replace(right, wrong)
    return text


def comment(
    rng: Random, service: str, channel: Channel, rating: Satisfaction, dealt_with: str, language: str = "en"
) -> str:
    """What a resident writes under "Why did you give that answer?"."""
    mood = mood_of(rng, rating)
    if language == "cy":
        of_both = rng.sample(WELSH.good + WELSH.bad if mood == "mixed" else of_mood(WELSH, mood), k=rng.randint(1, 2))
        return " ".join(sentence(chosen(rng, phrase)) for phrase in of_both)
    return written(rng, said(rng, service, channel, mood, dealt_with))
