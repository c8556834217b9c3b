"""How are units for a spot check drawn, so that nobody can steer it and anybody can repeat it?"""

import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from jixiao.access.action import action
from jixiao.access.actor import Actor
from jixiao.access.permissions import Permission
from jixiao.audit.trail import created
from jixiao.core.errors import RefusedError
from jixiao.org.models import Unit
from jixiao.visits import lots
from jixiao.visits.actions.teams import refuse_closed
from jixiao.visits.models import Draw, Round, Visit
from jixiao.visits.queries.draws import pool_of
from jixiao.visits.states import DrawState, RoundKind

FEWEST_DIGITS, MOST_DIGITS = 4, 12


@dataclass(frozen=True)
class DrawPlan:
    """What is drawn from: how many of each group, and who is left out for which reason."""

    name: str
    counts: Mapping[str, int]
    out: Mapping[int, str] = field(default_factory=dict)
    """Number of the unit → why it is not drawn from."""


@action(Permission.VISITS_PLAN)
def commit_draw(round_: Round, *, by: Actor, draw: DrawPlan) -> Draw:
    """公布抽取范围和种子摘要。种子由系统产生，抽取以前谁也看不到。"""
    refuse_closed(round_)
    if round_.kind != RoundKind.SPOT:
        raise RefusedError("只有平时抽查才抽取单位")
    if round_.draws.filter(state=DrawState.COMMITTED).exists():
        raise RefusedError("还有一次抽取没有进行，先抽完那一次")
    if not draw.name.strip():
        raise RefusedError("请写明这次抽取的名称", field="name")
    pool = pool_of(round_, draw.out)
    counts = {group: count for group, count in draw.counts.items() if count}
    _check_counts(pool, counts)
    name, seed = draw.name.strip(), secrets.token_hex(32)
    return Draw.objects.create(
        round=round_,
        name=name,
        pool=pool,
        counts=counts,
        seed=seed,
        commitment=lots.promise(seed, name=name, pool=pool, counts=counts),
        committed_by_id=by.signature(),
    )


def _check_counts(pool: list[dict[str, Any]], counts: Mapping[str, int]) -> None:
    if not counts or min(counts.values()) < 0:
        raise RefusedError("请写明各组抽几个", field="counts")
    for group, count in counts.items():
        there = sum(row["group"] == group and not row["out"] for row in pool)
        if count > there:
            raise RefusedError(f"{group}可抽的只有{there}个，抽不出{count}个", field="counts")


@action(Permission.VISITS_PLAN)
def draw_units(draw: Draw, *, by: Actor, word: str, witness: str) -> Draw:
    """当场抽取并公开种子。由公布摘要以外的另一人办理，见证人当场报一个数。"""
    if draw.state != DrawState.COMMITTED:
        raise RefusedError("这一次已经抽取过，结果不能改")
    refuse_closed(draw.round)
    if draw.committed_by_id == by.account_id:
        raise RefusedError("公布摘要和抽取要由两个人办理，请另一位同事抽取")
    draw.word = _number_said(word)
    draw.witness = witness.strip()
    if not draw.witness:
        raise RefusedError("请写明见证人", field="witness")
    found = lots.draw(draw.seed, draw.word, pool=draw.pool, counts=draw.counts)
    draw.drawn = [row["unit"] for row in found]
    draw.state = DrawState.DRAWN
    draw.drawn_at, draw.drawn_by_id = timezone.now(), by.signature()
    draw.save()
    _begin_visits(draw, found)
    return draw


def _number_said(word: str) -> str:
    digits = unicodedata.normalize("NFKC", word).strip()
    if not (digits.isascii() and digits.isdigit()):
        raise RefusedError("报数只写数字", field="word")
    if not FEWEST_DIGITS <= len(digits) <= MOST_DIGITS:
        raise RefusedError(f"报数要{FEWEST_DIGITS}到{MOST_DIGITS}位", field="word")
    return digits


def _begin_visits(draw: Draw, found: list[dict[str, Any]]) -> None:
    places = {row["unit"]: place for place, row in enumerate(draw.pool)}
    units = Unit.objects.in_bulk([row["unit"] for row in found])
    rows = [
        Visit(
            round=draw.round, draw=draw, unit=units[row["unit"]], name=row["name"],
            group=row["group"], order=places[row["unit"]],
        )
        for row in found
    ]  # fmt: skip
    for visit in Visit.objects.bulk_create(rows):
        created(visit)
