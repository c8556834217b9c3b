"""Which matters has the example county? Awards and criticisms on every step of their way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F

from jixiao.access.actor import Actor
from jixiao.core.words import day
from jixiao.events.actions import (
    Said,
    SignOff,
    answer_matter,
    apply_matter,
    check_matter,
    file_signature,
    put_on_notice,
    raise_objection,
    reject_matter,
    sign_matter,
)
from jixiao.events.models import Matter
from jixiao.events.states import StepKind
from jixiao.schemes.models import SchemeVersion
from jixiao.visits.queries.rounds import scheme_units

DATED = ("applied_at", "checked_at", "noticed_at", "notice_from", "notice_until")


@dataclass(frozen=True)
class Hands:
    """Who acts: the office, its head, the leader who signs, the units' liaisons."""

    office: Actor
    head: Actor
    leader: Actor
    units: Mapping[int, Actor]


@dataclass(frozen=True)
class Tale:
    """One matter: of which unit, what, so many days ago, and how far it has come."""

    unit: str
    said: Said
    ago: int = 0
    way: tuple[str, ...] = ()


def _award(matter: str, level: str, document: str, code: str = "6.1", grade: str = "") -> Said:
    return Said(code, matter, level, grade, document=document)


def this_year(year: int) -> Sequence[Tale]:
    """For the assessment of organization work, as of today."""
    number = f"〔{year}〕"
    blame = Said("6.2", "督查通报整改不到位", "县级", document=f"清督{number}14号")
    return (
        Tale("云溪镇", _award("基层治理创新案例", "市级", f"市委办{number}31号"), 2, ("check", "notice")),
        Tale("双井镇", _award("档案工作先进集体", "市级", f"市档发{number}9号"), 3, ("check", "notice", "object")),
        Tale("教育局", _award("政务公开先进单位", "省级", f"省政办{number}22号"), 20, ("check", "notice", "sign")),
        Tale("河口镇", _award("绩效管理优秀案例", "市级", f"市绩办{number}5号"), 1),
        Tale("司法局", _award("法治宣传先进集体", "市级", f"市普法组{number}3号"), 12, ("reject",)),
        Tale("商务局", blame, 8, ("answer", "check")),
    )  # fmt: skip


def last_year(year: int) -> Sequence[Tale]:
    """For the composite appraisal of the year before, all settled but one."""
    number, done = f"〔{year}〕", ("check", "notice", "sign")
    peace = "平安建设"
    return (
        Tale("河口镇", _award(peace, "省委省政府", f"省委{number}18号", "加1"), 90, done),
        Tale("河口镇", _award(peace, "省两办", f"省委办{number}40号", "加1"), 90, done),
        Tale("教育局", _award("义务教育优质均衡发展", "国家部委", f"教基{number}11号", "加1", "第二等次"), 80, done),
        Tale("公安局", _award("全国公安机关爱民模范集体", "国家部委", f"公政治{number}77号", "加1"), 70, ("check", "notice", "paper")),
        Tale("林业局", _award("国土绿化先进集体", "省两办", f"省绿委办{number}6号", "加1"), 60, ("check", "notice")),
        Tale("统计局", Said("扣1", "两次未按要求采集数据", "数据采集不严", document=f"清绩办{number}19号"), 75, ("check",)),
        Tale("水利局", Said("扣1", "项目进度滞后", "市级通报批评", document=f"市政督{number}8号"), 85, ("answer", "check")),
    )  # fmt: skip


def load_example(
    tales: Sequence[Tale], *, version: SchemeVersion, hands: Hands, today: date
) -> None:
    """Enter the matters by the same actions as a real county, then put their days where they belong."""
    units = {name: unit for unit, name, _ in scheme_units(version)}
    for tale in tales:
        unit = units[tale.unit]
        own = hands.units.get(unit.pk)
        is_bonus = "notice" in tale.way or tale.said.code in ("6.1", "加1")
        first = own if own and is_bonus else hands.office
        on = today - timedelta(tale.ago + 7)
        said = Said(**{**vars(tale.said), "on": min(on, date(version.year, 12, 20))})
        row = apply_matter(unit, by=first, scheme=version, said=said)
        for name in tale.way:
            row = _move(row, name, tale, hands, today)
        if "notice" not in tale.way:
            _earlier(row, tale.ago)


def _move(row: Matter, name: str, tale: Tale, hands: Hands, today: date) -> Matter:
    checker = hands.head if row.applied_by_id == hands.office.account_id else hands.office
    match name:
        case "check":
            return check_matter(row, by=checker, text="核对了原文件。")
        case "notice":
            return _earlier(put_on_notice(row, by=hands.office), tale.ago)
        case "sign":
            return sign_matter(row, by=hands.leader)
        case "paper":
            paper = SignOff("宋远", today - timedelta(1), "县政府办公室收文〔2026〕12号")
            other = hands.head if row.checked_by_id != hands.head.account_id else hands.office
            return file_signature(row, by=other, signature=paper)
        case "reject":
            reason = "领导小组不是实体机构，按办法不列入加分。"
            return reject_matter(row, by=checker, reason=reason)
    return _spoken(row, name, hands)


def _spoken(row: Matter, name: str, hands: Hands) -> Matter:
    """Somebody objects, or the unit explains itself."""
    if name == "object":
        text = "表彰的是镇档案馆，不是镇本级。"
        return raise_objection(row, by=hands.office, who="青芦镇（章）", text=text).matter
    text = "已约谈经办人，补齐后报了说明；请按实际情况认定。"
    by = hands.units.get(row.unit_id)
    return answer_matter(row, by=by, text=text) if by else row


def _earlier(row: Matter, days: int) -> Matter:
    """As if everything so far had been done so many days before."""
    back = timedelta(days)
    told = {name: getattr(row, name) for name in DATED}
    moved = {name: value - back for name, value in told.items() if value}
    Matter.objects.filter(pk=row.pk).update(**moved)
    row.steps.update(taken_at=F("taken_at") - back)
    row = Matter.objects.get(pk=row.pk)
    if row.notice_until:
        row.steps.filter(kind=StepKind.NOTICE).update(text=f"公示到{day(row.notice_until)}")
    return row
