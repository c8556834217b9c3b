"""How is an objection decided: by whom, with which reason, and what does it put right?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils import timezone

from jixiao.access.action import action
from jixiao.access.actor import Actor
from jixiao.access.moves import Move
from jixiao.access.permissions import Permission
from jixiao.audit.trail import created
from jixiao.core.errors import RefusedError
from jixiao.core.words import day
from jixiao.notices.actions import Letter, send_notice
from jixiao.results.actions.applying import day_after
from jixiao.results.amended import Change, amended
from jixiao.results.models import Amendment, Review
from jixiao.results.pipeline import evaluate
from jixiao.results.queries.inputs import Input, inputs_of, item_of
from jixiao.results.queries.kept import reading
from jixiao.results.queries.review_ways import missing
from jixiao.results.result import Result
from jixiao.results.states import DECIDE, DECIDE_APPEAL, UPHELD, ReviewKind, ReviewState
from jixiao.scoring.scheme import SchemeError

LONGEST = {"text": 2000, "basis": 200}


@dataclass(frozen=True)
class Value:
    """A figure as it stands from now on: in which round and column, in ten-thousandths."""

    column: str
    value: int
    round: str = ""


@dataclass(frozen=True)
class Decision:
    """Upheld, in part or not, why, on what basis, and the figures that it puts right."""

    outcome: ReviewState
    text: str
    basis: str
    values: Sequence[Value] = ()


@action(Permission.REVIEW_DECIDE)
def decide_review(review: Review, *, by: Actor, decision: Decision) -> Review:
    """作出复核决定。由没有评这一项的人决定，写明理由和依据；成立的写出更正后的数，不得比原来更差。"""
    return _decide(review, DECIDE, by=by, decision=decision)


@action(Permission.RESULTS_APPROVE)
def register_appeal(review: Review, *, by: Actor, decision: Decision) -> Review:
    """登记申诉决定。绩效管理委员会的决定由作出复核决定以外的人登记，申诉决定是最终的。"""
    return _decide(review, DECIDE_APPEAL, by=by, decision=decision)


def _decide(review: Review, move: Move[ReviewState], *, by: Actor, decision: Decision) -> Review:
    is_appeal = review.kind == ReviewKind.APPEAL
    if is_appeal != (move == DECIDE_APPEAL):
        raise RefusedError("申诉由委员会决定后登记" if is_appeal else "这是复核，由县绩效办决定")
    if lacking := missing(move, review, by=by):
        raise RefusedError(f"不能{move.label}：{'；'.join(lacking)}")
    _check(decision)
    changed = _changed(review, decision)
    review.state, review.decision = decision.outcome, decision.text.strip()
    review.basis = decision.basis.strip()
    review.decided_at, review.decided_by_id = timezone.now(), by.signature()
    if not is_appeal:
        review.appeal_until = day_after(review.part.result.appeal_workdays)
    review.save()
    for each, value in changed:
        row = Amendment(review=review, round=each.round, column=each.field.column)
        row.before, row.after = each.value, value.value
        row.save()
        created(row)
    send_notice(_letter(review), by=replace(by, once=None), units=[review.part.unit])
    return review


def _check(decision: Decision) -> None:
    if decision.outcome not in (*UPHELD, ReviewState.REJECTED):
        raise RefusedError("请选成立、部分成立或不成立", field="outcome")
    for field, said, what in (
        ("text", decision.text, "理由"), ("basis", decision.basis, "依据"),
    ):  # fmt: skip
        if not said.strip():
            raise RefusedError(f"请写明{what}", field=field)
        if len(said.strip()) > LONGEST[field]:
            raise RefusedError(f"最多{LONGEST[field]}字", field=field)


def _changed(review: Review, decision: Decision) -> list[tuple[Input, Value]]:
    """The figures that become others, checked like everywhere; what stays the same is no change."""
    known = {each.cell: each for each in inputs_of(review.part, review.code)}
    found = []
    for value in decision.values:
        each = known.get((value.round, value.column))
        if each is None:
            raise RefusedError(f"这一项没有“{value.column}”这个数", field="values")
        if fault := each.field.fault(value.value):
            raise RefusedError(f"{each.label}：{fault}", field="values")
        if value.value != each.value:
            found.append((each, value))
    if decision.outcome == ReviewState.REJECTED:
        if found:
            raise RefusedError(
                "不成立的不更正数据；有数要改的，请选成立或部分成立", field="outcome"
            )
        return []
    _refuse_idle(review, is_idle=not found)
    _refuse_heavier(review, found)
    return found


def _refuse_idle(review: Review, *, is_idle: bool) -> None:
    """Upheld means that a figure becomes another; matters of bonus and penalty are put right at their own."""
    item = item_of(review.part, review.code) if review.code else None
    if is_idle and (item is None or item.events is None):
        raise RefusedError("成立的要写出更正后的数，否则重算不会变", field="values")


def _refuse_heavier(review: Review, found: Iterable[tuple[Input, Value]]) -> None:
    """不因申请复核而加重扣分: neither the mark nor the total nor the tier of the unit itself gets worse."""
    unit, old = review.part.name, reading(review.part.result).result
    changes = [Change(unit, each.round, each.field.column, value.value) for each, value in found]
    try:
        new = evaluate(old.scheme, amended(old.sheet, changes))
    except SchemeError as error:
        raise RefusedError(str(error), field="values") from None
    if worse := _worse(old, new, unit, review.code):
        raise RefusedError(
            f"按更正后的数，{worse}会比原来差；不因申请复核而加重扣分", field="values"
        )


def _worse(old: Result, new: Result, unit: str, code: str) -> str:
    """What would be worse for the unit, in words; empty where nothing is."""
    before, after = old.year[unit], new.year[unit]
    for name, words in ((f"mark:{code}", "这一项得分"), ("total", "总分")):
        was, now = before.get(name), after.get(name)
        if was is not None and (now is None or now < was):
            return words
    was, now = before.get("tier"), after.get("tier")
    return "等次" if was is not None and (now is None or now > was) else ""


def _letter(review: Review) -> Letter:
    """The unit hears that it was decided, and how it can go on; marks are not written into letters."""
    kind, about = review.get_kind_display(), f"{review.code} {review.item}".strip()
    until = (
        f"不服的，可以在{day(review.appeal_until)}（含当日）以前向县绩效管理委员会申诉。"
        if review.appeal_until and review.state != ReviewState.GRANTED
        else ""
    )
    again = "得分将据此重新计算，另行告知。" if review.state in UPHELD else ""
    return Letter(
        title=f"{review.part.result}{kind}决定：{review.item}"[:80],
        body=(
            f"贵单位对“{about}”的{kind}已作出决定：{review.get_state_display()}。"
            f"理由和依据见平台“得分等次”的“复核申诉”。{again}{until}"
        ),
    )
