"""Can anyone recompute a sealed result, and does no digit of it change unnoticed?"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from jixiao.results.pipeline import evaluate
from jixiao.results.result import Result, SealError, read_result, write_result
from jixiao.results.tests.county import TOWNS, run, scheme_data
from jixiao.scoring.scheme import Scheme
from jixiao.scoring.sheet import Sheet, canonical

ROOT = Path(__file__).parents[3]
AGAIN = """
import sys
from pathlib import Path
from jixiao.results.pipeline import evaluate
from jixiao.results.result import read_result, write_result
sealed = read_result(Path(sys.argv[1]))
write_result(evaluate(sealed.scheme, sealed.sheet), Path(sys.argv[2]))
"""
"""Another person with the same program: reads the seal, recomputes, seals."""


@cache
def small() -> Result:
    """Three towns, two rounds, gates, tiers, a rate, events and a year before."""
    towns = TOWNS.split()[:3]
    found = run(scheme_data(), towns)
    sheet = Sheet(found.sheet.rows, found.sheet.events, {towns[0]: ("先进", "达标")})
    return evaluate(found.scheme, sheet)


def bytes_of(result: Result, path: Path) -> bytes:
    write_result(result, path)
    return path.read_bytes()


def turned(data: Any) -> Any:  # noqa: ANN401 - plain data
    """The same plain data with the words of every object in the opposite order."""
    if isinstance(data, list):
        return [turned(each) for each in data]
    if isinstance(data, dict):
        return {key: turned(data[key]) for key in reversed(data)}
    return data


def is_noticed(path: Path) -> bool:
    """Reading refuses the file, or recomputing it comes to other marks."""
    try:
        sealed = read_result(path)
    except SealError:
        return True
    return evaluate(sealed.scheme, sealed.sheet).outputs_digest != sealed.outputs_digest


# ------------------------------------------------------------------ the same again


def test_the_same_scheme_and_sheet_give_the_same_bytes(tmp_path: Path) -> None:
    scheme = Scheme.model_validate(scheme_data())
    sheet = small().sheet
    runs = [bytes_of(evaluate(scheme, sheet), tmp_path / f"{turn}.json") for turn in range(3)]
    assert len(set(runs)) == 1


@pytest.mark.parametrize("seed", ["0", "1", "4321"])
def test_another_process_gives_the_same_bytes(seed: str, tmp_path: Path) -> None:
    sealed, again = tmp_path / "封存.json", tmp_path / "重算.json"
    write_result(small(), sealed)
    settings = {**os.environ, "PYTHONHASHSEED": seed}
    command = [sys.executable, "-c", AGAIN, sealed, again]
    subprocess.run(command, env=settings, check=True, cwd=ROOT)
    assert again.read_bytes() == sealed.read_bytes()


def test_what_is_written_is_read_again_whole(tmp_path: Path) -> None:
    path = tmp_path / "结果.json"
    write_result(small(), path)
    found = read_result(path)
    assert found == small()
    assert found.as_json() == small().as_json()
    assert evaluate(found.scheme, found.sheet).outputs_digest == small().outputs_digest


def test_the_order_of_words_in_the_file_does_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "结果.json"
    path.write_text(json.dumps(turned(small().as_json()), indent=2), encoding="utf-8")
    assert read_result(path).as_json() == small().as_json()


# ------------------------------------------------------------------ not a digit changes


def one_digit_changed(text: str) -> Iterator[str]:
    """The text with each digit in its turn replaced by the next one."""
    for found in re.finditer(r"\d", text):
        digit = str((int(found[0]) + 1) % 10)
        yield text[: found.start()] + digit + text[found.end() :]


def tiny() -> Result:
    """Few digits, so that every one can be tried: a unit, two items, an event, a gate, a rate."""
    units = [{"name": "云溪镇1村", "tags": ["山区"]}]
    said = {
        "title": "办法",
        "document": "清岚〔2026〕1号",
        "full": "10",
        "period": {"start": "2026-01-01", "end": "2026-12-31"},
        "groups": [{"name": "村", "units": units}],
        "items": [
            {"code": "A1", "name": "税收", "points": "7.5", "points_by_group": {"村": "8"}},
            {"code": "A2", "name": "表彰", "points": "2", "rule": {"measure": {"kind": "events"}}},
        ],
        "tiers": [{"name": "好", "within": "≥6"}, {"name": "差", "within": "[0,6)"}],
    }
    said["items"][1]["events"] = {"levels": {"省级": "1/3"}}
    rows = [{"unit": "云溪镇1村", "round": "", "values": {"A1": 61234}}]
    event = {"unit": "云溪镇1村", "item": "A2", "matter": "3月", "level": "省级", "times": "2"}
    sheet = {"rows": rows, "events": [event], "history": {"云溪镇1村": ["好"]}}
    return evaluate(Scheme.model_validate(said), Sheet.from_json(sheet))


def test_no_digit_changes_unnoticed(tmp_path: Path) -> None:
    path = tmp_path / "结果.json"
    missed = []
    for text in one_digit_changed(canonical(tiny().as_json())):
        path.write_text(text, encoding="utf-8")
        if not is_noticed(path):
            missed.append(text)
    assert missed == []


@pytest.mark.parametrize("part", ["scheme", "sheet", "outputs"])
def test_the_refusal_says_which_part_was_changed(part: str, tmp_path: Path) -> None:
    words = {"scheme": "办法", "sheet": "记分表", "outputs": "得分"}
    sealed = tiny().as_json()
    sealed["digests"][part] = "sha256:" + "0" * 64
    path = tmp_path / "结果.json"
    path.write_text(canonical(sealed), encoding="utf-8")
    with pytest.raises(SealError, match=f"被改动：{words[part]}的摘要"):
        read_result(path)


def test_a_mark_changed_together_with_its_digest_is_found_by_recomputing(tmp_path: Path) -> None:
    honest = tiny()
    unit, marks = next(iter(honest.year.items()))
    forged = Result(
        honest.scheme,
        honest.sheet,
        honest.engine,
        {unit: {**marks, "total": 99999}},
        honest.rounds,
    )
    path = tmp_path / "结果.json"
    write_result(forged, path)
    assert read_result(path).outputs_digest != honest.outputs_digest
    assert is_noticed(path)


@pytest.mark.parametrize("text", ["", "[]", "1", "{", '{"format": "jixiao-result/1"}'])
def test_what_is_no_result_is_refused_in_words(text: str, tmp_path: Path) -> None:
    path = tmp_path / "结果.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SealError, match="不是得分结果文件"):
        read_result(path)


@pytest.mark.parametrize(
    "damage",
    [{"digests": None}, {"digests": {}}, {"sheet": {"rows": [], "events": [], "history": []}}],
)
def test_a_damaged_result_is_refused_in_words(damage: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "结果.json"
    path.write_text(canonical({**tiny().as_json(), **damage}), encoding="utf-8")
    with pytest.raises(SealError, match="已损坏"):
        read_result(path)
