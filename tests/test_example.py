"""The example county is not stale: its mark sheet is what scripts/example.py makes of the scheme."""

import importlib.util
from pathlib import Path

import openpyxl
import pytest

ROOT = Path(__file__).parent.parent
COMMITTED = ROOT / "examples" / "清岚县" / "记分表.xlsx"


def cells(path: Path) -> dict[str, list[tuple[object, ...]]]:
    book = openpyxl.load_workbook(path)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def test_the_mark_sheet_is_made_from_the_scheme(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = importlib.util.spec_from_file_location("example", ROOT / "scripts" / "example.py")
    assert spec is not None
    assert spec.loader is not None
    example = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(example)
    (tmp_path / "办法.yaml").write_bytes((example.COUNTY / "办法.yaml").read_bytes())
    monkeypatch.setattr(example, "COUNTY", tmp_path)
    example.main()
    assert cells(tmp_path / "记分表.xlsx") == cells(COMMITTED)
