"""What was checked, in words: what holds, what does not, and what nobody can check from a pack alone."""

from dataclasses import dataclass, field
from enum import StrEnum


class Finding(StrEnum):
    HOLDS = "holds"
    FAILS = "fails"
    CANNOT = "cannot check"


@dataclass(frozen=True)
class Told:
    finding: Finding
    check: str
    words: str


@dataclass
class Report:
    """Findings in the order in which they were made."""

    told: list[Told] = field(default_factory=list)

    def holds(self, check: str, words: str) -> None:
        self.told.append(Told(Finding.HOLDS, check, words))

    def fails(self, check: str, words: str) -> None:
        self.told.append(Told(Finding.FAILS, check, words))

    def cannot(self, check: str, words: str) -> None:
        self.told.append(Told(Finding.CANNOT, check, words))

    def settle(self, check: str, before: int, words: str) -> None:
        """Say that a check holds, where nothing has failed in it since this many findings."""
        if not any(told.finding is Finding.FAILS for told in self.told[before:]):
            self.holds(check, words)

    @property
    def failed(self) -> bool:
        return any(told.finding is Finding.FAILS for told in self.told)

    def lines(self, most: int = 20) -> list[str]:
        """A line a finding; of many failures of one check only the first are told, with how many more there are."""
        found: list[str] = []
        failures: dict[str, int] = {}
        for told in self.told:
            if told.finding is Finding.FAILS:
                failures[told.check] = failures.get(told.check, 0) + 1
                if failures[told.check] > most:
                    continue
            found.append(f"{told.finding.value.upper():<12}  {told.check}: {told.words}")
        for check, count in failures.items():
            if count > most:
                found.append(f"{Finding.FAILS.value.upper():<12}  {check}: and {count - most:,} more like these")
        return found
