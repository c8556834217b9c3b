"""Who is visited today, and how far have the rounds under way come?"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from jixiao.visits.models import Visit
from jixiao.visits.states import OPEN_VISITS, RoundState, VisitState


@dataclass(frozen=True)
class Going:
    """A round under way, in numbers."""

    number: int
    name: str
    units: int
    done: int
    late: int
    """Their day is over, and both sides have not confirmed."""


@dataclass(frozen=True)
class OnSite:
    """What the county's home pages tell of assessment on site."""

    rounds: list[Going]
    """The one with most units first."""
    today: list[Visit]

    @property
    def main(self) -> Going | None:
        """The round of which a heading speaks."""
        return self.rounds[0] if self.rounds else None


def on_site(today: date) -> OnSite:
    """Every round under way; one query, a light row a visit."""
    under_way = Visit.objects.filter(round__state=RoundState.OPEN)
    rows = list(
        under_way.exclude(state=VisitState.EXCUSED)
        .select_related("round", "team")
        .only("name", "on", "starts", "ends", "state", "order", "round__name", "team__name")
        .order_by("starts", "team", "order")
    )
    found: dict[int, list[Visit]] = {}
    for each in rows:
        found.setdefault(each.round_id, []).append(each)
    rounds = [_going(visits, today) for visits in found.values()]
    return OnSite(
        sorted(rounds, key=lambda each: -each.units), [each for each in rows if each.on == today]
    )


def _going(visits: Collection[Visit], today: date) -> Going:
    round_ = next(iter(visits)).round
    late = sum(
        each.state in OPEN_VISITS and each.on is not None and each.on < today for each in visits
    )
    done = sum(each.state == VisitState.CLOSED for each in visits)
    return Going(round_.pk, round_.name, len(visits), done, late)
