"""How does a rule of the county come into force? Written by one person, checked by another."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from jixiao.access.action import action
from jixiao.access.actor import Actor
from jixiao.access.permissions import Permission
from jixiao.consequences.drawing import RuleError
from jixiao.consequences.models import Measure
from jixiao.consequences.queries.known import newest_scheme
from jixiao.consequences.rules import kept, read_rule, words_of
from jixiao.consequences.states import MeasureState, Purpose
from jixiao.core.errors import RefusedError
from jixiao.org.states import EARLIEST
from jixiao.schemes.models import SchemeLine

LONGEST_NAME, LONGEST = 60, 8000
"""Characters of a name, and of a rule: a condition that needs more is not understood by those it concerns."""


@dataclass(frozen=True)
class MeasureText:
    """A rule as the county writes it: what for, how, by which document, from which day."""

    kind: Purpose
    text: str
    document: str
    since: date


@action(Permission.CONSEQUENCES_EDIT)
def write_measure(written: MeasureText, *, by: Actor, line: SchemeLine | None = None) -> Measure:
    """起草结果运用规定。写明条件、依据和施行日期，由另一位同事核准；办法里已有的不用再写。"""
    if not written.document.strip():
        raise RefusedError("请写明规定的文号", field="document")
    if written.since < EARLIEST:
        raise RefusedError("施行日期不对，请核对", field="since")
    if len(written.text) > LONGEST:
        raise RefusedError(f"规则最多{LONGEST}字，请分成几条", field="text")
    scheme = newest_scheme(line)
    if scheme is None:
        raise RefusedError("这个办法还没有发布的版本，发布以后再写", field="line")
    try:
        rule = read_rule(written.text, kind=written.kind)
        words_of(scheme, rule)
    except RuleError as error:
        raise RefusedError(str(error), field="text") from None
    if len(rule.name) > LONGEST_NAME:
        raise RefusedError(f"名称最多{LONGEST_NAME}个字", field="text")
    return Measure.objects.create(
        line=line,
        kind=written.kind,
        name=rule.name,
        rule=kept(rule),
        document=written.document.strip()[:60],
        since=written.since,
        written_by_id=by.signature(),
    )


@action(Permission.CONSEQUENCES_EDIT)
def approve_measure(measure: Measure, *, by: Actor) -> Measure:
    """核准结果运用规定。由起草以外的人对照文件核准；施行日期所在年度起的结果适用，不溯及以前。"""
    if measure.state != MeasureState.DRAFT:
        raise RefusedError(f"这条规定现在是“{measure.get_state_display()}”")
    if measure.written_by_id == by.account_id:
        raise RefusedError("起草和核准要由两个人办理，请另一位同事核准")
    same = Measure.objects.filter(
        line=measure.line_id, name=measure.name, state=MeasureState.IN_FORCE
    )
    if same.exists():
        raise RefusedError(f"同名的规定“{measure.name}”正在施行，请先停止原来的")
    measure.state = MeasureState.IN_FORCE
    measure.approved_at, measure.approved_by_id = timezone.now(), by.signature()
    measure.save()
    return measure


@action(Permission.CONSEQUENCES_EDIT)
def end_measure(measure: Measure, *, by: Actor, until: date, reason: str) -> Measure:
    """停止施行结果运用规定。写明到哪天为止和为什么；已开列的名单不变。没有核准的草稿也在这里作废。"""
    if measure.state == MeasureState.ENDED:
        raise RefusedError("这条规定已经停止施行")
    if not reason.strip():
        raise RefusedError("请写明原因", field="reason")
    if until < measure.since:
        raise RefusedError("不能早于施行日期", field="until")
    measure.state, measure.until = MeasureState.ENDED, until
    measure.ended_at, measure.ended_by_id = timezone.now(), by.signature()
    measure.save()
    return measure
