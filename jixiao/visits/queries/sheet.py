"""What does the record sheet of a visit say?"""

from collections.abc import Iterator

from django.conf import settings
from django.utils import timezone

from jixiao.core.words import day, moment
from jixiao.rectification.models import Case
from jixiao.visits.models import Visit
from jixiao.visits.queries.record_page import Change as Corrected
from jixiao.visits.queries.visit_page import Book, Item, Stand
from jixiao.visits.record_sheet import Change, Found, Line, RecordSheet, Signature
from jixiao.visits.states import Manner, Side, VisitState


def sheet_of(book: Book) -> RecordSheet:
    """The paper of a visit as it stands now."""
    visit, now = book.visit, timezone.now()
    printed = f"{day(now)} {timezone.localtime(now):%H:%M}打印"
    return RecordSheet(
        county=settings.COUNTY,
        unit=visit.name,
        facts=list(_facts(book)),
        lines=[(name, [_line(each) for each in items]) for name, items in book.categories],
        totals=(book.full, book.own, book.total),
        pending=f"{book.pending}项得分待数据齐后计算，不计入合计" if book.pending else "",
        findings=[_found(each) for each in book.cases],
        views=[_view(each) for each in book.view],
        signatures=[_signature(each) for each in book.standing],
        changes=[_change(item, Corrected(row, item.task)) for item, row in book.corrections],
        footing=f"{settings.COUNTY}绩效管理　{_standing(visit)}　{printed}　摘要 {book.digest}",
        on=timezone.localdate(now),
    )


def _standing(visit: Visit) -> str:
    return "双方确认件" if visit.state == VisitState.CLOSED else "记录稿，尚未双方确认"


def _facts(book: Book) -> Iterator[tuple[str, str]]:
    visit, version = book.visit, book.visit.round.version_of
    number = f"（{version.document_number}）" if version.document_number else ""
    yield "评估对象", visit.name
    yield "组别", visit.group
    yield "轮次", str(visit.round)
    yield "依据办法", f"{version.line.name}{number}"
    yield "评估组", f"{visit.team or '—'}：{'、'.join(each.name for each in book.people)}"
    yield "评估日期", day(visit.on or visit.started_at)
    yield "单位陪同", visit.host or "—"
    yield "反馈、确认", " / ".join(moment(each) for each in (visit.fed_back_at, visit.closed_at))


def _line(item: Item) -> Line:
    figures, why = item.figures_text, item.why
    return Line(
        item=f"{item.task.code} {item.task.name}".removeprefix("- "),
        methods=item.methods,
        full=item.full,
        own=item.own,
        mark=item.mark,
        why="；".join(part for part in (figures, why, _owed(item)) if part),
    )


def _owed(item: Item) -> str:
    if item.record is None:
        return f"由{item.task.keeper}提供数据" if item.task.keeper else "没有记录"
    return "" if item.record.mark is not None or not item.task.full else "得分待数据齐后计算"


def _found(case: Case) -> Found:
    fact = f"{case.fact}（依据：{case.evidence}）" if case.evidence else case.fact
    due = day(case.due_on) if case.due_on else f"{case.workdays}个工作日"
    repeats = "（重复发生）" if case.repeats_id else ""
    return Found(f"{case.code} {case.item}".strip() + repeats, fact, case.opinion, due)


def _view(stand: Stand) -> str:
    said = stand.row.view or "没有不同意见。"
    if stand.is_refusal:
        return f"单位未签字。原因：{said}见证人：{stand.row.person_name}。"
    return f"{stand.row.person_name}：{'' if stand.row.agrees else '有不同意见。'}{said}"


def _signature(stand: Stand) -> Signature:
    row = stand.row
    how = {Manner.ACCOUNT: "本人账号确认", Manner.SIGNATURE: "手写签名", Manner.WITNESSED: "见证"}
    post = f"{row.post}，" if row.post else ""
    words = f"{row.person_name}（{post}{how[Manner(row.manner)]}，{moment(row.confirmed_at)}）"
    return Signature(Side(row.side).label, row.strokes, words)


def _change(item: Item, change: Corrected) -> Change:
    row = change.row
    basis = f"；依据：{row.document}" if row.document else ""
    by = f"{row.corrected_by.name}，{moment(row.corrected_at)}"
    return Change(
        f"{item.task.code} {item.task.name}", change.before, change.after,
        f"{row.reason}{basis}（{by}）",
    )  # fmt: skip
