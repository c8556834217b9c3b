"""A full cycle of the fictitious 清岚县: two years' results, three rounds, findings, an objection."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

from django.utils import timezone

from jixiao.access.actor import Actor
from jixiao.access.permissions import Role
from jixiao.org.models import Unit
from jixiao.org.tests.factories import PersonFactory, UnitFactory
from jixiao.rectification.states import CaseState, StepKind
from jixiao.rectification.tests.factories import CaseFactory, CaseStepFactory
from jixiao.results import example
from jixiao.results.models import ResultRound, SealedResult
from jixiao.results.pipeline import evaluate
from jixiao.results.result import Result
from jixiao.schemes.exchange.files import read_scheme
from jixiao.schemes.exchange.marksheet import read_marksheet
from jixiao.schemes.states import State
from jixiao.schemes.tests.factories import SchemeVersionFactory
from jixiao.visits.models import Record
from jixiao.visits.states import RoundKind, RoundState, VisitState
from jixiao.visits.tests.factories import RoundFactory, TeamFactory, VisitFactory

COUNTY = Path(__file__).parents[3] / "examples" / "清岚县"
YEAR = 2025
"""Over, whatever day the tests are run on."""
ROUNDS = (
    ("半年评估", RoundKind.HALF_YEAR, date(2025, 7, 6), date(2025, 7, 17)),
    ("全年评估", RoundKind.ANNUAL, date(2025, 12, 7), date(2025, 12, 25)),
)
THEMES = (
    ("2.2", "月自查覆盖", "内部考评流于形式", "月自查没有覆盖到全部科室", 9),
    ("5.1", "档案齐全", "档案不齐", "季度考评汇总缺签字原件", 6),
    ("3.2", "过程更新", "过程更新不实", "过程更新只写正在推进，没有数", 4),
    ("1.2", "联络员稳定", "", "年内联络员变动超过一次", 3),
)  # fmt: skip


def result_of_county() -> Result:
    """The county's year as a sealed file alone has it."""
    scheme, _ = read_scheme(COUNTY / "办法.yaml")
    sheet, _ = read_marksheet(scheme, COUNTY / "记分表.xlsx", imports={})
    return evaluate(scheme, sheet)


def full_cycle(actor: Callable[..., Actor], *, units: int = 43) -> SealedResult:
    """The published result of the year with everything around it; so many units were visited."""
    scheme, _ = read_scheme(COUNTY / "办法.yaml")
    for group in scheme.groups:
        for unit in group.units:
            UnitFactory(name=unit.name, group=group.name)
    office, head = actor(Role.OFFICE), actor(Role.OFFICE_HEAD)
    example.load_example(COUNTY, year=YEAR, loader=office, publisher=head)
    kept = SealedResult.objects.published().get(year=YEAR)
    seen = [each.unit for each in kept.units.select_related("unit").order_by("id")[:units]]
    _hold_rounds(kept, seen)
    _find_troubles(seen)
    return kept


def _hold_rounds(kept: SealedResult, units: Sequence[Unit]) -> None:
    version = SchemeVersionFactory(state=State.PUBLISHED)
    people = PersonFactory.create_batch(4)
    for name, kind, since, until in ROUNDS:
        of = {"version_of": version, "name": name, "kind": kind, "since": since, "until": until}
        round_ = RoundFactory(**of, state=RoundState.CLOSED)
        teams = [
            TeamFactory(round=round_, people=people[:2]),
            TeamFactory(round=round_, people=people[2:]),
        ]
        ResultRound.objects.create(result=kept, round=round_)
        for place, unit in enumerate(units):
            visit = VisitFactory(
                round=round_, unit=unit, name=unit.name, team=teams[place % 2],
                state=VisitState.CLOSED,
            )  # fmt: skip
            Record.objects.create(
                visit=visit,
                code="1.1",
                methods="hear,look,read",
                digest="x",
                saved_by=round_.opened_by,
            )


def _find_troubles(units: Sequence[Unit]) -> None:
    """Most are put right in time; one is late, one came back."""
    for code, item, theme, fact, many in THEMES:
        for place, unit in enumerate(units[:many]):
            state = CaseState.CLOSED if place % 3 else CaseState.TOLD
            case = CaseFactory(
                unit=unit, year=YEAR, code=code, item=item, theme=theme, fact=f"{fact}。", state=state,
                due=-3 if place == 0 and code == "5.1" else 20,
            )  # fmt: skip
            if state == CaseState.CLOSED:
                CaseStepFactory(
                    case=case, kind=StepKind.PROOF, taken_at=timezone.now() - timedelta(days=1)
                )
