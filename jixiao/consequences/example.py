"""What follows from the example county's last year? Lists, decisions by people, one on changed ground."""

from datetime import date

from jixiao.access.actor import Actor
from jixiao.consequences.actions import (
    MeasureText,
    approve_measure,
    decide_person,
    draw_up,
    end_measure,
    propose_person,
    tell_person,
    write_measure,
)
from jixiao.consequences.models import ListedUnit, Listing, Measure, PersonalDecision
from jixiao.consequences.queries.people import responsible
from jixiao.consequences.samples import SAMPLES
from jixiao.consequences.states import Purpose, Verdict
from jixiao.results.models import SealedResult
from jixiao.results.queries import published

DOCUMENT = "清绩委〔{year}〕6号"
TALK = "约谈分管人"
LAST = "{方法: 总名次, 几名: 1, 从: 最后}"
LAST_AND_FAILED = "{方法: 同时, 各条件: [" + LAST + ", {方法: 等次, 等次: [未达标]}]}"
ARTICLES = {
    "honour": "第二条",
    "first": "第三条第一款",
    "second": "第三条第二款",
    "coefficient": "第五条",
}
PROPOSALS = {"first": "取消{year}年度评优评先资格", "second": "一年内不晋升职务，报县委组织部"}


def load_example(*, office: Actor, head: Actor, personnel: Actor) -> None:
    """The office writes and draws up, its head checks, the personnel office decides."""
    result = published().first()
    if result is None:
        return
    year = result.year
    for key, article in ARTICLES.items():
        text = "\n".join(
            f"  依据: {article}" if line.startswith("  依据") else line
            for line in SAMPLES[key].text.splitlines()
        )
        _rule(text, SAMPLES[key].kind, result, hands=(office, head))
    talk = _rule(_talk(LAST, "第四条"), Purpose.OTHER, result, hands=(office, head))
    draw_up(result, by=office)
    _decide(year, office=office, personnel=personnel)
    end_measure(talk, by=office, until=date(year, 12, 30), reason="修订后只约谈末位且未达标的")
    _rule(_talk(LAST_AND_FAILED, "第四条（修订）"), Purpose.OTHER, result, hands=(office, head))
    draw_up(result, by=office)


def _talk(when: str, article: str) -> str:
    return f"规则:\n  方法: 措施\n  名称: {TALK}\n  条件: {when}\n  依据: {article}\n"


def _rule(text: str, kind: Purpose, result: SealedResult, *, hands: tuple[Actor, Actor]) -> Measure:
    (office, head), year = hands, result.year
    written = MeasureText(kind, text, DOCUMENT.format(year=year), date(year, 1, 1))
    return approve_measure(write_measure(written, by=office, line=result.line), by=head)


def _decide(year: int, *, office: Actor, personnel: Actor) -> None:
    """One matter of each kind: told, postponed, waiting; and those who were talked to."""
    failed = _matters(SAMPLES["first"].kind, PROPOSALS["first"].format(year=year), office)
    if failed:
        done = decide_person(
            failed[0], by=personnel, verdict=Verdict.APPLIED,
            reason="分管工作全年没有自查，督促后仍未改，本人承担主要责任。",
        )  # fmt: skip
        tell_person(done, by=personnel, note="当面送达书面通知")
    for each in failed[1:2]:
        reason = "九月才接手分管，责任要再核实，十个工作日内定。"
        decide_person(each, by=personnel, verdict=Verdict.POSTPONED, reason=reason)
    for each in _matters(Purpose.OTHER, "约谈，限期改进", office, name=TALK):
        reason = "组内末位，约谈提醒，帮助分析原因。"
        decide_person(each, by=personnel, verdict=Verdict.APPLIED, reason=reason)


def _matters(
    kind: Purpose, proposal: str, office: Actor, *, name: str = ""
) -> list[PersonalDecision]:
    """What the office proposes about the first who answers for each unit on a list."""
    lists = Listing.objects.in_force().filter(kind=kind).order_by("id")
    listing = lists.filter(name=name).first() if name else lists.first()
    found = []
    for row in ListedUnit.objects.filter(listing=listing).order_by("id")[:3]:
        people = responsible(row)
        lead = next((each for each in people if "分管人" in each.words), None)
        if lead:
            found.append(propose_person(row, by=office, person=lead.person, proposal=proposal))
    return found
