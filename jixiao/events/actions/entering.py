"""How does a matter come in: applied for by its unit, registered by the office, read from a table?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated

from django.core.files.base import ContentFile
from pydantic import Field

from jixiao.access.action import action
from jixiao.access.actor import Actor, Place
from jixiao.access.permissions import Permission
from jixiao.audit.trail import created
from jixiao.core.errors import RefusedError
from jixiao.core.uploads import SUFFIXES, checked
from jixiao.core.words import day
from jixiao.events.actions.steps import step, written
from jixiao.events.models import Evidence, Matter
from jixiao.events.queries.proof import event_items
from jixiao.events.register import read_register
from jixiao.events.states import LIVE, MatterState, StepKind
from jixiao.notices.actions import Letter, send_notice
from jixiao.org.models import Unit
from jixiao.rectification.actions import Handed
from jixiao.schemes.models import SchemeVersion
from jixiao.schemes.states import State
from jixiao.scoring.events import Event
from jixiao.visits.queries.rounds import scheme_units, task_book
from jixiao.workbooks.problems import TableError

MOST_FILES = 5
MOST_PROBLEMS = 200
TIMES, SHARE = Decimal("0.01"), Decimal("0.0001")
"""How finely times and shares are kept."""


@dataclass(frozen=True)
class Said:
    """What happened, at which level and in which grade, and by which document."""

    code: str
    matter: Annotated[str, Field(max_length=120)]
    level: str
    grade: str = ""
    times: Decimal = Decimal(1)
    share: Decimal = Decimal(1)
    on: date | None = None
    document: Annotated[str, Field(max_length=80)] = ""
    round: str = ""


@action(Permission.EVENTS_APPLY)
def apply_matter(
    unit: Unit, *, by: Actor, scheme: SchemeVersion, said: Said, files: Sequence[Handed] = ()
) -> Matter:
    """申报加分、登记扣分。写明事项、级别、依据文件；材料有就附，不强求。扣分由县绩效办登记，并告知单位。"""
    names = {each.pk: name for each, name, _ in scheme_units(scheme)}
    if unit.pk not in names:
        raise RefusedError(f"{unit}不在这个办法里", field="unit")
    if len(files) > MOST_FILES:
        raise RefusedError(f"一次最多附{MOST_FILES}份材料", field="files")
    kept = [checked(each.name, content=each.content) for each in files]
    matter = _enter(Matter(version_of=scheme, unit=unit), said, by=by, name=names[unit.pk])
    for each in kept:
        file = ContentFile(each.content, name=f"{each.digest[-24:]}{SUFFIXES[each.media]}")
        created(
            Evidence.objects.create(
                matter=matter, file=file, name=each.name, media=each.media, size=each.size,
                digest=each.digest,
            )
        )  # fmt: skip
    if matter.is_penalty:
        _tell(matter, by)
    return matter


@action(Permission.EVENTS_APPLY)
def change_matter(matter: Matter, *, by: Actor, said: Said) -> Matter:
    """更正内容。核对以前可以改；核对过的要先退回。"""
    if matter.state != MatterState.APPLIED:
        raise RefusedError(f"现在是“{matter.get_state_display()}”，要改请县绩效办先退回")
    if matter.is_penalty:
        by.require(Permission.EVENTS_EDIT, Place())
    names = {each.pk: name for each, name, _ in scheme_units(matter.version_of)}
    before = f"原为：{matter.matter}，{matter.label}，{matter.document or '没有文号'}"
    _fill(matter, said, by=by, name=names.get(matter.unit_id, ""))
    matter.save()
    step(matter, StepKind.CHANGE, by=by, text=before)
    return matter


@action(Permission.EVENTS_APPLY)
def answer_matter(matter: Matter, *, by: Actor, text: str) -> Matter:
    """单位说明。对登记的扣分、公示的异议，单位可以说明情况，留在经过里。"""
    if matter.state not in LIVE:
        raise RefusedError(f"这件事项{matter.get_state_display()}，不用再说明")
    step(matter, StepKind.ANSWER, by=by, text=written(text, "要说明的情况"))
    return matter


@action(Permission.EVENTS_EDIT)
def import_matters(scheme: SchemeVersion, *, by: Actor, content: bytes) -> list[Matter]:
    """导入加扣分事项。一张表登记多件，有一处不对就一件也不登记；公示和签批仍在平台上办。"""
    _refuse_unpublished(scheme)
    units = {name: unit for unit, name, _ in scheme_units(scheme)}
    try:
        found = read_register(task_book(scheme).layout, content)
    except TableError as error:
        told = "\n".join(map(str, error.problems[:MOST_PROBLEMS]))
        raise RefusedError(told, field="file") from None
    _refuse_known(scheme, found, units)
    made = [
        _enter(Matter(version_of=scheme, unit=units[each.unit]), _as_said(each), by=by, name=each.unit)
        for each in found
    ]  # fmt: skip
    for each in filter(lambda row: row.is_penalty, made):
        _tell(each, by)
    return made


def _as_said(event: Event) -> Said:
    times, share = (
        Decimal(each.numerator) / Decimal(each.denominator) for each in (event.times, event.share)
    )
    return Said(
        event.item, event.matter, event.level, event.grade, times, share, event.on,
        event.document, event.round,
    )  # fmt: skip


def _refuse_known(scheme: SchemeVersion, found: Sequence[Event], units: dict[str, Unit]) -> None:
    rows = Matter.objects.live().of_year(scheme)
    known = set(rows.values_list("unit", "code", "matter", "level", "document", "on"))
    again, seen = [], set()
    for each in found:
        key = (each.item, each.matter, each.level, each.document, each.on)
        if (units[each.unit].pk, *key) in known or (each.unit, *key) in seen:
            again.append(f"{each.unit}“{each.matter}”")
        seen.add((each.unit, *key))
    if again:
        shown = "、".join(dict.fromkeys(again[:20]))
        raise RefusedError(f"已经登记过，或表里写了两遍：{shown}", field="file")


def _refuse_unpublished(scheme: SchemeVersion) -> None:
    if scheme.state != State.PUBLISHED:
        raise RefusedError(f"只能按已发布的办法登记；这一版是{scheme.get_state_display()}")


def _enter(matter: Matter, said: Said, *, by: Actor, name: str) -> Matter:
    _refuse_unpublished(matter.version_of)
    _fill(matter, said, by=by, name=name)
    matter.applied_by_id = by.signature()
    matter.save()
    created(matter)
    step(matter, StepKind.APPLY, by=by, text=matter.document)
    return matter


def _fill(matter: Matter, told: Said, *, by: Actor, name: str) -> None:
    """What was said, after the scheme agrees with every part of it."""
    item = event_items(matter.version_of).get(told.code)
    layout = task_book(matter.version_of).layout
    if item is None or item.events is None or told.level not in item.events.levels:
        raise RefusedError("办法的加扣分表里没有这个项目和级别", field="level")
    if item.code not in {each.code for each in layout.items.get(name, ())}:
        raise RefusedError(f"“{item.name}”不适用于{name or matter.unit}", field="level")
    if told.grade and told.grade not in item.events.classes:
        raise RefusedError(f"“{item.name}”没有“{told.grade}”", field="grade")
    if told.round not in {"", *(each.code for each in layout.scheme.rounds)}:
        raise RefusedError("办法里没有这一轮", field="round")
    matter.is_penalty = item.events.levels[told.level] < 0
    if matter.is_penalty:
        by.require(Permission.EVENTS_EDIT, Place())
    _check_portions(told)
    _refuse_long(told)
    matter.matter = written(told.matter, "事项", "matter")
    matter.code, matter.item, matter.level = item.code, item.name[:60], told.level
    matter.grade, matter.on, matter.round = told.grade, told.on, told.round
    matter.times, matter.share = told.times, told.share
    matter.document = told.document.strip()


def _check_portions(told: Said) -> None:
    if not 0 < told.times < 10**6 or told.times != told.times.quantize(TIMES):
        raise RefusedError("次数要大于0，最多两位小数", field="times")
    if not 0 < told.share <= 1 or told.share != told.share.quantize(SHARE):
        raise RefusedError("分担比例大于0、不超过1，最多四位小数", field="share")


def _refuse_long(told: Said) -> None:
    """A table is read without limits; forms and programs are held to them before."""
    for name, label, most in (("matter", "事项", 120), ("document", "文号", 80)):
        if len(getattr(told, name)) > most:
            raise RefusedError(f"{label}最多{most}字：{getattr(told, name)[:20]}……", field=name)


def _tell(matter: Matter, by: Actor) -> None:
    """The unit learns of a penalty when it is registered, before anybody decides on it."""
    basis = f"，依据{matter.document}" if matter.document else ""
    when = f"（{day(matter.on)}）" if matter.on else ""
    body = (
        f"县绩效办登记了扣分事项：{matter.matter}{when}，{matter.item}“{matter.label}”{basis}。"
        "还没有核对，不是结论。有不同意见的，请在“加扣分”里打开这件事项写明情况。"
    )
    send_notice(Letter(f"扣分事项：{matter.matter}"[:80], body), by=by, units=[matter.unit])
