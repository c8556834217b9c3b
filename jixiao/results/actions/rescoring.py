"""How does an upheld objection become a new run? The old one is never touched."""

from collections.abc import Collection

from jixiao.access.action import action
from jixiao.access.actor import Actor
from jixiao.access.permissions import Permission
from jixiao.audit.trail import created
from jixiao.core.errors import RefusedError
from jixiao.results.actions.scoring import keep, lead_to
from jixiao.results.amended import amended
from jixiao.results.models import Amendment, ResultRound, ResultUnit, SealedResult
from jixiao.results.pipeline import evaluate
from jixiao.results.queries.kept import reading
from jixiao.results.queries.reviews import amendments, changes_of
from jixiao.results.result import to_bytes
from jixiao.results.states import CURRENT, ResultState

LONGEST = 300


@action(Permission.RESULTS_EDIT)
def rescore(result: SealedResult, *, by: Actor) -> SealedResult:
    """按复核决定重算。原结果的办法不动，只把成立的复核更正的数放进记分表；原结果留存，重算的另走审核、告知。"""
    found = list(amendments(result.subject, only_waiting=True))
    _refuse(result, found)
    parts = list(result.units.select_related("unit"))
    names = {each.unit_id: each.name for each in parts}
    old = reading(result)
    if not old.is_confirmed:
        raise RefusedError("按现在的计算程序已重算不出原来的得分，请先用原程序核对，再决定怎样更正")
    new = evaluate(old.result.scheme, amended(old.result.sheet, changes_of(found, names)))
    made = keep(_follower(result, found, by=by), new, sealed=to_bytes(new), units=_copied(parts))
    for row in result.rounds.all():
        created(ResultRound.objects.create(result=made, round_id=row.round_id))
    lead_to(made)
    return made


def _refuse(result: SealedResult, found: Collection[Amendment]) -> None:
    if result.state not in CURRENT:
        raise RefusedError(f"从已告知、没有被取代的结果重算；这一份{result.get_state_display()}")
    drafts = result.followers.filter(state__in=(ResultState.DRAFT, ResultState.REVIEWED))
    if (draft := drafts.first()) is not None:
        raise RefusedError(f"{draft.number}重算还没有告知，请先作废，再把成立的复核合在一起重算")
    newer = SealedResult.objects.of(result.subject).filter(state__in=CURRENT, pk__gt=result.pk)
    if (newest := newer.light().first()) is not None:
        raise RefusedError(f"请从最近告知的{newest.number}重算")
    if not found:
        raise RefusedError("没有成立而还没有重算的复核")


def _follower(result: SealedResult, found: Collection[Amendment], *, by: Actor) -> SealedResult:
    about = {each.review_id: each.review for each in found}.values()
    said = "、".join(f"{each.part.name}{each.code or each.item}" for each in about)
    return SealedResult(
        line=result.line, scheme_version=result.scheme_version, year=result.year,
        round_name=result.round_name, through=result.through, loaded_by_id=by.signature(),
        follows=result, reason=f"复核成立：{said}"[:LONGEST],
    )  # fmt: skip


def _copied(parts: Collection[ResultUnit]) -> list[ResultUnit]:
    return [ResultUnit(unit=each.unit, name=each.name, group=each.group) for each in parts]
