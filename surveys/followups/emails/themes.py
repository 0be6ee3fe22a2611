"""The theme that residents praise most surely and the one they blame most surely: by labels, never by their words."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from nlp.code_frame import DISSATISFACTION, NO_CONTENT, PRAISE
from nlp.comments import Sentiment
from surveys.comments.themes.figures import EVERY
from surveys.followups.emails.readers import Granted
from surveys.followups.emails.week import ThemeCounts
from surveys.rates.intervals import Interval
from surveys.rates.protection import View, protect
from surveys.rates.protection_tables import Counts, Dimension, Key, Table

# They say that somebody is pleased or not, never about what.
NO_THEMES = (EVERY, NO_CONTENT, PRAISE, DISSATISFACTION)
OPPOSITE = {Sentiment.POS: Sentiment.NEG, Sentiment.NEG: Sentiment.POS}


@dataclass(frozen=True)
class Theme:
    """The comments about one theme, and the share of them that is of one sentiment. label is for people."""

    name: str
    label: str
    share: float
    interval: Interval
    base: int


class Themes:
    """Comments of the granted services by label and sentiment."""

    def __init__(self, counts: ThemeCounts, labels: Mapping[str, str], granted: Granted) -> None:
        self.labels = labels
        self.counts: Counter[tuple[str, str]] = Counter()
        for service, of_service in counts.items():
            if granted is None or service in granted:
                self.counts.update(of_service)

    def leader(self, side: Sentiment) -> Theme | None:
        """By the lower limit of the share, so that a handful of comments does not win.

        None where no theme of five comments or more leans to this side.
        """
        leaning = [name for name in self.names if self.counts[name, side] > self.counts[name, OPPOSITE[side]]]
        if not leaning:
            return None
        cells: dict[Key, Counts] = {}
        for name in leaning:
            base = sum(self.counts[name, sentiment] for sentiment in Sentiment)
            cells[name,] = Counts(self.counts[name, side], base, base)
        shown = protect(Table((Dimension(tuple(leaning)),), cells), View.MANAGERS).shown
        found = [
            Theme(name, self.label_of(name), one.share, one.interval, one.base)
            for (name,), one in shown.items()
            if one.base and one.share is not None and one.interval
        ]
        return max(found, key=lambda theme: (theme.interval.lower, theme.name), default=None)

    @property
    def names(self) -> list[str]:
        return sorted({label for label, _ in self.counts} - set(NO_THEMES))

    def label_of(self, name: str) -> str:
        """A label that was retired is called by its name."""
        return self.labels.get(name, name.replace("_", " ").capitalize())
