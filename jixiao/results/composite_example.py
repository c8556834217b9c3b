"""What does organization work count for? Last year's composite appraisal of the example county."""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from django.utils import timezone

from jixiao.access.actor import Actor
from jixiao.results.actions import review_result, score_rounds
from jixiao.results.models import SealedResult
from jixiao.schemes.actions import approve, start_draft, submit
from jixiao.schemes.editing import plain
from jixiao.schemes.exchange.files import read_scheme
from jixiao.schemes.models import SchemeVersion
from jixiao.schemes.states import State
from jixiao.schemes.years import for_year
from jixiao.scoring.numbers import SCALE
from jixiao.visits.actions import Provided, RoundPlan, close_round, open_round, plan_round
from jixiao.visits.actions.data import provide_data
from jixiao.visits.models import Round
from jixiao.visits.queries.data import RoundItem
from jixiao.visits.states import RoundKind

FILE = "综合考评办法.yaml"
NAME = "乡科级单位综合考评办法"
GIVEN = {
    "一": ("清高质办〔{year}〕9号", {"高质量发展": (700, 260)}),
    "二": ("清组通〔{year}〕31号", {"党的建设": (78, 20)}),
    "四.1": ("县统计局社情民意调查报告", {"满意": (60, 30), "基本满意": (18, 12), "不满意": (1, 8)}),
    "四.2": ("县领导评价票汇总", {"领导优秀": (14, 10), "领导良好": (6, 6), "领导一般": (0, 4)}),
}  # fmt: skip
"""By item: where the figures come from, and each figure's least value and spread."""


def publish_scheme(county: Path, *, year: int, office: Actor, approver: Actor) -> SchemeVersion:
    """The composite scheme of a year that is over, in force since its January as paper knows it."""
    scheme, _ = read_scheme(county / FILE)
    written = scheme.period.end.year if scheme.period else year
    number = scheme.document.replace(str(written), str(year))
    document = plain(for_year(scheme, old=written, new=year))
    version = submit(start_draft(NAME, by=office, year=year, document=document), by=office)
    version = approve(version, by=approver, document_number=number)
    SchemeVersion.objects.filter(pk=version.pk).update(
        state=State.PUBLISHED, effective_on=date(year, 1, 20), published_at=timezone.now(),
        published_by=approver.signature(),
    )  # fmt: skip
    return SchemeVersion.objects.get(pk=version.pk)


def tell_figures(version: SchemeVersion, *, office: Actor) -> Round:
    """A round in which nobody goes anywhere: the offices that keep figures tell them."""
    year = version.year
    plan = RoundPlan(RoundKind.ANNUAL, "年终报数", date(year, 12, 1), date(year, 12, 31))
    round_ = open_round(plan_round(version, by=office, plan=plan), by=office)
    for code, (source, figures) in GIVEN.items():
        rows = list(_rows(round_, source.format(year=year), figures))
        provide_data(RoundItem(round_.pk, code), by=office, rows=rows)
    return close_round(round_, by=office)


def score(version: SchemeVersion, *, office: Actor, head: Actor) -> SealedResult:
    """Scored by one, reviewed by another; it waits to be told to the units."""
    return review_result(score_rounds(version, by=office, name="综合考评"), by=head)


def _rows(round_: Round, source: str, figures: Mapping[str, tuple[int, int]]) -> Iterator[Provided]:
    for visit in round_.visits.order_by("order"):
        values = {
            key: (least + _drift(visit.name + key, spread)) * SCALE
            for key, (least, spread) in figures.items()
        }
        yield Provided(visit.unit_id, values, source=source)


def _drift(text: str, spread: int) -> int:
    """Always the same, and nobody's opinion."""
    return hashlib.sha256(text.encode()).digest()[0] * spread // 255
