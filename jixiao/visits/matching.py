"""Which team goes to which unit, so that nobody goes where they must not and all have about the same?

Every unit in turn finds the cheapest way to a team, also by moving units placed before (a shortest
augmenting path), so the whole is the cheapest there is. The same input gives the same answer.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

Cost = Callable[[int, int], int | None]
"""What it costs to send a team to a unit; None: the team must not go there."""


@dataclass
class Matching:
    """Units placed so far; ``loads`` counts what each team has, with what was settled before."""

    teams: Sequence[int]
    cost: Cost
    loads: dict[int, int]
    chosen: dict[int, int] = field(default_factory=dict)

    def place(self, unit: int) -> bool:
        """Place one more unit; False where no team may go."""
        moves = self._moves()
        far = {team: price for team in self.teams if (price := self.cost(unit, team)) is not None}
        came = dict.fromkeys(far, (-1, unit))
        for _ in self.teams:
            for (here, there), (price, moved) in moves.items():
                if here in far and far[here] + price < far.get(there, far[here] + price + 1):
                    far[there] = far[here] + price
                    came[there] = (here, moved)
        if not far:
            return False
        last = min(far, key=lambda team: (far[team] + self._one_more(team), self._place_of(team)))
        self._follow(came, last)
        return True

    def _one_more(self, team: int) -> int:
        """Loads are paid by their square, so the even spread is the cheapest."""
        return 2 * self.loads[team] + 1

    def _place_of(self, team: int) -> int:
        return self.teams.index(team)

    def _moves(self) -> dict[tuple[int, int], tuple[int, int]]:
        """The cheapest unit to move from one team to another, for every two teams."""
        found: dict[tuple[int, int], tuple[int, int]] = {}
        for unit, here in self.chosen.items():
            now = self.cost(unit, here) or 0
            for there in self.teams:
                price = None if there == here else self.cost(unit, there)
                if price is not None:
                    offer = (price - now, unit)
                    found[here, there] = min(found.get((here, there), offer), offer)
        return found

    def _follow(self, came: dict[int, tuple[int, int]], last: int) -> None:
        """Every unit on the way moves one team on."""
        self.loads[last] += 1
        while last != -1:
            before, unit = came[last]
            self.chosen[unit] = last
            last = before


def match(
    units: Iterable[int], teams: Sequence[int], *, cost: Cost, loads: dict[int, int]
) -> tuple[dict[int, int], list[int]]:
    """The team of every unit, and the units to which nobody may go."""
    matching = Matching(teams, cost, dict.fromkeys(teams, 0) | loads)
    nobody = [unit for unit in units if not matching.place(unit)]
    return matching.chosen, nobody
