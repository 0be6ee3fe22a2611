"""What the sealed answers and the frame come to: the counts that every figure of a pack is made of. Pure."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from proof.leaves import SealedDraw, SealedResponse
from surveys.answers.models import UNDRAWN
from surveys.rates.recounts import RATING
from surveys.rates.statistics import Rate, rate_of
from surveys.sampling.models import Outcome

DRAWN_NOT = tuple(mode.value for mode in UNDRAWN)
Place = tuple[str, str, str]


@dataclass
class Tally:
    """ratings of the drawn by (service, channel, month) and code; undrawn by (service, mode); codes of the drawn by
    (question, code). contacts by (service, channel), duplicates left out, and monthly the same by (service, channel,
    month); outcomes by (service, channel, outcome); days by (day, service, channel).
    """

    ratings: dict[Place, Counter[str]] = field(default_factory=dict)
    undrawn: dict[tuple[str, str], Counter[str]] = field(default_factory=dict)
    codes: Counter[tuple[str, str]] = field(default_factory=Counter)
    contacts: Counter[tuple[str, str]] = field(default_factory=Counter)
    monthly: Counter[Place] = field(default_factory=Counter)
    outcomes: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    days: Counter[tuple[date, str, str]] = field(default_factory=Counter)
    responses: int = 0

    def add_answer(self, response: SealedResponse) -> None:
        self.responses += 1
        rating = response.answers.get(RATING)
        if response.mode in DRAWN_NOT:
            if rating:
                self.undrawn.setdefault((response.service, response.mode), Counter())[rating] += 1
            return
        if rating:
            place = (response.service, response.channel, response.day.isoformat()[:7])
            self.ratings.setdefault(place, Counter())[rating] += 1
        self.codes.update(response.answers.items())

    def add_draw(self, draw: SealedDraw) -> None:
        # A contact that came under two references is one contact.
        if draw.outcome != Outcome.DUPLICATE:
            self.contacts[draw.service, draw.channel] += 1
            self.monthly[draw.service, draw.channel, draw.day.isoformat()[:7]] += 1
        self.outcomes[draw.service, draw.channel, draw.outcome] += 1
        self.days[draw.day, draw.service, draw.channel] += 1

    def rate(self, service: str = "", channel: str = "", month: str = "") -> Rate:
        """The headline of a service, channel and month; empty is all of them."""
        wanted = (service, channel, month)
        together: Counter[str] = Counter()
        for place, counts in self.ratings.items():
            if all(not want or want == got for want, got in zip(wanted, place, strict=True)):
                together.update(counts)
        return rate_of(together)
