"""What can be done with opinions and notices?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from jixiao.access.action import action
from jixiao.access.actor import Actor
from jixiao.access.permissions import Permission
from jixiao.audit.trail import created
from jixiao.core.errors import RefusedError
from jixiao.notices.models import Notice, Opinion, Receipt
from jixiao.notices.queries import is_of_own_unit, unit_of
from jixiao.notices.states import OpinionKind, OpinionState
from jixiao.org.models import Unit
from jixiao.periods.workdays import MissingYearError, is_workday


@action(Permission.OPINIONS_WRITE)
def write_opinion(
    text: str, *, by: Actor, kind: OpinionKind, page: str = "", hides_name: bool = True
) -> Opinion:
    """提意见建议。投诉、建议、问题都可以，县绩效办十个工作日内答复。"""
    if not text.strip():
        raise RefusedError("请写明内容", field="text")
    return Opinion.objects.create(
        kind=kind,
        text=text.strip(),
        page=page[:300] if url_has_allowed_host_and_scheme(page, None) else "",
        unit=unit_of(by),
        hides_name=hides_name,
        written_by_id=by.signature(),
    )


@action(Permission.OPINIONS_ANSWER)
def answer_opinion(opinion: Opinion, *, by: Actor, answer: str) -> Opinion:
    """答复意见建议。答复后提出人在首页看到。"""
    if opinion.state != OpinionState.WAITING:
        raise RefusedError("这条意见已经答复过，以第一次答复为准")
    if opinion.written_by_id == by.account_id:
        raise RefusedError("不能答复自己提的意见，请另一位同事办理")
    if not answer.strip():
        raise RefusedError("请写明答复", field="answer")
    opinion.state = OpinionState.ANSWERED
    opinion.answer = answer.strip()
    opinion.answered_at, opinion.answered_by_id = timezone.now(), by.signature()
    opinion.save()
    return opinion


@action(Permission.OPINIONS_WRITE)
def see_answer(opinion: Opinion, *, by: Actor) -> Opinion:
    """看到答复。提出人知道了，首页不再提示。"""
    if opinion.written_by_id != by.account_id or opinion.state == OpinionState.WAITING:
        raise RefusedError("只有提出人可以确认已看到答复")
    opinion.seen_at = opinion.seen_at or timezone.now()
    opinion.save()
    return opinion


@action(Permission.OPINIONS_ANSWER)
def publish_opinion(opinion: Opinion, *, by: Actor) -> Opinion:
    """公开意见和答复。所有人可以看，按提出人的意愿隐去姓名和单位。"""
    if opinion.state != OpinionState.ANSWERED:
        raise RefusedError("先答复，才能公开")
    opinion.state = OpinionState.PUBLISHED
    opinion.published_at, opinion.published_by_id = timezone.now(), by.signature()
    opinion.save()
    return opinion


@action(Permission.OPINIONS_ANSWER)
def withdraw_opinion(opinion: Opinion, *, by: Actor, reason: str) -> Opinion:
    """不再公开。内容涉及隐私等情况时收回，提出人仍能看到答复。"""
    if opinion.state != OpinionState.PUBLISHED:
        raise RefusedError("这条意见没有公开")
    opinion.state = OpinionState.ANSWERED
    opinion.save()
    return opinion


@dataclass(frozen=True)
class Letter:
    """What a notice says and asks."""

    title: str
    body: str
    due_on: date | None = None
    needs_sign: bool = True


@action(Permission.NOTICES_SEND)
def send_notice(letter: Letter, *, by: Actor, units: Sequence[Unit]) -> Notice:
    """给单位发通知。需要签收的写明期限，期限不能是节假日。"""
    if not units:
        raise RefusedError("请选择发给哪些单位", field="units")
    if letter.due_on:
        _refuse_due(letter)
    notice = Notice.objects.create(
        title=letter.title,
        body=letter.body,
        due_on=letter.due_on,
        needs_sign=letter.needs_sign,
        sent_by_id=by.signature(),
    )
    created(notice)
    for unit in units:
        created(Receipt.objects.create(notice=notice, unit=unit))
    return notice


def _refuse_due(letter: Letter) -> None:
    due = letter.due_on or timezone.localdate()
    if not letter.needs_sign:
        raise RefusedError("有期限的通知需要签收", field="needs_sign")
    if due < timezone.localdate():
        raise RefusedError("期限不能早于今天", field="due_on")
    try:
        works = is_workday(due)
    except MissingYearError:
        return  # a year nobody entered yet: the sender knows better
    if not works:
        raise RefusedError(f"{due:%Y-%m-%d} 放假，请改为工作日", field="due_on")


@action(Permission.NOTICES_SEE)
def read_notice(receipt: Receipt, *, by: Actor) -> Receipt:
    """阅读通知。本单位的人第一次打开时记下单位已读。"""
    if not is_of_own_unit(receipt, by):
        raise RefusedError("本单位的人打开才算已读")
    if not receipt.read_at:
        receipt.read_at, receipt.read_by_id = timezone.now(), by.signature()
        receipt.save()
    return receipt


@action(Permission.NOTICES_SIGN)
def acknowledge(receipt: Receipt, *, by: Actor) -> Receipt:
    """签收通知。代表本单位确认收到并知道要做什么。"""
    if not receipt.notice.needs_sign:
        raise RefusedError("这份通知不需要签收")
    if receipt.acknowledged_at:
        raise RefusedError("本单位已经签收，以第一次为准")
    now = timezone.now()
    if not receipt.read_at:
        receipt.read_at, receipt.read_by_id = now, by.signature()
    receipt.acknowledged_at, receipt.acknowledged_by_id = now, by.signature()
    receipt.save()
    return receipt
