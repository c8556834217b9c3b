"""What was found in the example county, how far has it come, and who was reminded?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from jixiao.access.actor import Actor
from jixiao.org.models import Unit
from jixiao.periods.workdays import add_workdays
from jixiao.rectification.actions import (
    Found,
    Handed,
    ReminderLetter,
    extend,
    raise_case,
    recheck,
    reply_reminder,
    report_plan,
    report_proof,
    send_back,
    send_reminder,
    settle_reminder,
    verify,
    withdraw,
)
from jixiao.rectification.models import Case, CaseStep, Reminder
from jixiao.rectification.states import USUAL_DAYS, StepKind
from jixiao.scoring.numbers import SCALE

COUNTY_TIME = ZoneInfo("Asia/Shanghai")
PAPER = "整改台账.pdf"
SHORT = 4
"""Working days between two steps of the example."""


@dataclass(frozen=True)
class Tale:
    """One finding: where, so many days ago, what, and how far it has come."""

    unit: str
    ago: int
    found: Found
    way: tuple[str, ...] = ()


ARCHIVE = Found(
    item="档案齐全", code="5.1", theme="档案缺件", fact="二季度汇总表缺签字原件2份，用复印件代替。",
    evidence="现场查阅档案盒3、4", cause="换了经办人，交接没有清单",
    opinion="补齐原件，交接列清单，明确专人保管。", source="三季度日常检查", points=SCALE // 2,
)  # fmt: skip
SELF_CHECK = Found(
    item="月自查覆盖", code="2.2", theme="自查走过场", fact="八月、九月自查表雷同，问题栏都写“无”。",
    evidence="两个月自查表逐项比对", cause="由一人代填，没有到办公室核对",
    opinion="重做九月自查，股室逐项核对后再填。", source="三季度日常检查",
)  # fmt: skip
ANSWERS = Found(
    item="意见答复", fact="企业反映的2件事超过十个工作日没有答复。", evidence="办件登记第17、23号",
    cause="转办没有跟踪", opinion="当面答复并说明原因，转办件每周清一次。", source="三季度日常检查",
)  # fmt: skip
TOLD: tuple[Tale, ...] = (
    Tale("云溪镇", 40, ARCHIVE, ("plan", "proof", "verify")),
    Tale("云溪镇", 6, replace(ARCHIVE, fact="三季度会议记录缺签到原件1份。", points=None)),
    Tale("云溪镇", 12, SELF_CHECK, ("plan",)),
    Tale("河口镇", 45, SELF_CHECK, ("plan", "proof", "verify", "recheck")),
    Tale("石桥镇", 40, ARCHIVE, ("plan",)),
    Tale("东岭乡", 38, SELF_CHECK),
    Tale("交通局", 18, ANSWERS, ("plan", "proof")),
    Tale("信访局", 20, ANSWERS, ("plan", "proof", "send_back")),
    Tale("财政局", 9, replace(ARCHIVE, points=None), ("extend",)),
    Tale("住建局", 15, SELF_CHECK, ("withdraw",)),
)
"""One late by itself, one repeated, one waiting for the next round, one of every state."""
LETTERS = (
    ("石桥镇", 25, "季度小结未报", "三季度小结没有报。", "因经办人住院耽误，已补报，今后由副职代办。"),
    ("东岭乡", 17, "自查问题逾期未整改", "日常检查发现八月、九月自查表雷同，整改期限已过，没有报整改方案。", ""),
    ("云溪镇", 5, "联络员变动后资料未移交", "联络员变动一个月，绩效资料没有办移交。", ""),
)  # fmt: skip
"""Unit, sent days ago, subject, facts, and the reply if there is one."""

WHO = {
    "plan": "unit", "proof": "unit", "verify": "verifier", "recheck": "verifier",
    "send_back": "verifier", "extend": "office", "withdraw": "finder",
}  # fmt: skip
SIMPLE: dict[str, tuple[Callable[..., Case], dict[str, str]]] = {
    "plan": (report_plan, {"text": "本周内由分管负责人牵头补齐，月底前自查一遍，明确专人。"}),
    "verify": (verify, {"text": "已到现场看过原件和台账。"}),
    "send_back": (send_back, {"reason": "只写了已答复，没有答复的内容和日期。"}),
    "withdraw": (withdraw, {"reason": "核对后确认自查表是两次分别填的。"}),
}


def load_example(
    finder: Actor, *, office: Actor, verifier: Actor, answers: Mapping[int, Actor], today: date
) -> None:
    """Findings of ``finder`` and reminders of ``office``; ``answers`` are the units' liaisons."""
    units = {unit.name: unit for unit in Unit.objects.open().assessed()}
    hands = {"finder": finder, "office": office, "verifier": verifier}
    for tale in TOLD:
        unit = _unit(units, tale.unit)
        if unit and (unit.pk in answers or not tale.way):
            _tell(tale, unit, hands | {"unit": answers.get(unit.pk, office)}, today)
    for number, (name, ago, subject, facts, reply) in enumerate(LETTERS, 1):
        if unit := _unit(units, name):
            text = ReminderLetter(
                f"清绩督〔{today.year}〕{number}号", subject, facts,
                "说明原因，提出处理意见，按期反馈处理结果。",
            )  # fmt: skip
            sent = send_reminder(unit, by=office, letter=text)
            if reply and unit.pk in answers:
                replied = reply_reminder(sent, by=answers[unit.pk], text=reply)
                settle_reminder(replied, by=office)
            _send_earlier(sent.pk, today - timedelta(ago))


def _unit(units: Mapping[str, Unit], name: str) -> Unit | None:
    """The unit of that name, with or without the county's own prefix."""
    return units.get(name) or units.get(f"县{name}")


def _tell(tale: Tale, unit: Unit, hands: Mapping[str, Actor], today: date) -> None:
    """The finding goes as far as its tale; then its days are put where they belong."""
    case = raise_case(unit, by=hands["finder"], found=tale.found)
    for name in tale.way:
        case = _move(case, name, hands)
    begun = today - timedelta(tale.ago)
    Case.objects.filter(pk=case.pk).update(found_at=_moment(begun), told_at=_moment(begun))
    due_on, day = add_workdays(begun, USUAL_DAYS), begun
    for step in case.steps.order_by("id"):
        CaseStep.objects.filter(pk=step.pk).update(taken_at=_moment(day), due_on=due_on)
        if step.kind == StepKind.VERIFY and case.given_back_at:
            Case.objects.filter(pk=case.pk).update(given_back_at=_moment(day))
        day = min(add_workdays(day, SHORT), today)
    _let_run(case, due_on, today)


def _move(case: Case, name: str, hands: Mapping[str, Actor]) -> Case:
    by = hands[WHO[name]]
    match name:
        case "proof":
            files = [Handed(PAPER, b"%PDF-1.4\n%%EOF\n")]
            return report_proof(case, by=by, text="已补齐并核对，台账附后。", files=files)
        case "recheck":
            return recheck(case, by=by, text="自查表逐项有记录，没有反弹。", where="四季度抽查")
        case "extend":
            later = add_workdays(case.due_on or case.found_at.date(), SHORT)
            return extend(case, by=by, due_on=later, reason="原件在审计组，归还后才能补。")
    do, words = SIMPLE[name]
    return do(case, by=by, **words)


def _let_run(case: Case, due_on: date, today: date) -> None:
    """The deadline as it stands after returns and extensions, counted from the day it was told."""
    kinds = set(case.steps.values_list("kind", flat=True))
    if StepKind.SEND_BACK in kinds:
        due_on = add_workdays(today, SHORT)
    if StepKind.EXTEND in kinds:
        due_on = add_workdays(due_on, SHORT)
    Case.objects.filter(pk=case.pk).update(due_on=due_on)


def _send_earlier(pk: int, day: date) -> None:
    due_on = add_workdays(day, 10)
    Reminder.objects.filter(pk=pk).update(sent_at=_moment(day), due_on=due_on)


def _moment(day: date) -> datetime:
    """Ten in the morning of a day: the example has a past that nobody typed in."""
    return datetime.combine(day, time(10), tzinfo=COUNTY_TIME)
