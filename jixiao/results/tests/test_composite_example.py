"""Does organization work count in the example county's composite appraisal, here and in the terminal?"""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone

from jixiao.access.actor import Actor
from jixiao.access.permissions import Role
from jixiao.events.example import Hands, last_year
from jixiao.events.example import load_example as load_matters
from jixiao.org.tests.factories import UnitFactory
from jixiao.results import composite_example as composite
from jixiao.results.example import load_example
from jixiao.results.pipeline import evaluate
from jixiao.results.queries import published, reading
from jixiao.results.queries.gathering import assembled
from jixiao.results.tests.test_example import COUNTY
from jixiao.schemes.exchange.files import read_scheme
from jixiao.schemes.exchange.marksheet import read_marksheet
from jixiao.schemes.exchange.template import write_template

pytestmark = pytest.mark.django_db


def test_last_years_composite_is_scored_and_the_terminal_agrees_to_the_last_digit(
    actor: Callable[..., Actor], tmp_path: Path
) -> None:
    today = timezone.localdate()
    last, office, head = today.year - 1, actor(Role.OFFICE), actor(Role.OFFICE_HEAD)
    for group in read_scheme(COUNTY / composite.FILE)[0].groups:
        for unit in group.units:
            UnitFactory(name=unit.name, group=group.name)
    load_example(COUNTY, year=last, loader=office, publisher=head)
    version = composite.publish_scheme(COUNTY, year=last, office=office, approver=head)
    composite.tell_figures(version, office=office)
    hands = Hands(office, head, actor(Role.LEADER), {})
    load_matters(last_year(last), version=version, hands=hands, today=today)
    result = reading(composite.score(version, office=office, head=head)).result
    work = reading(published().get(year=last)).result
    share = result.year["云溪镇"]["mark:三"]
    assert share == (work.year["云溪镇"]["total"] or 0) * 15 // 100
    assert result.year["河口镇"]["mark:加1"] == 30_000  # 同一事项只计最高
    assert result.year["教育局"]["mark:加1"] == 15_000  # 第二等次减半
    assert result.year["林业局"]["mark:加1"] == 0  # 还缺签批人
    assert result.year["统计局"]["mark:扣1"] == -30_000  # 数据采集单位
    path = tmp_path / "记分表.xlsx"
    write_template(version.scheme, path, filled=assembled(version).sheet)
    marks = {unit: {"total": each["total"]} for unit, each in work.year.items()}
    sheet, _ = read_marksheet(version.scheme, path, imports={work.scheme.title: marks})
    assert evaluate(version.scheme, sheet).outputs_digest == result.outputs_digest
