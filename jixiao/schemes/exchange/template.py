"""What do we hand out to be filled in? The empty mark sheet of a scheme, as an Excel workbook."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from jixiao.schemes.exchange import layout as plan
from jixiao.schemes.exchange.gaps import needed_columns
from jixiao.schemes.exchange.layout import Ask, Layout, OwnPage, Page, lay
from jixiao.scoring.columns import all_leaves, slots
from jixiao.scoring.events import Event
from jixiao.scoring.numbers import PLACES, SCALE, half_up, number_text, scaled
from jixiao.scoring.scheme import Item, Scheme
from jixiao.scoring.sentences import rule_words
from jixiao.scoring.sheet import Sheet, round_of
from jixiao.workbooks.cells import LARGEST
from jixiao.workbooks.problems import column_letters
from jixiao.workbooks.writing import ACCENT, FONT, LINE, Styles, lay_out, new_workbook

FIRST_ROW = plan.HEADER_ROW  # xlsxwriter counts from 0
LAST_ROW = 1000
"""As far as the drop-downs of the list of events reach."""
SPARE_ROWS = 40
GREY, GREY_INK, SOFT_INK = "#EEF0F2", "#98A2AB", "#5B6770"
ROW_HEIGHT = 21
HINT = "深色表头必须填，白色表头按实际填；灰色“—”不用填；鼠标停在表头上可看计分办法和填写范围。"
HOW_TO = (
    "1. 每组一张工作表，一个单位一行。单位名称和表头请不要改；列宽可以调，表下可以写“备注：……”。",
    "2. 深色表头必须填，空着不能计分；白色表头按实际情况填，空着按办法规定处理。确实为零的请填0。",
    "3. 灰色“—”表示不适用于这个单位，不用填。鼠标停在表头上可看计分办法和填写范围。",
    "4. 只填数字，不写计量单位；计量单位是%的，85%填85，不打百分号。用了公式的，交之前请保存一次。",
)
EVENT_HINT = "一行写一件事，没有的不用写；同一件事涉及几个单位的，每个单位写一行，并写明分担比例。"
EMPTY = Sheet(())
HISTORY_HINT = "从下拉列表中选各单位往年的等次，当年没有等次的空着。"


def write_template(scheme: Scheme, target: str | Path | BinaryIO, *, filled: Sheet = EMPTY) -> None:
    """Write the mark sheet, empty or with what is known; ``read_marksheet`` reads it back.

    Same scheme and figures, same bytes.
    """
    book, styles = new_workbook(target)
    with book:
        _Template(lay(scheme), book, styles, filled).write()


def write_event_list(scheme: Scheme, target: str | Path | BinaryIO) -> None:
    """Write only the empty list of events; ``read_events`` reads it back."""
    book, styles = new_workbook(target)
    with book:
        _Template(lay(scheme), book, styles).write_events()


@dataclass(frozen=True)
class _Template:
    """One workbook being written; ``lists`` are the options that drop-downs point to."""

    layout: Layout
    book: Workbook
    styles: Styles
    filled: Sheet = EMPTY
    lists: list[tuple[str, ...]] = field(default_factory=list)

    @property
    def scheme(self) -> Scheme:
        """The scheme whose mark sheet this is."""
        return self.layout.scheme

    def write(self) -> None:
        """All sheets in their order."""
        self._guide()
        for page in self.layout.pages:
            self._page(page)
        for own in self.layout.own_pages:
            self._own_page(own)
        if self.layout.event_items:
            self._events()
        if self.layout.years:
            self._history()
        self._options()

    def write_events(self) -> None:
        """The list of events alone."""
        self._events()
        self._options()

    def _options(self) -> None:
        options = self.book.add_worksheet(plan.OPTIONS)
        options.hide()
        for column, texts in enumerate(self.lists):
            options.write_column(0, column, texts)

    def _style(self, **properties: object) -> Format:
        boxed = {"border": 1, "border_color": LINE, "valign": "vcenter", "text_wrap": True}
        return self.book.add_format({**boxed, **properties})

    def _sheet(self, name: str, headers: dict[str, float], hint: str) -> Worksheet:
        """A sheet with title, hint and frozen header; ``headers`` come with their widths."""
        sheet = self.book.add_worksheet(name)
        lay_out(sheet, header_row=plan.HEADER_ROW, widths=list(headers.values()))
        plain = {"border": 0, "text_wrap": False}
        title = self._style(**plain, bold=True, font_size=15, font_color=ACCENT)
        sheet.write(0, 0, f"{self.scheme.title}　{name}", title)
        sheet.write(1, 0, hint, self._style(**plain, font_size=9, font_color=SOFT_INK))
        sheet.write_row(FIRST_ROW - 1, 0, headers, self.styles.header)
        lines = max(_lines(_broken(text), int(width / 2)) for text, width in headers.items())
        for row, height in enumerate((30, 20, 16 * max(lines, 2) + 6)):
            sheet.set_row(row, height)
        return sheet

    def _choose(self, options: Iterable[str], what: str) -> dict[str, Any]:
        """A drop-down. Its options stand on a hidden sheet, where they may be as long as needed."""
        texts = tuple(dict.fromkeys(options)) or ("",)
        if texts not in self.lists:
            self.lists.append(texts)
        letter = column_letters(self.lists.index(texts) + 1)
        source = f"='{plan.OPTIONS}'!${letter}$1:${letter}${len(texts)}"
        return {"validate": "list", "source": source, **_refusal(f"请从下拉列表中选{what}")}

    def _rule(self, ask: Ask) -> dict[str, Any]:
        """What a cell accepts."""
        if ask.data.choices:
            return self._choose(ask.data.choices, "一项")
        if ask.data.from_result:
            return {"validate": "any"}
        low = -LARGEST if ask.limits.low is None else number_text(ask.limits.low)
        high = LARGEST if ask.limits.high is None else number_text(ask.limits.high)
        between = {"criteria": "between", "minimum": low, "maximum": high}
        return {"validate": "decimal", **between, **_refusal(f"{_range_words(ask)}。")}

    # ------------------------------------------------------------------ the sheets

    def _page(self, page: Page) -> None:
        widths = {plan.UNIT: 18.0} | {ask.header: _width(ask) for ask in page.asks}
        sheet = self._sheet(page.name, widths, HINT)
        needed = {name for unit in page.open for name in needed_columns(self.layout, unit)}
        optional = self._style(align="center", bold=True, font_color=ACCENT)
        number = self._style(align="center")
        absent = self._style(align="center", bg_color=GREY, font_color=GREY_INK)
        for row, unit in enumerate(page.open, start=FIRST_ROW):
            sheet.set_row(row, ROW_HEIGHT)
            sheet.write(row, 0, unit, self.styles.text)
        for column, ask in enumerate(page.asks, start=1):
            style = self.styles.header if ask.column in needed else optional
            sheet.write(FIRST_ROW - 1, column, _broken(ask.header), style)
            _note(sheet, column, "\n".join(_ask_words(self.scheme, ask, page.group.name)))
            last = FIRST_ROW + len(page.open) - 1
            sheet.data_validation(FIRST_ROW, column, last, column, self._rule(ask))
            for row, (unit, opened) in enumerate(page.open.items(), start=FIRST_ROW):
                if ask.column in opened:
                    sheet.write(row, column, self._known(ask, unit, page.round), number)
                else:
                    sheet.write(row, column, "—", absent)

    def _own_page(self, page: OwnPage) -> None:
        widths = dict(zip(plan.OWN_HEADERS, (18.0, 10.0, 26.0, 8.0, 26.0, 14.0, 24.0), strict=True))
        sheet = self._sheet(
            page.name, widths, "只填“填报值”一列；鼠标停在“填报值”格子上可看计分办法。"
        )
        given = self._style(bg_color=GREY)
        answer = self._style(align="center")
        for row, (unit, ask) in enumerate(page.rows, start=FIRST_ROW):
            group, item = self.layout.groups[unit].name, ask.item
            code, name = (item.code, item.name) if item else ("", "")
            full = number_text(item.full_for(group)) if item else ""
            sheet.set_row(row, ROW_HEIGHT)
            sheet.write_row(row, 0, (unit, code, name, full, ask.content), given)
            sheet.write(row, 5, self._known(ask, unit, page.round), answer)
            sheet.write_blank(row, 6, None, self.styles.text)
            sheet.data_validation(row, 5, row, 5, self._rule(ask))
            words = "\n".join(_ask_words(self.scheme, ask, group))
            sheet.write_comment(row, 5, words, _note_size(words))

    def _events(self) -> None:
        rounds = {"轮次": 10.0} if self.scheme.rounds else {}
        widths = (18.0, 24.0, 34.0, 14.0, 10.0, 8.0, 10.0, 13.0, 20.0, 10.0, 10.0, 9.0)
        headers = dict(zip(plan.EVENT_HEADERS, widths, strict=True)) | rounds
        sheet = self._sheet(plan.EVENTS, headers, EVENT_HINT)
        for column, rule in self._event_rules():
            place = list(headers).index(column)
            sheet.data_validation(FIRST_ROW, place, LAST_ROW, place, rule)
        _note(sheet, 1, "\n".join(_event_words(self.layout.event_items)))
        day = self._style(num_format="yyyy-mm-dd", align="center")
        for row in range(FIRST_ROW, FIRST_ROW + SPARE_ROWS):
            sheet.set_row(row, ROW_HEIGHT)
            for place, name in enumerate(headers):
                sheet.write_blank(row, place, None, day if name == "日期" else self.styles.text)
        for row, event in enumerate(self.filled.events, start=FIRST_ROW):
            for place, value in enumerate(self._event_cells(event)):
                style = day if isinstance(value, date) else self.styles.text
                sheet.write(row, place, value, style)

    def _event_cells(self, event: Event) -> Iterator[str | Decimal | date | int | None]:
        """A known event in the order of the list's headers; numbers as they are typed."""
        labels = {item.code: plan.item_label(item) for item in self.layout.event_items}
        yield from (event.unit, labels[event.item], event.matter, event.level, event.grade or None)
        for portion in (event.times, event.share):
            yield None if portion == 1 else Decimal(number_text(half_up(portion, PLACES)))
        yield from (event.on, event.document or None, event.notice_days or None)
        yield from (event.signed_by or None, "是" if event.rectified else None)
        if self.scheme.rounds:
            code = round_of(self.scheme, self.filled, event)
            yield plan.round_names(self.scheme).get(code)

    def _event_rules(self) -> Iterator[tuple[str, dict[str, Any]]]:
        tables = [item.events for item in self.layout.event_items if item.events]
        yield plan.UNIT, self._choose(self.layout.groups, "单位")
        yield "项目", self._choose(map(plan.item_label, self.layout.event_items), "项目")
        yield "级别", self._choose((name for each in tables for name in each.levels), "级别")
        if any(each.classes for each in tables):
            yield "等次", self._choose((name for each in tables for name in each.classes), "等次")
        yield "次数", _between("decimal", 0, 10_000, "次数填大于0的数，不填算1次。")
        yield "分担比例", _between("decimal", 0, 1, "分担比例填0到1之间的数，如0.6或60%，不填算1。")
        yield "日期", _between("date", date(2000, 1, 1), date(2099, 12, 31), "日期写成2026-08-31。")
        yield "公示天数", _between("integer", 0, 10_000, "公示天数填整数。")
        yield "已整改", self._choose(("是", "否"), "“是”或“否”")
        if self.scheme.rounds:
            yield "轮次", self._choose((each.name for each in self.scheme.rounds), "轮次")

    def _history(self) -> None:
        headers = {plan.UNIT: 18.0} | dict.fromkeys(self.layout.years, 14.0)
        sheet = self._sheet(plan.HISTORY, headers, HISTORY_HINT)
        answer, last = self._style(align="center"), FIRST_ROW + len(self.layout.groups) - 1
        rule = self._choose((tier.name for tier in self.scheme.tiers), "等次")
        sheet.data_validation(FIRST_ROW, 1, last, len(headers) - 1, rule)
        for row, unit in enumerate(self.layout.groups, start=FIRST_ROW):
            sheet.set_row(row, ROW_HEIGHT)
            sheet.write(row, 0, unit, self.styles.text)
            tiers = (*self.filled.history.get(unit, ()), *[""] * len(headers))
            sheet.write_row(row, 1, [name or None for name in tiers[: len(headers) - 1]], answer)

    @cached_property
    def _values(self) -> dict[tuple[str, str], Mapping[str, int | None]]:
        return {(row.round, row.unit): row.values for row in self.filled.rows}

    def _known(self, ask: Ask, unit: str, round_code: str) -> str | Decimal | None:
        """What is already known for a cell, as it would be filled in."""
        value = self._values.get((round_code, unit), {}).get(ask.column)
        if value is None or ask.data.from_result:
            return None
        named = {scaled(half_up(each, PLACES)): name for name, each in ask.data.choices.items()}
        return named[value] if named else Decimal(value) / SCALE

    def _guide(self) -> None:
        sheet = self.book.add_worksheet(plan.GUIDE)
        headers = ("编码", "项目", "分值", "计分规则", "评分单位")
        row = len(HOW_TO) + 2
        lay_out(sheet, header_row=row, widths=(10, 26, 18, 76, 18))
        plain = {"border": 0, "text_wrap": False}
        title = self._style(**plain, bold=True, font_size=16, font_color=ACCENT)
        sheet.write(0, 0, f"{self.scheme.title}　填报说明", title)
        sheet.set_row(0, 32)
        sheet.set_row(row - 1, 26)
        sheet.write_column(1, 0, HOW_TO, self._style(**plain))
        sheet.write_row(row - 1, 0, headers, self.styles.header)
        for place, item in enumerate(all_leaves(self.scheme), start=row):
            words = "\n".join(_item_words(self.scheme, item))
            cells = (item.code, item.name, _points_words(self.scheme, item), words, item.scorer)
            sheet.write_row(place, 0, cells, self.styles.text)
            lines = max(_lines(words, 36), _lines(cells[1], 11), _lines(cells[2], 8))
            sheet.set_row(place, 16 * lines + 6)
        digest = f"{plan.DIGEST_LABEL}{plan.scheme_digest(self.scheme)}"
        small = self._style(**plain, font_size=8, font_color=GREY_INK)
        sheet.write(row + len(all_leaves(self.scheme)), 0, digest, small)


def _refusal(message: str) -> dict[str, str]:
    return {"error_title": "填写有误", "error_message": message[:255]}


def _between(kind: str, low: object, high: object, message: str) -> dict[str, Any]:
    limits = {"criteria": "between", "minimum": low, "maximum": high}
    return {"validate": kind, **limits, **_refusal(message)}


def _width(ask: Ask) -> float:
    return 16.0 if ask.data.choices or ask.data.from_result else 13.0


def _note(sheet: Worksheet, column: int, words: str) -> None:
    sheet.write_comment(FIRST_ROW - 1, column, words, _note_size(words))


def _note_size(words: str) -> dict[str, Any]:
    """A box in which the whole note can be read, in pixels."""
    size = {"width": 330, "height": 24 + 20 * _lines(words, 22)}
    return {**size, "font_name": FONT, "font_size": 10}


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column so many characters wide."""
    return sum(max(1, -(-len(line) // width)) for line in text.split("\n"))


def _broken(header: str) -> str:
    """A header with its remark on a line of its own; reading knows no white space."""
    return header.replace("（", "\n（", 1)


def _range_words(ask: Ask) -> str:
    low, high = ask.limits.low, ask.limits.high
    if ask.data.choices:
        return f"从列表中选：{'、'.join(ask.data.choices)}"
    if ask.data.from_result:
        return f"填“{ask.data.from_result}”结果中的单位名称"
    if low is not None and high is not None:
        return f"填{number_text(low)}到{number_text(high)}之间的数"
    if high is not None:
        return f"填不超过{number_text(high)}的数"
    return "填数字" if low is None else f"填不小于{number_text(low)}的数"


def _ask_words(scheme: Scheme, ask: Ask, group: str) -> Iterator[str]:
    """The note of a cell: what to fill in, who provides it, and every rule that uses it."""
    unit = f"，计量单位：{ask.data.unit}" if ask.data.unit else ""
    yield (
        f"【填写】{_range_words(ask)}，最多4位小数{unit}。"
        if not (ask.data.choices or ask.data.from_result)
        else f"【填写】{_range_words(ask)}。"
    )
    if ask.data.provider:
        yield f"【提供单位】{ask.data.provider}"
    for item in ask.items:
        full = item.full_for(group)
        worth = f"{number_text(full)}分。" if full else ""
        rule = rule_words(scheme, item, item.rule_for(group))
        yield f"【{plan.item_label(item)}】{worth}{rule}。"
        if item.note:
            yield item.note
    if not ask.items:
        yield "用于等次、否决或结果运用，不直接计分；没有这种情况的可以空着。"


def _item_words(scheme: Scheme, item: Item) -> Iterator[str]:
    """The rules of an item, each once, with the groups it governs where they differ."""
    governed: dict[str, list[str]] = {}
    for slot in slots(scheme, item):
        names = [scheme.groups[place].name for place in slot.groups]
        governed.setdefault(rule_words(scheme, item, slot.rule), []).extend(names)
    for words, names in governed.items():
        yield f"{words}。" if len(governed) == 1 else f"{'、'.join(names)}：{words}。"


def _event_words(items: Sequence[Item]) -> Iterator[str]:
    for item in items:
        levels = item.events.levels.items() if item.events else ()
        yield f"{plan.item_label(item)}：" + "，".join(
            f"{name}{number_text(points)}分" for name, points in levels
        )


def _points_words(scheme: Scheme, item: Item) -> str:
    fulls: dict[str, list[str]] = {}
    for group in scheme.groups:
        full = item.full_for(group.name)
        fulls.setdefault(number_text(full) if full else "—", []).append(group.name)
    if len(fulls) == 1:
        return next(iter(fulls))
    return "；".join(f"{'、'.join(names)}{points}" for points, names in fulls.items())
