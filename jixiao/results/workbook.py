"""How does a result look as a workbook? Eight kinds of sheets, real numbers, no formulas."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from pathlib import Path
from typing import Literal

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from jixiao.results.consequences import Listed, consequences
from jixiao.results.explain import explain_unit
from jixiao.results.league import (
    GroupLeague,
    Standing,
    all_standings,
    default_margin,
    hint,
    league,
)
from jixiao.results.result import Result
from jixiao.scoring.numbers import SCALE, mark_text, number_text
from jixiao.scoring.scheme import Item, Scheme, leaves
from jixiao.scoring.sentences import gate_words, tier_words
from jixiao.workbooks.writing import (
    ACCENT,
    AMBER,
    AMBER_TINT,
    FONT,
    INK,
    LINE,
    TINT,
    lay_out,
    new_workbook,
)

Value = str | int | Fraction | None
Kind = Literal["text", "place", "marks", "share", "tier", "long"]


@dataclass(frozen=True)
class Column:
    """A column of a sheet: what stands over it, how wide, and what its values are."""

    name: str
    width: float
    kind: Kind = "text"
    above: str = ""
    """The category printed over neighbouring columns that share it."""


@dataclass(frozen=True)
class Page:
    """One sheet: a title, a line under it, and a table."""

    name: str
    title: str
    note: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Value]]
    pinned: int = 1
    """How many columns stay in sight when the sheet is scrolled sideways."""


@dataclass(frozen=True)
class Look:
    """The formats of a result's sheets."""

    title: Format
    note: Format
    header: Format
    kinds: dict[Kind, Format]
    tiers: dict[str, Format]


def write_workbook(result: Result, path: Path) -> None:
    """Write the workbook people read; the same result gives the same bytes. OSError as ``open``."""
    leagues = league(result)
    with path.open("wb") as file:
        book, _ = new_workbook(file)
        look = _look(book, result.scheme)
        taken: set[str] = set()
        for page in _pages(result, leagues):
            _write(book.add_worksheet(_sheet_name(page.name, taken)), page, look)
        book.close()


def _pages(result: Result, leagues: tuple[GroupLeague, ...]) -> Iterator[Page]:
    standings = all_standings(leagues)
    yield _overview(result, leagues)
    yield from (_group_page(result, each) for each in leagues)
    yield _working(result, standings)
    yield _distances(result, standings)
    if result.scheme.tiers:
        yield _tiers(result, leagues)
    if result.scheme.gates:
        yield _gates(result, standings)
    if result.scheme.consequences:
        yield _consequences(result, standings)
    yield _about(result)


def _overview(result: Result, leagues: tuple[GroupLeague, ...]) -> Page:
    scheme = result.scheme
    tops = [
        Column(_with_full(item.name, [each.columns[i].full for each in leagues]), 11, "marks")
        for i, item in enumerate(scheme.items)
    ]
    rounds = [Column(f"{each.name}\n总分", 10, "marks") for each in scheme.rounds]
    adjust = [Column("加扣分", 9, "marks")] if scheme.adjustments else []
    rows = [
        [
            *(each.group, each.place, each.unit),
            *(cell.mark for cell in each.cells),
            *([each.adjust] if adjust else []),
            *each.rounds,
            *(each.total, each.tier, hint(each, scheme.decimals)),
        ]
        for each in all_standings(leagues)
    ]
    columns = (
        *(Column("组别", 12), Column("名次", 6, "place"), Column("单位", 24)),
        *(*tops, *adjust, *rounds, Column("总分", 10, "marks")),
        *(Column("等次", 9, "tier"), Column("提示", 36, "long")),
    )
    return Page("总表", f"{scheme.title}得分总表", _note(result), columns, rows, pinned=3)


def _with_full(name: str, fulls: Iterable[int]) -> str:
    """The full mark beside the name, where all share it."""
    found = set(fulls)
    return f"{name}\n{number_text(Fraction(found.pop(), SCALE))}" if len(found) == 1 else name


def _note(result: Result) -> str:
    units = sum(len(group.units) for group in result.scheme.groups)
    weights = [f"{each.name}×{number_text(each.weight)}" for each in result.scheme.rounds]
    said = f"；各轮权重：{'、'.join(weights)}" if weights else ""
    return f"满分{number_text(result.scheme.full)}，{units}个单位{said}"


def _group_page(result: Result, group: GroupLeague) -> Page:
    """Item marks of the year; a category stands over its items and closes with its sum."""
    columns = [Column("名次", 6, "place"), Column("单位", 18)]
    codes: list[str] = []
    for item in (*result.scheme.items, *result.scheme.adjustments):
        for leaf in leaves((item,)):
            full = int(leaf.full_for(group.name) * SCALE)
            name = _with_full(leaf.name, [full]) if full else leaf.name
            columns.append(Column(name, 8, "marks", item.name if item.items else ""))
            codes.append(f"mark:{leaf.code}")
        if item.items:
            columns.append(Column("小计", 8, "marks", item.name))
            codes.append(f"mark:{item.code}")
    columns += [Column("总分", 9, "marks"), Column("等次", 9, "tier")]
    rows = [
        [
            *(each.place, each.unit),
            *(result.year.get(each.unit, {}).get(code) for code in codes),
            *(each.total, each.tier),
        ]
        for each in group.standings
    ]
    ranked = "" if group.ranked else "；本组不参加排名"
    note = f"{len(rows)}个单位；分值在项目名下{ranked}"
    return Page(group.name, f"{group.name}各项得分", note, tuple(columns), rows, pinned=2)


def _working(result: Result, standings: Iterable[Standing]) -> Page:
    names = {each.code: each.name for each in result.scheme.rounds}
    columns = (
        *(Column("单位", 18), Column("轮次", 8), Column("编号", 8), Column("项目", 18)),
        *(Column("得分", 9, "marks"), Column("规则", 44, "long")),
        *(Column("数据", 30, "long"), Column("计算", 36, "long")),
    )
    rows: list[list[Value]] = [
        [
            *(each.unit, names.get(why.round, "")),
            *(_number(result.scheme, why.code), why.name, why.mark, why.rule),
            "；".join(f"{name} {value}" for name, value in why.inputs),
            "；".join(why.steps),
        ]
        for each in standings
        if each.reported
        for why in explain_unit(result, each.unit)
    ]
    note = "每个得分的规则、数据和算法；可按单位、项目筛选"
    return Page("计算过程", "计算过程", note, columns, rows)


def _number(scheme: Scheme, code: str) -> str:
    found: Iterator[Item] = leaves((*scheme.items, *scheme.adjustments))
    return next(item.number or item.code for item in found if item.code == code)


def _distances(result: Result, standings: Iterable[Standing]) -> Page:
    decimals, margin = result.scheme.decimals, default_margin(result)
    columns = (
        *(Column("组别", 12), Column("单位", 24), Column("总分", 10, "marks")),
        *(Column("按得分的等次", 12, "tier"), Column("差上一等", 10, "marks")),
        *(Column("高出本等线", 11, "marks"), Column("临界", 6), Column("说明", 56, "long")),
    )
    rows: list[list[Value]] = []
    for each in standings:
        ends = [end for end in (each.better, each.worse) if end is not None]
        rows.append(
            [
                *(each.group, each.unit, each.total, each.before),
                each.better.gap if each.better else None,
                each.worse.gap if each.worse else None,
                "▲" if each.near(margin) else "",
                "；".join(end.words(decimals) for end in ends),
            ]
        )
    note = f"距离等次线；{mark_text(margin, decimals)}分以内记▲"
    return Page("距线", "距离等次线", note, columns, rows, pinned=2)


def _tiers(result: Result, leagues: Iterable[GroupLeague]) -> Page:
    columns = (
        *(Column("等次", 10, "tier"), Column("条件", 36, "long"), Column("组别", 14)),
        *(Column("个数", 8, "place"), Column("单位", 70, "long")),
    )
    rows: list[list[Value]] = []
    for tier in result.scheme.tiers:
        for group in leagues:
            units = [each.unit for each in group.standings if each.tier == tier.name]
            words = tier_words(result.scheme, tier)
            rows.append([tier.name, words, group.name, len(units), "、".join(units)])
    return Page("等次", "等次名单", "各等次的条件和单位，按名次排列", columns, rows)


def _gates(result: Result, standings: Iterable[Standing]) -> Page:
    columns = (
        *(Column("名称", 16), Column("情形和后果", 50, "long"), Column("批准机关", 16)),
        *(Column("组别", 12), Column("单位", 24), Column("按得分", 9, "tier")),
        Column("实定", 9, "tier"),
    )
    found = list(standings)
    rows: list[list[Value]] = []
    for gate in result.scheme.gates:
        head: list[Value] = [gate.name, gate_words(result.scheme, gate), gate.approved_by]
        hit = [each for each in found if gate in each.gates]
        rows += [[*head, each.group, each.unit, each.before, each.tier] for each in hit]
        rows += [] if hit else [[*head, "", "没有单位触发", "", ""]]
    return Page(
        "否决与门槛", "否决与门槛", "哪条规定作用于哪个单位，依据写在后果之后", columns, rows
    )


def _consequences(result: Result, standings: Iterable[Standing]) -> Page:
    columns = (
        *(Column("事项", 24), Column("单位", 24), Column("等次", 9, "tier")),
        *(Column("比例", 9, "share"), Column("人数", 8, "place"), Column("名额", 8, "place")),
        *(Column("理由", 44, "long"), Column("依据", 20, "long")),
    )
    tiers = {each.unit: each.tier for each in standings}
    rows: list[list[Value]] = []
    for each in consequences(result):
        if isinstance(each, Listed):
            tail: list[Value] = [None, None, None, each.words, each.basis]
            rows += [[each.name, unit, tiers[unit], *tail] for unit in each.units]
            rows += [] if each.units else [[each.name, "没有单位符合", "", *tail]]
            continue
        for share in each.units:
            head: list[Value] = [each.name, share.unit, tiers[share.unit], share.rate]
            steps = "，".join(share.steps)
            rows.append([*head, share.people, share.places, steps, each.basis])
    return Page("结果运用", "结果运用", "措施和比例从等次、名次和数据推出", columns, rows)


def _about(result: Result) -> Page:
    scheme, digests = result.scheme, result.as_json()["digests"]
    period = scheme.period and f"{scheme.period.start}至{scheme.period.end}"
    rows: list[list[Value]] = [
        ["办法", scheme.title],
        ["文号", scheme.document or "未写明"],
        ["考核期", period or "未写明"],
        ["满分", number_text(scheme.full)],
        ["取整", f"得分保留{scheme.decimals}位小数，四舍五入；名次和等次按取整后的得分判定"],
        ["空格", "“—”表示没有得分：不适用、缺项或不参加排名；它不是0分"],
        ["办法摘要", digests["scheme"]],
        ["记分表摘要", digests["sheet"]],
        ["得分摘要", digests["outputs"]],
        ["计算程序", f"绩效 Jixiao {result.engine}"],
        ["核对", "用 jixiao verify 重算得分结果文件，三个摘要应逐字相同"],
    ]
    columns = (Column("事项", 14), Column("内容", 90, "long"))
    return Page("说明", "说明", "这份表格从哪里来，怎样核对", columns, rows)


def _look(book: Workbook, scheme: Scheme) -> Look:
    def style(**extra: object) -> Format:
        boxed = {"border": 1, "border_color": LINE, "valign": "vcenter", "font_name": FONT}
        return book.add_format(boxed | {"font_color": INK} | extra)

    text, centred = style(text_wrap=True), style(align="center")
    marks = style(
        align="right", num_format="0." + "0" * scheme.decimals if scheme.decimals else "0"
    )
    best = style(align="center", bold=True, font_color="#FFFFFF", bg_color=ACCENT)
    middle = style(align="center", font_color=ACCENT)
    last = style(align="center", font_color=AMBER, bg_color=AMBER_TINT)
    names = [tier.name for tier in scheme.tiers]
    tiers = dict.fromkeys(names, middle) | dict(zip(names[-1:], [last], strict=False))
    bold = {"bold": True, "align": "center", "text_wrap": True, "font_color": ACCENT}
    return Look(
        title=book.add_format({"bold": True, "font_size": 16, "font_color": ACCENT}),
        note=book.add_format({"font_size": 10, "font_color": INK}),
        header=style(**bold, bg_color=TINT),
        kinds={
            "text": text,
            "long": text,
            "place": centred,
            "marks": marks,
            "tier": centred,
            "share": style(align="right", num_format="0.0%"),
        },
        tiers=tiers | dict(zip(names[:1], [best], strict=False)),
    )


def _write(sheet: Worksheet, page: Page, look: Look) -> None:
    sheet.write_string(0, 0, page.title, look.title)
    sheet.write_string(1, 0, page.note, look.note)
    sheet.set_row(0, 26)
    first = _write_header(sheet, page, look)
    last = len(page.columns) - 1
    lay_out(sheet, header_row=first, widths=[column.width for column in page.columns])
    sheet.freeze_panes(first, page.pinned)
    sheet.autofilter(first - 1, 0, max(first - 1 + len(page.rows), first), last)
    for place, row in enumerate(page.rows, start=first):
        sheet.set_row(place, 4 + 15 * max(map(_lines, page.columns, row)))
        for index, (column, value) in enumerate(zip(page.columns, row, strict=True)):
            _put(sheet, (place, index), value, (column.kind, look))


def _write_header(sheet: Worksheet, page: Page, look: Look) -> int:
    """One row of names, or two where categories stand over their items; gives the first data row."""
    if not any(column.above for column in page.columns):
        for index, column in enumerate(page.columns):
            sheet.write_string(2, index, column.name, look.header)
        sheet.set_row(2, 34)
        return 3
    for index, column in enumerate(page.columns):
        sheet.write_string(2, index, column.above or column.name, look.header)
        sheet.write_string(3, index, column.name, look.header)
        if not column.above:
            sheet.merge_range(2, index, 3, index, column.name, look.header)
    for start, end, name in _runs(page.columns):
        sheet.merge_range(2, start, 2, end, name, look.header)
    sheet.set_row(3, 64)
    return 4


def _runs(columns: Iterable[Column]) -> Iterator[tuple[int, int, str]]:
    """First and last column of each category, with its name."""
    for name, run in groupby(enumerate(columns), key=lambda each: each[1].above):
        places = [index for index, _ in run]
        if name:
            yield places[0], places[-1], name


def _put(sheet: Worksheet, at: tuple[int, int], value: Value, look: tuple[Kind, Look]) -> None:
    kind, formats = look
    style = formats.kinds[kind]
    if value is None:
        sheet.write_string(*at, "—", formats.kinds["place"])
    elif isinstance(value, str):
        sheet.write_string(*at, value, formats.tiers.get(value, style) if kind == "tier" else style)
    else:
        exact = Fraction(value, SCALE) if kind == "marks" else Fraction(value)
        sheet.write_number(*at, Decimal(exact.numerator) / exact.denominator, style)


def _lines(column: Column, value: Value) -> int:
    """Lines a text takes in its column: programs differ in whether they find out by themselves."""
    if not isinstance(value, str):
        return 1
    wide = sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in value)
    return -(-wide // int(column.width - 2)) or 1


def _sheet_name(name: str, taken: set[str]) -> str:
    """A name Excel takes: 31 characters, none of ``[]:*?/\\'``, no two alike."""
    plain = name.translate(dict.fromkeys(map(ord, "[]:*?/\\'"), " ")).strip() or "组"
    found, count = plain[:31], 1
    while found.lower() in taken or found.lower() == "history":
        count += 1
        found = f"{plain[:27]} {count}"
    taken.add(found.lower())
    return found
