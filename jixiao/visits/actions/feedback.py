"""How do both sides stand behind what was found, and when does a visit close?

The unit is told everything face to face, says what it thinks, and both sides confirm. When two of
the team and one of the unit have, the visit closes by itself and its findings' deadlines begin.
"""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from django.utils import timezone

from jixiao.access.action import action
from jixiao.access.actor import Actor
from jixiao.access.moves import Move
from jixiao.access.permissions import ROLES, Permission
from jixiao.audit.trail import created, watch
from jixiao.core.errors import RefusedError
from jixiao.periods.workdays import MissingYearError, span
from jixiao.rectification.actions.telling import tell_cases
from jixiao.visits.actions.records import require_seat
from jixiao.visits.models import Confirmation, Visit
from jixiao.visits.queries.feedback import (
    lacking_team,
    lacking_to_close,
    lacking_to_feed_back,
    lacking_unit,
    noted_cases,
    standing,
    team_names,
)
from jixiao.visits.signing import stroke_fault
from jixiao.visits.states import CLOSE, FEED_BACK, TAKE_BACK, Manner, Side, VisitState

UNSIGNED_AFTER = 5
"""Working days that a unit has before the office closes a visit without its signature."""


@dataclass(frozen=True)
class Signed:
    """How somebody of one side confirms, as the device sends it; ``key`` is made by the device."""

    key: UUID
    side: Side
    person_name: str
    manner: Manner
    post: str = ""
    strokes: list[list[list[int]]] = field(default_factory=list)
    agrees: bool = True
    view: str = ""
    made_at: datetime | None = None


@action(Permission.VISITS_RECORD)
def feed_back(visit: Visit, *, by: Actor) -> Visit:
    """与单位当面反馈。现场记录齐全、没有不一致，问题写明事实、意见和期限，单位从此看得到全部记录。"""
    require_seat(visit, by)
    _require(visit, FEED_BACK)
    if lacking := lacking_to_feed_back(visit):
        raise RefusedError(f"还差{len(lacking)}项，不能反馈：{'；'.join(lacking)}")
    visit.fed_back_at, visit.fed_back_by_id = timezone.now(), by.signature()
    visit.state = FEED_BACK.target
    visit.save()
    return visit


@action(Permission.VISITS_RECORD)
def take_back(visit: Visit, *, by: Actor, reason: str) -> Visit:
    """退回修改记录。写明原因；已经给出的确认全部失效，改完以后重新反馈、重新确认。"""
    require_seat(visit, by)
    _require(visit, TAKE_BACK)
    if not reason.strip():
        raise RefusedError("请写明为什么退回修改", field="reason")
    for each in standing(visit):
        watch(each)
        each.is_void = True
        each.save()
    visit.fed_back_at = visit.fed_back_by = None
    visit.state = TAKE_BACK.target
    visit.save()
    return visit


@action(Permission.VISITS_RECORD)
def confirm(visit: Visit, *, by: Actor, signed: Signed) -> Confirmation:
    """在评估组的设备上确认反馈。评估员用本人账号或手写签名，单位手写签名，双方齐了就办结。"""
    require_seat(visit, by)
    if before := Confirmation.objects.filter(key=signed.key).first():
        if before.visit_id != visit.pk:
            raise RefusedError("这个确认编号属于另一次现场评估")
        return before
    _check_signer(visit, signed, by=by)
    if signed.manner == Manner.SIGNATURE and (fault := stroke_fault(signed.strokes)):
        raise RefusedError(fault, field="strokes")
    if signed.manner == Manner.ACCOUNT and signed.strokes:
        raise RefusedError("用本人账号确认的不用签名", field="strokes")
    return _confirmed(visit, signed, by=by)


@action(Permission.VISITS_CONFIRM)
def confirm_for_unit(visit: Visit, *, by: Actor, agrees: bool, view: str = "") -> Confirmation:
    """代表本单位确认反馈。看过得分、理由和问题以后确认；有不同意见的写明意见，一样可以确认。"""
    signed = Signed(
        uuid4(), Side.UNIT, by.name, Manner.ACCOUNT, _post(visit, by), agrees=agrees, view=view
    )
    return _confirmed(visit, signed, by=by)


@action(Permission.VISITS_RECORD)
def close_visit(visit: Visit, *, by: Actor) -> Visit:
    """办结现场评估。双方都已确认，只因缺节假日安排没有自动办结的，补上以后在这里办结。"""
    require_seat(visit, by)
    _require(visit, CLOSE)
    if lacking := lacking_to_close(visit):
        raise RefusedError("；".join(lacking))
    return _closed_or_refused(visit, by=by)


@action(Permission.VISITS_PLAN)
def close_unsigned(visit: Visit, *, by: Actor, reason: str, witness: str) -> Visit:
    """单位未签字办结。反馈满五个工作日单位仍不签字的，写明原因和见证人；单位仍可另提意见。"""
    _require(visit, CLOSE)
    _refuse_unsigned(visit, by=by, reason=reason, witness=witness)
    created(
        Confirmation.objects.create(
            visit=visit, key=uuid4(), side=Side.UNIT, person_name=witness.strip(), post="见证人",
            manner=Manner.WITNESSED, agrees=False, view=reason.strip(),
            confirmed_at=timezone.now(), confirmed_by_id=by.signature(),
        )
    )  # fmt: skip
    return _closed_or_refused(visit, by=by)


def _refuse_unsigned(visit: Visit, *, by: Actor, reason: str, witness: str) -> None:
    given = standing(visit)
    if not lacking_unit(given):
        raise RefusedError("单位已经确认，不用再记未签字")
    if lacking := lacking_team(visit, given):
        raise RefusedError("；".join(lacking))
    if visit.team and visit.team.seats.filter(person__account=by.account_id).exists():
        raise RefusedError("请由没有参加这次评估的同事办理")
    waited = span(timezone.localdate(visit.fed_back_at), timezone.localdate())
    if waited.days < UNSIGNED_AFTER:
        raise RefusedError(f"反馈后满{UNSIGNED_AFTER}个工作日才能这样办结，现在才{waited.words}")
    if not reason.strip():
        raise RefusedError("请写明单位为什么没有签字", field="reason")
    if not witness.strip() or witness.strip() == by.name:
        raise RefusedError("请写明见证人，不能是经办人自己", field="witness")
    _refuse_long({"reason": (reason, 1_000), "witness": (witness, 40)})


def _require(visit: Visit, move: Move[VisitState]) -> None:
    if visit.state not in move.origin:
        raise RefusedError(
            f"{visit.name}的现场评估{visit.get_state_display()}，不能“{move.label}”，请刷新页面"
        )


def _check_signer(visit: Visit, signed: Signed, *, by: Actor) -> None:
    """Whether this person can confirm for this side on this device."""
    if signed.side == Side.UNIT:
        if signed.manner != Manner.SIGNATURE:
            raise RefusedError("单位在评估组的设备上只能手写签名；用本人账号的请单位自己登录")
        return
    if signed.manner == Manner.WITNESSED:
        raise RefusedError("评估组不能用见证代替确认")
    if not signed.agrees:
        raise RefusedError("评估组内有不同意见的，请先退回修改记录", field="agrees")
    names = team_names(visit)
    if signed.manner == Manner.ACCOUNT and visit.team:
        names = {
            each.person.name for each in visit.team.seats.filter(person__account=by.account_id)
        }
    if signed.person_name not in names:
        raise RefusedError(f"“{signed.person_name}”不能这样代表评估组确认", field="person_name")


def _confirmed(visit: Visit, signed: Signed, *, by: Actor) -> Confirmation:
    """Keep it; where it was the last one missing, the visit closes."""
    _require(visit, CLOSE)
    _check_words(signed)
    name = signed.person_name.strip()
    if any((each.side, each.person_name) == (signed.side, name) for each in standing(visit)):
        raise RefusedError(f"{name}已经确认过，以第一次为准")
    made = Confirmation.objects.create(
        visit=visit, key=signed.key, side=signed.side, person_name=name, post=signed.post.strip(),
        manner=signed.manner, strokes=signed.strokes, agrees=signed.agrees,
        view=signed.view.strip(), confirmed_at=_moment(signed.made_at),
        confirmed_by_id=by.signature(),
    )  # fmt: skip
    if not lacking_to_close(visit):
        _close(visit, by=by)
    return made


def _check_words(signed: Signed) -> None:
    if not signed.person_name.strip():
        raise RefusedError("请写明姓名", field="person_name")
    if not signed.agrees and not signed.view.strip():
        raise RefusedError("不同意的请写明意见", field="view")
    _refuse_long({
        "person_name": (signed.person_name, 40), "post": (signed.post, 40),
        "view": (signed.view, 1_000),
    })  # fmt: skip


def _refuse_long(texts: dict[str, tuple[str, int]]) -> None:
    for name, (text, most) in texts.items():
        if len(text.strip()) > most:
            raise RefusedError(f"最多{most}字，现在{len(text.strip())}字", field=name)


def _moment(said: datetime | None) -> datetime:
    """When the device says it was; a clock that runs ahead does not reach into the future."""
    now = timezone.now()
    if said is None:
        return now
    return min(said if timezone.is_aware(said) else timezone.make_aware(said), now)


def _post(visit: Visit, by: Actor) -> str:
    """As what somebody stands for the unit."""
    if by.acting_for:
        return f"代{by.acting_for}"[:40]
    place = visit.place()
    roles = [each.role for each in by.held if each.reaches(place)]
    may = [each.label for each in roles if Permission.VISITS_CONFIRM in ROLES[each].permissions]
    return next(iter(may), "")


def _close(visit: Visit, *, by: Actor) -> str:
    """Close and tell the findings; what is in the way where a deadline cannot be worked out."""
    try:
        tell_cases(noted_cases(visit), by=by)
    except MissingYearError as gap:
        return str(gap)
    visit.closed_at, visit.closed_by_id = timezone.now(), by.signature()
    visit.state = CLOSE.target
    visit.save()
    return ""


def _closed_or_refused(visit: Visit, *, by: Actor) -> Visit:
    if gap := _close(visit, by=by):
        raise RefusedError(f"{gap}，再来办结")
    return visit
