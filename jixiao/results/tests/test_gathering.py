"""Does the organization-work mark count into a composite result, with everything else that belongs in it?"""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from jixiao.access.actor import Actor
from jixiao.access.permissions import Role
from jixiao.core.errors import RefusedError
from jixiao.events.tests.factories import BONUS, EVENTS, MatterFactory
from jixiao.org.models import Unit
from jixiao.results.actions import score_rounds
from jixiao.results.models import ResultUnit, SealedResult
from jixiao.results.pipeline import evaluate
from jixiao.results.queries import card_page, reading
from jixiao.results.queries.gathering import assembled
from jixiao.results.queries.rounds import provisional
from jixiao.results.tests.conftest import through_review
from jixiao.schemes.exchange.marksheet import read_marksheet
from jixiao.schemes.exchange.template import write_template
from jixiao.schemes.models import SchemeVersion
from jixiao.schemes.tests.factories import scheme
from jixiao.visits.actions import (
    Provided,
    RoundPlan,
    close_round,
    open_round,
    plan_round,
    provide_data,
)
from jixiao.visits.queries.data import RoundItem
from jixiao.visits.states import RoundKind
from jixiao.visits.tests.marked import marked
from jixiao.visits.tests.marked import published as in_force

pytestmark = pytest.mark.django_db
Actors = Callable[..., Actor]
WORK = "清岚县2026年度绩效办法"
SHARE = {"kind": "proportional", "full_at": "100"}


def item(code: str, points: str, measure: dict[str, Any], scale: dict[str, Any]) -> dict[str, Any]:
    return {"code": code, "name": f"{code}项", "points": points,
            "rule": {"measure": measure, "scale": scale}}  # fmt: skip


def composite(**changed: Any) -> SchemeVersion:
    """85 points by the party department, 15 of organization work, awards of the Changde table."""
    table = {"levels": BONUS, "requires": ["document", "notice", "signature"]}
    reported = {"kind": "reported"}
    of = scheme(**{
        "title": "清岚县2026年度综合考评办法", "decimals": 2,
        "data": [
            {"key": "党建", "name": "党建得分", "low": "0", "high": "100", "provider": "县委组织部"},
            {"key": "组织工作", "name": "组织工作得分", "from_result": WORK},
        ],
        "items": [
            item("一", "85", {**reported, "data": "党建"}, SHARE),
            item("二", "15", {**reported, "data": "组织工作"}, SHARE),
        ],
        "adjustments": [{"code": "加1", "name": "表彰", "rule": {"measure": EVENTS}, "events": table}],
        **changed,
    })  # fmt: skip
    return in_force(of)


def tell(version: SchemeVersion, office: Actor, mark: int = 900_000) -> None:
    """A round in which the department tells its marks and nobody goes anywhere."""
    today = timezone.localdate()
    plan = RoundPlan(RoundKind.ANNUAL, "年终报数", today, today)
    round_ = open_round(plan_round(version, by=office, plan=plan), by=office)
    units = round_.visits.values_list("unit", flat=True)
    rows = [Provided(unit, {"党建": mark}, source="清组通〔2026〕31号") for unit in units]
    provide_data(RoundItem(round_.pk, "一"), by=office, rows=rows)
    close_round(round_, by=office)


def work(actor: Actors) -> SealedResult:
    """The published run of organization work: 92.0 for everybody."""
    return through_review(
        score_rounds(marked().version_of, by=actor(Role.OFFICE), name="年终"), actor
    )


def award(version: SchemeVersion, **said: Any) -> None:
    unit = Unit.objects.get(name="云溪镇")
    said = {"state": "signed", "level": "国家部委", "matter": "平安建设", **said}
    MatterFactory(version_of=version, unit=unit, **said)


def total(kept: SealedResult, unit: str = "云溪镇") -> int | None:
    return reading(kept).result.year[unit]["total"]


def why(kept: SealedResult, code: str) -> Any:  # noqa: ANN401 - what the page gets
    page = card_page(ResultUnit.objects.get(result=kept, name="云溪镇"), code=code)
    assert page is not None
    assert page.why is not None
    return page.why


def test_organization_work_counts_15_points_beside_imported_marks_and_awards(
    actor: Actors,
) -> None:
    office, version = actor(Role.OFFICE), composite()
    work(actor)
    tell(version, office)
    award(version)
    kept = score_rounds(version, by=office, name="综合考评")
    assert total(kept) == 765_000 + 138_000 + 30_000  # 90×0.85 + 92×0.15 + 3
    assert total(kept, "河口镇") == 903_000


def test_the_terminal_scores_the_same_sheet_exactly_alike(actor: Actors, tmp_path: Path) -> None:
    office, version = actor(Role.OFFICE), composite()
    base = work(actor)
    tell(version, office)
    award(version, on=timezone.localdate(), share="0.6")
    kept = reading(score_rounds(version, by=office, name="综合考评")).result
    path = tmp_path / "记分表.xlsx"
    write_template(version.scheme, path, filled=assembled(version).sheet)
    year = reading(base).result.year
    marks = {unit: {"total": each["total"]} for unit, each in year.items()}
    sheet, _ = read_marksheet(version.scheme, path, imports={WORK: marks})
    again = evaluate(version.scheme, sheet)
    assert sheet.events == kept.sheet.events
    assert again.outputs_digest == kept.outputs_digest


def test_what_does_not_count_yet_is_told_and_keeps_nothing_from_being_scored(
    actor: Actors, browser_of: Callable[..., Client]
) -> None:
    office, version = actor(Role.OFFICE), composite()
    work(actor)
    tell(version, office)
    award(version, state="checked")
    page = browser_of(Role.OFFICE).get(f"/results/rounds/{version.pk}/").content.decode()
    assert "还缺公示满5天、签批人" in page
    assert total(score_rounds(version, by=office, name="综合考评")) == 903_000


def test_a_result_that_is_not_published_is_owed_and_named(actor: Actors) -> None:
    office, version = actor(Role.OFFICE), composite()
    tell(version, office)
    with pytest.raises(RefusedError, match=f"还没有“{WORK}”2026年度的结果（县绩效办）"):
        score_rounds(version, by=office, name="综合考评")
    score_rounds(marked().version_of, by=office, name="年终")
    with pytest.raises(RefusedError, match="结果还没有公布（2026年年终初算）"):
        score_rounds(version, by=office, name="综合考评")


def test_a_unit_without_a_mark_there_is_named(actor: Actors) -> None:
    office = actor(Role.OFFICE)
    groups = [{"name": "乡镇", "units": [{"name": "云溪镇"}, {"name": "柳湾乡"}]}]
    version = composite(groups=groups)
    work(actor)
    tell(version, office)
    with pytest.raises(RefusedError, match=f"柳湾乡二 二项“{WORK}”里没有它的得分"):
        score_rounds(version, by=office, name="综合考评")


def test_a_scheme_line_is_quoted_by_its_name_in_the_same_year_and_by_item(actor: Actors) -> None:
    office, base = actor(Role.OFFICE), work(actor)
    assert base.line is not None
    data = [
        {"key": "党建", "provider": "县委组织部", "low": "0", "high": "100"},
        {"key": "组织工作", "from_result": base.line.name, "item": "1.1"},
    ]
    version = composite(data=data)
    tell(version, office)
    kept = score_rounds(version, by=office, name="综合考评")
    assert total(kept) == 765_000 + 43_500  # 29.0 of 100 → 15


def test_a_composite_of_results_alone_needs_no_round(actor: Actors) -> None:
    office = actor(Role.OFFICE)
    data = [{"key": "组织工作", "from_result": WORK}]
    measure = {"kind": "reported", "data": "组织工作"}
    version = composite(data=data, items=[item("二", "100", measure, SHARE)])
    work(actor)
    assert total(score_rounds(version, by=office, name="综合考评")) == 920_000


def test_a_matter_of_a_round_in_which_its_unit_takes_no_part_is_not_lost() -> None:
    rounds = [{"code": "h1", "name": "半年", "optional": True}, {"code": "h2", "name": "年终"}]
    data = [{"key": "组织工作", "from_result": WORK}]
    measure = {"kind": "reported", "data": "组织工作"}
    version = composite(rounds=rounds, data=data, items=[item("二", "100", measure, SHARE)])
    award(version, round="h9")
    assert "没有参加这一轮，却有这一轮的加扣分事项" in [
        gap.label for gap in assembled(version).gaps({"h1": "半年", "h2": "年终"})
    ]


def test_every_input_says_where_it_came_from(actor: Actors) -> None:
    office, version = actor(Role.OFFICE), composite()
    base = work(actor)
    tell(version, office)
    award(version)
    kept = score_rounds(version, by=office, name="综合考评")
    (quoted,) = why(kept, "二").sources
    assert f"引自{WORK}（2026年年终）的总分" in quoted.words
    assert quoted.url == f"/results/{base.pk}/units/{Unit.objects.get(name='云溪镇').pk}/"
    (matter,) = why(kept, "加1").sources
    assert matter.words == "平安建设：部发〔2026〕8号，公示5天，宋远签批"
    assert matter.url.startswith("/events/")
    (told,) = why(kept, "一").origins
    assert (told.source, told.who, told.remark) == (
        "由县委组织部提供",
        office.name,
        "清组通〔2026〕31号",
    )


def test_a_run_that_took_another_ones_place_later_does_not_change_where_the_mark_came_from(
    actor: Actors,
) -> None:
    office, version = actor(Role.OFFICE), composite()
    base = work(actor)
    tell(version, office)
    kept = score_rounds(version, by=office, name="综合考评")
    SealedResult.objects.filter(pk=base.pk).update(state="superseded")
    assert str(base.pk) in why(kept, "二").sources[0].url


@pytest.mark.parametrize("count", [2, 60])
def test_the_preview_asks_equally_often_whatever_the_matters(
    actor: Actors, browser_of: Callable[..., Client],
    django_assert_max_num_queries: Callable[..., Any], count: int,
) -> None:  # fmt: skip
    version = composite()
    work(actor)
    tell(version, actor(Role.OFFICE))
    unit, day = Unit.objects.get(name="云溪镇"), timezone.localdate() - timedelta(1)
    MatterFactory.create_batch(count, version_of=version, unit=unit, on=day)
    client = browser_of(Role.OFFICE)
    client.get("/")
    assert provisional(version.pk)
    with django_assert_max_num_queries(17):  # decision 0011
        client.get(f"/results/rounds/{version.pk}/")
