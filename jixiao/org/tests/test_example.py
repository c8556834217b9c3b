"""Is the example county's workbook fresh, and does it come in as it is?"""

import importlib.util
import sys
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from jixiao.access.actor import Actor
from jixiao.audit.models import Event
from jixiao.org import models
from jixiao.org.actions import apply_workbook, hand_in_workbook
from jixiao.org.actions.facts import Basis
from jixiao.org.queries.imports import preview_of
from jixiao.org.queries.people import find
from jixiao.schemes.exchange.files import read_scheme

ROOT = Path(__file__).parents[3]
COUNTY = ROOT / "examples" / "清岚县"
COMMITTED = COUNTY / "机构人员.xlsx"


def cells(path: Path) -> dict[str, list[tuple[object, ...]]]:
    return {
        sheet.title: list(sheet.iter_rows(values_only=True))
        for sheet in openpyxl.load_workbook(path)
    }


def test_the_workbook_is_made_from_the_scheme(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = importlib.util.spec_from_file_location(
        "example_org", ROOT / "scripts" / "example_org.py"
    )
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "example_org", script)
    spec.loader.exec_module(script)
    (tmp_path / "办法.yaml").write_bytes((COUNTY / "办法.yaml").read_bytes())
    monkeypatch.setattr(script, "COUNTY", tmp_path)
    script.main()
    assert cells(tmp_path / "机构人员.xlsx") == cells(COMMITTED)


@pytest.fixture
def county(office: Actor) -> None:
    """The example county."""
    handed = hand_in_workbook("机构人员.xlsx", by=office, content=COMMITTED.read_bytes())
    look = preview_of(handed)
    assert look.warnings == ()
    apply_workbook(
        handed, by=office, fingerprint=look.fingerprint, reason="装入示例县",
        basis=Basis(date(2026, 7, 31), "清绩办〔2026〕1号"),
    )  # fmt: skip


@pytest.mark.django_db
@pytest.mark.usefixtures("county")
def test_the_example_county_comes_in_with_one_entry() -> None:
    assert Event.objects.filter(action="org.apply_workbook").count() == 1
    assert models.Unit.objects.assessed().exclude(group="").count() == 43
    assert 140 <= models.Person.objects.count() <= 190
    assert not models.Unit.objects.get(name="平沙乡").duties.filter(role="liaison", until=None)


@pytest.mark.django_db
@pytest.mark.usefixtures("county")
def test_every_unit_of_the_scheme_is_found_by_the_schemes_names() -> None:
    scheme, _ = read_scheme(COUNTY / "办法.yaml")
    for group in scheme.groups:
        for unit in group.units:
            for name in (unit.name, *unit.aliases):
                assert unit.name in [each.name for each in find(name).units]
