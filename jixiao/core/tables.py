"""How does a list become a page: searched, filtered, sorted, in pages of 50, and as a workbook?

    UNITS = Table(
        name="单位",
        columns=(
            Column("name", "单位", lambda u: link(u.url, u.name), sort="search", value=lambda u: u.name),
            Column("kind", "类型", lambda u: u.get_kind_display(), sort="kind"),
            Column("people", "人数", lambda u: u.people, sort="people", align="right"),
        ),
        filters=(Filter("kind", "类型", UnitKind.choices, lookup="kind"),),
        search=("search__contains",),
        order="name",
        empty=("还没有单位", "请导入单位名单，或新设一个单位。"),
    )

    @page(Permission.UNITS_SEE)
    def units(request: Request) -> HttpResponse:
        return UNITS.of(queries.units(), request).answer("org/units.html")

The template says `{% include "core/components/table.html" %}`. The address tells everything:
`?q=云溪&kind=town&sort=-people&page=2`; with `export=xlsx` all rows found come as a workbook.
Two queries besides what the rows themselves prefetch. A cell may be text (escaped), a number, a date,
None (—) or safe HTML (`jixiao.core.signs`); ``value`` gives the workbook what is behind the HTML.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_
from typing import Any, Literal

from django.core.paginator import Page, Paginator
from django.db.models import Expression, F, Q, QuerySet
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils.html import escape
from django.utils.safestring import SafeString

from jixiao.core.cells import on_screen
from jixiao.core.export import workbook

PAGE_SIZE = 50


@dataclass(frozen=True)
class Column:
    """One column; ``sort`` is a field or an expression, ``value`` is what the workbook gets."""

    key: str
    header: str
    cell: Callable[[Any], object]
    sort: str | F | Expression = ""
    align: Literal["left", "right"] = "left"
    value: Callable[[Any], object] | None = None


@dataclass(frozen=True)
class Filter:
    """A choice above the table: only rows whose ``lookup`` is the value chosen from ``options``."""

    key: str
    label: str
    options: Iterable[tuple[Any, Any]] | Callable[[], Iterable[tuple[Any, Any]]]
    lookup: str

    def choices(self) -> list[tuple[str, str]]:
        """The options as they stand now."""
        options = self.options() if callable(self.options) else self.options
        return [(str(value), str(label)) for value, label in options]


@dataclass(frozen=True)
class Table:
    """What a list shows and how it can be narrowed; one constant per list."""

    name: str
    columns: tuple[Column, ...]
    filters: tuple[Filter, ...] = ()
    search: tuple[str, ...] = ()
    order: str = ""
    empty: tuple[str, str] = ("还没有记录", "")

    def of(self, rows: QuerySet[Any], request: HttpRequest) -> "Shown":
        """These rows as this request wants to see them."""
        return Shown(self, rows, request)


class Shown:
    """A table as one request sees it; the template reads it."""

    def __init__(self, table: Table, rows: QuerySet[Any], request: HttpRequest) -> None:
        self.table, self.request = table, request
        self.sort = request.GET.get("sort") or table.order
        self.term = unicodedata.normalize("NFKC", request.GET.get("q", "")).strip()
        self._rows = rows

    def answer(self, template: str, **context: object) -> HttpResponseBase:
        """The page, or the workbook of everything found."""
        if self.request.GET.get("export") != "xlsx":
            return render(self.request, template, {"table": self, **context})
        columns = self.table.columns
        rows = [[(c.value or c.cell)(row) for c in columns] for row in self.found]
        return workbook(self.table.name, headers=[c.header for c in columns], rows=rows)

    @cached_property
    def filters(self) -> list[tuple[Filter, str, list[tuple[str, str]]]]:
        """Each filter with the value chosen ("" for all) and its options."""
        drawn = []
        for each in self.table.filters:
            options, asked = each.choices(), self.request.GET.get(each.key, "")
            drawn.append((each, asked if asked in dict(options) else "", options))
        return drawn

    @cached_property
    def found(self) -> QuerySet[Any]:
        """All rows that match, in the order asked for; equal ones always in the same order."""
        rows = self._rows.filter(**{f.lookup: chosen for f, chosen, _ in self.filters if chosen})
        for word in self.term.lower().split():
            places = (Q(**{field: word}) for field in self.table.search)
            rows = rows.filter(reduce(or_, places, Q()))
        sorts = {column.key: column.sort for column in self.table.columns if column.sort}
        by = sorts.get(self.sort.removeprefix("-"))
        if by is None:
            return rows if rows.ordered else rows.order_by("pk")
        by = F(by) if isinstance(by, str) else by
        down = self.sort.startswith("-")
        return rows.order_by(by.desc(nulls_last=True) if down else by.asc(nulls_last=True), "pk")

    @cached_property
    def page(self) -> Page[Any]:
        """The rows of the page asked for, or of the nearest there is."""
        return Paginator(self.found, PAGE_SIZE).get_page(self.request.GET.get("page"))

    @property
    def is_narrowed(self) -> bool:
        """Whether somebody searched or filtered."""
        return bool(self.term) or any(chosen for _, chosen, _ in self.filters)

    def heads(self) -> Iterator[tuple[Column, str, str]]:
        """Each column with the address that sorts by it ("" for none) and its present direction."""
        for column in self.table.columns:
            ways = {column.key: "ascending", f"-{column.key}": "descending"}
            way = ways.get(self.sort, "")
            next_sort = f"-{column.key}" if way == "ascending" else column.key
            yield column, self._url(sort=next_sort, page="") if column.sort else "", way

    def body(self) -> SafeString:
        """The rows; the first cell names its row."""
        opens, closes = _tags(self.table.columns)
        parts: list[str] = []
        for row in self.page:
            parts.append("<tr>")
            for column, start, end in zip(self.table.columns, opens, closes, strict=True):
                parts += (start, on_screen(column.cell(row)), end)
            parts.append("</tr>\n")
        return SafeString("".join(parts))

    def pages(self) -> Iterator[tuple[int | str, str]]:
        """Page numbers with their addresses; a gap has none."""
        book, here = self.page.paginator, self.page.number
        for number in book.get_elided_page_range(here, on_each_side=2, on_ends=1):
            yield number, self._url(page=str(number)) if isinstance(number, int) else ""

    def export_url(self) -> str:
        """Where everything found comes as a workbook."""
        return self._url(export="xlsx", page="")

    def _url(self, **changes: str) -> str:
        """The present address with some parameters changed; empty ones are left out."""
        asked = {key: self.request.GET[key] for key in self.request.GET} | changes
        query = QueryDict(mutable=True)
        query.update({key: value for key, value in asked.items() if value})
        return f"?{query.urlencode()}"


def _tags(columns: Sequence[Column]) -> tuple[list[str], list[str]]:
    """What stands before and after each cell of a row."""
    names = ["th", *["td"] * (len(columns) - 1)]
    marks = [' scope="row"', *[""] * (len(columns) - 1)]
    sides = [' class="right"' if column.align == "right" else "" for column in columns]
    labels = [f' data-label="{escape(column.header)}"' for column in columns]
    parts = zip(names, marks, sides, labels, strict=True)
    return ["<" + "".join(each) + ">" for each in parts], [f"</{name}>" for name in names]
