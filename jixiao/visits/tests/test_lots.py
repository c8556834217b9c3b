"""Can anybody repeat a draw, is every change found, and has every unit the same chance?"""

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.cli.main import main
from jixiao.visits import lots

SEED = "5eed" * 16


def pool(towns: int = 6, offices: int = 3, *, out: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """So many townships and departments; those of ``out`` are not drawn from."""
    named = [("乡镇", f"第{n}镇") for n in range(towns)] + [
        ("部门", f"第{n}局") for n in range(offices)
    ]
    return [
        {"unit": n, "name": name, "group": group, "out": "上月刚查过" if name in out else ""}
        for n, (group, name) in enumerate(named)
    ]


def published(seed: str = SEED, word: str = "8023", **changed: Any) -> str:
    """A draw as the page hands it out."""
    promised = {"name": "三季度抽查", "pool": pool(), "counts": {"乡镇": 2, "部门": 1}}
    drawn = lots.draw(seed, word, pool=promised["pool"], counts=promised["counts"])
    return lots.sealed({
        **dict.fromkeys(lots.TEXTS, ""), **promised, "format": lots.FORMAT, "seed": seed,
        "word": word, "witness": "老吴", "commitment": lots.promise(seed, **promised),
        "drawn": [row["name"] for row in drawn], **changed,
    })  # fmt: skip


seeds = st.text("0123456789abcdef", min_size=64, max_size=64)
words = st.text("0123456789", min_size=4, max_size=12)


@given(seeds, words)
def test_repeating_a_draw_gives_the_same(seed: str, word: str) -> None:
    assert lots.problems(published(seed, word)) == []


@settings(max_examples=200)
@given(st.data())
def test_changing_any_character_is_found(data: st.DataObject) -> None:
    text = published()
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.characters(codec="utf-8").filter(lambda sign: sign != text[place]))
    assert lots.problems(text[:place] + other + text[place + 1 :])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("seed", "0" * 64),
        ("counts", {"乡镇": 3, "部门": 1}),
        ("pool", pool(out=("第0镇",))),
        ("name", "二季度抽查"),
        ("drawn", ["第0镇", "第1镇", "第0局"]),
        ("word", "8024"),
    ],
)
def test_a_forged_file_that_is_sealed_again_is_found_too(name: str, value: object) -> None:
    forged = json.loads(published()) | {name: value}
    assert lots.problems(lots.sealed(forged))


def test_each_group_is_drawn_from_alone_and_the_excluded_are_left_out() -> None:
    rows = pool(out=("第0镇", "第1镇"))
    drawn = lots.draw(SEED, "8023", pool=rows, counts={"乡镇": 4, "部门": 2})
    names = [row["name"] for row in drawn]
    assert sorted(names[:4]) == ["第2镇", "第3镇", "第4镇", "第5镇"]
    assert len(names[4:]) == 2


def test_the_number_said_aloud_matters() -> None:
    drawn = {
        tuple(row["unit"] for row in lots.draw(SEED, str(n), pool=pool(), counts={"乡镇": 2}))
        for n in range(1000, 1040)
    }
    assert len(drawn) > 10


def test_every_unit_is_drawn_about_equally_often() -> None:
    times = dict.fromkeys(range(10), 0)
    for n in range(2_000):
        for row in lots.draw(f"{n:064x}", "8023", pool=pool(10, 0), counts={"乡镇": 3}):
            times[row["unit"]] += 1
    assert all(500 < each < 700 for each in times.values()), times


def test_the_listing_on_the_page_needs_nothing_of_ours(tmp_path: Path) -> None:
    script, file = tmp_path / "重算.py", tmp_path / "抽取.json"
    script.write_text(lots.LISTING, encoding="utf-8")
    file.write_text(published(), encoding="utf-8")
    told = subprocess.run([sys.executable, "-I", "-X", "utf8", script, file], check=True, capture_output=True)  # fmt: skip
    assert "重算一致" in told.stdout.decode()
    file.write_text(published(word="1", drawn=["第0镇"]), encoding="utf-8")
    again = subprocess.run([sys.executable, "-I", script, file], check=False, capture_output=True)
    assert again.returncode


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format":"jixiao-draw-1"}', "\ud800"])
def test_what_is_no_draw_is_said_to_be_none(text: str) -> None:
    assert lots.problems(text)


def test_before_the_draw_there_is_only_the_promise() -> None:
    text = published(seed="", word="", drawn=[])
    assert lots.problems(text) == ["还没有抽取：文件里只有承诺的摘要"]


def test_the_command_verifies_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "抽取.json"
    file.write_text(published(), encoding="utf-8")
    assert main(["draw", "verify", str(file)]) == 0
    assert "重算一致" in capsys.readouterr().out
    file.write_text(published().replace("第1镇", "第9镇", 1), encoding="utf-8")
    assert main(["draw", "verify", str(file), "--json"]) == 1
    assert not json.load(io.StringIO(capsys.readouterr().out))["ok"]
    assert main(["draw", "verify", str(tmp_path / "没有.json")]) == 2
