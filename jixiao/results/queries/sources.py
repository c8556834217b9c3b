"""Which matter, and which other result, stands behind a mark? What no visit and no office recorded.

A sealed sheet keeps the matters and the marks themselves; here they are led back to where the
platform knows them, as they were when the result was sealed.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from jixiao.core.words import day
from jixiao.events.models import Matter
from jixiao.results.models import ResultUnit
from jixiao.results.queries.gathering import quote_of
from jixiao.results.queries.kept import numbers_of, reading
from jixiao.schemes.exchange.layout import rule_keys
from jixiao.scoring.columns import data_columns, data_item
from jixiao.scoring.events import Event
from jixiao.scoring.scheme import Item

SINCE = "；那份结果后来有变，这里按计分时的分"


@dataclass(frozen=True)
class Source:
    """Where one input comes from, in words, and where it is shown."""

    words: str
    url: str = ""
    is_matter: bool = False


def sources_of(part: ResultUnit, item: Item) -> tuple[Source, ...]:
    """The matters of an item, or the runs that it quotes; two queries a quoted run."""
    if item.events is not None:
        return tuple(_matters(part, item))
    return tuple(_quotes(part, item))


def _matters(part: ResultUnit, item: Item) -> Iterator[Source]:
    events = reading(part.result).result.sheet.events
    mine = [each for each in events if (each.unit, each.item) == (part.name, item.code)]
    rows = Matter.objects.filter(
        unit=part.unit_id, code=item.code, version_of__year=part.result.year
    )
    known = list(rows) if mine else []
    for event in mine:
        row = next((each for each in known if _is_same(each, event)), None)
        url = reverse("matter", args=[row.pk]) if row else ""
        yield Source(_event_words(event), url, is_matter=True)


def _is_same(row: Matter, event: Event) -> bool:
    return (row.matter, row.level, row.grade, row.document) == (
        event.matter, event.level, event.grade, event.document,
    )  # fmt: skip


def _event_words(event: Event) -> str:
    """``先进集体：部发〔2026〕8号，公示5天，宋远签批``."""
    told = [
        event.document,
        day(event.on) if event.on else "",
        f"公示{event.notice_days}天" if event.notice_days else "",
        f"{event.signed_by}签批" if event.signed_by else "",
        "已整改" if event.rectified else "",
    ]
    return f"{event.matter}：{'，'.join(filter(None, told)) or event.level}"


def _quotes(part: ResultUnit, item: Item) -> Iterator[Source]:
    kept, scheme = part.result, reading(part.result).result.scheme
    if kept.scheme_version_id is None:
        return  # scored elsewhere: which run was quoted is known only there
    sealed = [row for (unit, _), row in reading(kept).result.rows.items() if unit == part.name]
    for data in (data_item(scheme, key) for key in rule_keys(item, part.group)):
        if not data.from_result:
            continue
        quote = quote_of(data, kept.year, at=kept.loaded_at)
        if quote.kept is None:
            yield Source(quote.words)
            continue
        mark = quote.marks().get(part.unit_id)
        column = data_columns(data)[0]
        is_same = all(row.values.get(column) == mark for row in sealed)
        there = part.unit_id in numbers_of(quote.kept).values()
        url = reverse("result_unit", args=[quote.kept.pk, part.unit_id]) if there else ""
        yield Source(quote.words + ("" if is_same else SINCE), url)
