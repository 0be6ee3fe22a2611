"""How much of the planted personal data was hidden, and how many clean comments were touched."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from nlp.redaction.redact import redact
from nlp.redaction.types import Finding, Kind
from tests.nlp.redaction.generator import MadeText, Planted


@dataclass
class Recall:
    """Of one kind: how many were planted, wholly hidden, and hidden under their own kind; with those that were not."""

    planted: int = 0
    hidden: int = 0
    named: int = 0
    missed: list[tuple[str, str]] = field(default_factory=list)

    @property
    def share(self) -> float:
        return self.hidden / self.planted


def is_hidden(one: Planted, text: str, found: Iterable[Finding]) -> bool:
    """Whether every letter and digit of it lies in a finding: what is left of it would tell."""
    covered = {at for finding in found for at in range(finding.start, finding.end)}
    return all(at in covered for at in range(one.start, one.end) if text[at].isalnum())


def recalls(made: Iterable[MadeText]) -> dict[Kind, Recall]:
    by_kind: dict[Kind, Recall] = defaultdict(Recall)
    for each in made:
        result = redact(each.text)
        for one in each.planted:
            score = by_kind[one.kind]
            score.planted += 1
            if is_hidden(one, each.text, result.found):
                score.hidden += 1
                score.named += any(f.kind is one.kind and f.start < one.end and one.start < f.end for f in result.found)
            else:
                score.missed.append((each.text[one.start : one.end], str(result.text)))
    return dict(by_kind)


def touched(comments: Iterable[str]) -> list[tuple[str, str]]:
    """The comments in which anything was found, each with what became of it."""
    return [(comment, str(result.text)) for comment in comments if (result := redact(comment)).found]
