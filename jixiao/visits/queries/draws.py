"""From which units may be drawn, which draws were there, and what of them is public?"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from jixiao.access.actor import Actor
from jixiao.access.permissions import Permission
from jixiao.core.errors import RefusedError
from jixiao.visits import lots
from jixiao.visits.models import Draw, Round
from jixiao.visits.queries.rounds import scheme_units
from jixiao.visits.states import DrawState

DrawRow = Draw
"""What the pages get."""
ALREADY = "已在本轮之中"


def draws(round_: Round) -> QuerySet[Draw]:
    """Every draw of a round, the latest first; none of them can be taken back."""
    return round_.draws.select_related("committed_by", "drawn_by", "round__version_of__line")


def draw(pk: int) -> Draw | None:
    """One draw."""
    found = Draw.objects.select_related("committed_by", "drawn_by", "round__version_of__line")
    return found.filter(pk=pk).first()


def pool_of(round_: Round, out: Mapping[int, str]) -> list[dict[str, Any]]:
    """The scheme's units in its order; who is already in the round, or left out, says so."""
    there = set(round_.visits.values_list("unit_id", flat=True))
    return [
        {
            "unit": unit.pk,
            "name": name,
            "group": group,
            "out": ALREADY if unit.pk in there else out.get(unit.pk, "").strip(),
        }
        for unit, name, group in scheme_units(round_.version_of)
    ]


def published(draw: Draw) -> str:
    """Everything that is public of a draw, as a file that anybody can check; no seed before the draw."""
    is_drawn = draw.state == DrawState.DRAWN
    names = {row["unit"]: row["name"] for row in draw.pool}
    return lots.sealed({
        "format": lots.FORMAT,
        "round": str(draw.round),
        "name": draw.name,
        "pool": draw.pool,
        "counts": draw.counts,
        "commitment": draw.commitment,
        "committed_at": _instant(draw.committed_at),
        "committed_by": draw.committed_by.name,
        "seed": draw.seed if is_drawn else "",
        "word": draw.word,
        "witness": draw.witness,
        "drawn": [names[each] for each in draw.drawn],
        "drawn_at": _instant(draw.drawn_at),
        "drawn_by": draw.drawn_by.name if draw.drawn_by else "",
    })  # fmt: skip


def _instant(at: datetime | None) -> str:
    """The same whenever it is written."""
    return timezone.localtime(at).isoformat(timespec="seconds") if at else ""


def ranking(draw: Draw) -> list[dict[str, Any]]:
    """Those drawn with the digests that decided."""
    if draw.state != DrawState.DRAWN:
        return []
    return lots.draw(draw.seed, draw.word, pool=draw.pool, counts=draw.counts)


def sizes(draw: Draw) -> list[tuple[str, int, int]]:
    """Each group: how many are drawn, of how many."""
    return [
        (group, count, sum(row["group"] == group and not row["out"] for row in draw.pool))
        for group, count in draw.counts.items()
    ]


def left_out(draw: Draw) -> list[dict[str, Any]]:
    """Who is not drawn from, and why."""
    return [row for row in draw.pool if row["out"]]


def pool(round_: Round) -> list[dict[str, Any]]:
    """Whom a draw can be made from now; nobody where the scheme's names are not in the books."""
    try:
        return pool_of(round_, {})
    except RefusedError:
        return []


def may_draw(draw: Draw, actor: Actor) -> bool:
    """Whether this person may draw now: a planner, but not the one who promised."""
    is_other = draw.committed_by_id != actor.account_id
    is_waiting = draw.state == DrawState.COMMITTED
    return is_waiting and is_other and actor.may(Permission.VISITS_PLAN)
