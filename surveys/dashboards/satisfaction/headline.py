"""The headline of a page: one rate with its base and interval, the weighted one beside it, and who answered."""

from dataclasses import dataclass

from surveys.dashboards.pages.panels import percent
from surveys.dashboards.satisfaction.figures import Figures
from surveys.dashboards.satisfaction.held import held_against
from surveys.rates.intervals import score_interval
from surveys.rates.protection_tables import Shown
from surveys.rates.words import between, response_sentence, target_sentence, weighted_sentences

SAMPLING = "sampling error only, it does not cover bias from people who did not answer"


@dataclass(frozen=True)
class Tile:
    """One large figure with what must stand beside it."""

    key: str
    figure: str
    label: str
    words: str


@dataclass(frozen=True)
class Headline:
    """tiles: the large figures. sentences: all that a reader must know beside them."""

    tiles: tuple[Tile, ...]
    sentences: tuple[str, ...]


def headline(figures: Figures) -> Headline:
    shown = figures.shown.whole
    sentences = [answered_sentence(shown)]
    tiles = [
        Tile(
            "plain",
            percent(shown.share) if shown.share is not None else "–",
            "of those who answered",
            plain_words(shown),
        )
    ]
    weighted = figures.weighted if shown.share is not None and len(figures.shown.pairs) > 1 else None
    if weighted:
        contacts = sum(stratum.population for stratum in weighted.strata)
        words = f"95% interval {between(weighted.interval)}; {contacts:,} contacts by service and channel"
        tiles.append(Tile("weighted", percent(weighted.share), "weighted to all contacts", words))
        sentences += weighted_sentences(weighted)
    newest = figures.trend.newest
    if newest and shown.share is not None:
        interval = score_interval(newest.period.share, newest.period.base)
        words = f"95% interval {between(interval)}; {newest.period.base:,} answers in {newest.period.labels[-1]}"
        tiles.append(Tile("newest", percent(newest.period.share), "in the newest month", words))
    response, asked = figures.response, figures.asked_people
    if response.rr1 is not None:
        tiles.append(Tile("response", percent(response.rr1), "completed it", f"of {asked:,} asked; AAPOR RR1"))
    sentences += [response_sentence(response), *target_words(figures)]
    return Headline(tuple(tiles), tuple(sentences))


def plain_words(shown: Shown) -> str:
    if shown.base is None or shown.interval is None:
        return ""
    return f"95% interval {between(shown.interval)}; {shown.base:,} answers"


def answered_sentence(shown: Shown) -> str:
    """The rate in words, with its base and interval, and with "I do not know" in the base."""
    if shown.base == 0:
        return "Nobody has answered in this period yet."
    if shown.base is None or shown.interval is None or shown.answered is None or shown.satisfied is None:
        return "Fewer than five people answered in this period, so no rate is shown."
    told = (
        f"{percent(shown.share)} were very or fairly satisfied, from {shown.base:,} answers (95% confidence interval "
        f"{percent(shown.interval.lower)} to {percent(shown.interval.upper)}; {SAMPLING})."
    )
    unsure, of_all = shown.answered - shown.base, percent(shown.satisfied / shown.answered)
    return f"{told} {unsure:,} more said “I do not know”; with them in the base it is {of_all}." if unsure else told


def target_words(figures: Figures) -> list[str]:
    """Whether the target of what the page is about is met, and who answers for it."""
    held = held_against(figures, figures.series)
    if held is None:
        return []
    told = target_sentence("Satisfaction", held.attained)
    return [f"{held.period}: {told} {held.target.owner} answers for this target."]
