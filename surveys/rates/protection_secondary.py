"""Secondary suppression: a hidden cell is kept from being the difference of what is shown."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from surveys.rates.protection_tables import Key, Line


class Suppression:
    """Which cells of one count are hidden. Grows only, and always in the same order for the same table."""

    def __init__(self, lines: Iterable[Line], sizes: Mapping[Key, int], threshold: int) -> None:
        self.sizes = sizes
        self.threshold = threshold
        self.hidden: set[Key] = set()
        self.order = {key: place for place, key in enumerate(sorted(sizes, key=lambda key: (sizes[key], key)))}
        self.lines_at: dict[Key, list[Line]] = defaultdict(list)
        for line in lines:
            for key in line.members:
                self.lines_at[key].append(line)

    def hide(self, keys: Iterable[Key]) -> None:
        """Hide these cells, and the next smallest on each line until no line gives one of them away."""
        new = [key for key in keys if key not in self.hidden]
        while new:
            self.hidden.update(new)
            lines = list({id(line): line for key in new for line in self.lines_at[key]}.values())
            new = []
            for line in lines:
                helper = self.helper_for(line)
                if helper is not None:
                    self.hidden.add(helper)
                    new.append(helper)

    def helper_for(self, line: Line) -> Key | None:
        """The next cell to hide on a line: the smallest shown part, then the total; None where the line is safe.

        Empty cells never help: a zero that is hidden hides nobody.
        """
        hidden = self.hidden.intersection(line.members)
        if len(hidden) > 1 and (line.total in hidden or sum(map(self.sizes.__getitem__, hidden)) >= self.threshold):
            return None
        return self.smallest_shown(line.members)

    def nearest_to(self, key: Key) -> Key | None:
        """The next cell to hide where `key` is still too well known: on its lines, on theirs, or anywhere.

        None where nothing is shown any more.
        """
        near = self.neighbours({key})
        circles: tuple[Iterable[Key], ...] = (near, self.neighbours(near), self.sizes)
        return next((found for circle in circles if (found := self.smallest_shown(circle)) is not None), None)

    def neighbours(self, keys: Iterable[Key]) -> set[Key]:
        return {member for key in keys for line in self.lines_at[key] for member in line.members}

    def smallest_shown(self, keys: Iterable[Key]) -> Key | None:
        shown = (key for key in keys if key not in self.hidden and self.sizes[key])
        return min(shown, key=self.order.__getitem__, default=None)
