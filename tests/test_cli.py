"""The command line as a clerk meets it: answers, exit codes, JSON, and nothing half-written."""

import json
import shutil
from pathlib import Path

import docx
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jixiao.cli.main import COMMANDS, main

ROOT = Path(__file__).parent.parent
COUNTY = ROOT / "examples" / "清岚县"
SCHEME, SHEET, BULLETIN = COUNTY / "办法.yaml", COUNTY / "记分表.xlsx", COUNTY / "通报.yaml"
FILES = {"结果.json", "得分表.xlsx", "得分.parquet", "分析报告.html", "通报.docx", "通报.pdf"}


def run(*words: object) -> int:
    return main([str(word) for word in words])


@pytest.fixture(scope="session")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("结果")
    assert run("evaluate", SCHEME, SHEET, "--out", out, "--bulletin", BULLETIN, "--json") == 0
    return out


def test_evaluate_writes_every_file(results: Path) -> None:
    assert {file.name for file in results.iterdir()} == FILES


def test_the_same_input_gives_the_same_bytes(results: Path, tmp_path: Path) -> None:
    run("evaluate", SCHEME, SHEET, "--out", tmp_path, "--bulletin", BULLETIN, "--json")
    assert [n for n in FILES if (results / n).read_bytes() != (tmp_path / n).read_bytes()] == []


def test_evaluate_counts_the_tiers(results: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("evaluate", SCHEME, SHEET, "--out", results, "--bulletin", BULLETIN, "--json")
    answer = json.loads(capsys.readouterr().out)
    assert answer["units"] == 43
    assert sum(answer["tiers"].values()) == 43


def test_explain_names_rule_inputs_and_arithmetic(
    results: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("explain", results / "结果.json", "云 溪 镇", "2.2") == 0
    told = capsys.readouterr().out
    assert all(word in told for word in ("云溪镇", "月自查覆盖", "规则：", "填报：", "1. "))


def test_explain_suggests_the_unit_meant(results: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("explain", results / "结果.json", "云溪乡") == 2
    assert "是不是“云溪镇”" in capsys.readouterr().err


def test_verify_recomputes(results: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("verify", results / "结果.json") == 0
    assert "重算一致：43个单位" in capsys.readouterr().out


def test_verify_refuses_a_touched_result(results: Path, tmp_path: Path) -> None:
    text = (results / "结果.json").read_text(encoding="utf-8")
    (tmp_path / "结果.json").write_text(text.replace('"total":', '"tota1":', 1), encoding="utf-8")
    assert run("verify", tmp_path / "结果.json") == 2


def test_simulate_says_whose_tier_moves_and_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = SCHEME.read_text(encoding="utf-8").replace("≥80", "≥75").replace("[60,80)", "[60,75)")
    (tmp_path / "新.yaml").write_text(changed, encoding="utf-8")
    assert run("simulate", SCHEME, tmp_path / "新.yaml", SHEET) == 0
    told = capsys.readouterr().out
    assert "达标 → 先进" in told
    assert "等次界线、名额或门槛变了" in told


def test_a_scheme_converts_to_excel_and_back(tmp_path: Path) -> None:
    assert run("scheme", "convert", SCHEME, tmp_path / "办法.xlsx") == 0
    assert run("scheme", "convert", tmp_path / "办法.xlsx", tmp_path / "办法.json") == 0
    assert run("scheme", "diff", SCHEME, tmp_path / "办法.json") == 0


def test_a_template_is_written(tmp_path: Path) -> None:
    assert run("scheme", "template", SCHEME, "--out", tmp_path / "表.xlsx") == 0
    assert "乡镇·半年评估" in openpyxl.load_workbook(tmp_path / "表.xlsx").sheetnames


def test_a_bulletin_from_a_bare_tier_list(tmp_path: Path) -> None:
    tiers = ROOT / "examples" / "灌南2009" / "分档名单.csv"
    assert run("bulletin", tiers, "--out", tmp_path, "--json") == 0
    assert (tmp_path / "通报.pdf").read_bytes().startswith(b"%PDF")


def test_a_bulletin_of_a_kind_compares_with_last_year(results: Path, tmp_path: Path) -> None:
    sealed = results / "结果.json"
    command = (
        "bulletin",
        sealed,
        "--kind",
        "年度",
        "--before",
        sealed,
        "--out",
        tmp_path,
        "--json",
    )
    assert run(*command) == 0
    text = "\n".join(each.text for each in docx.Document(str(tmp_path / "通报.docx")).paragraphs)
    assert "平均分与上年持平" in text
    assert "组内名次上升" not in text


def test_a_tier_list_cannot_be_compared(
    results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tiers = ROOT / "examples" / "灌南2009" / "分档名单.csv"
    assert run("bulletin", tiers, "--before", results / "结果.json", "--out", tmp_path) == 2
    assert "不能与上年结果相比" in capsys.readouterr().err


def test_a_bulletin_of_one_topic_needs_its_topic(
    results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ("bulletin", results / "结果.json", "--kind", "专题", "--out", tmp_path)
    assert run(*command) == 2
    assert "主题" in capsys.readouterr().err
    assert run(*command, "--about", "内部绩效", "--tiers-only") == 0


def test_a_bulletin_agrees_with_itself(results: Path) -> None:
    assert run("proofread", results / "通报.docx", "--against", results / "结果.json") == 0


def test_proofread_finds_a_wrong_count(tmp_path: Path) -> None:
    (tmp_path / "通报.txt").write_text("先进单位3个：云溪镇、河口镇。", encoding="gb18030")
    assert run("proofread", tmp_path / "通报.txt") == 1


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_chinese(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        run(command, "--help")
    told = capsys.readouterr().out
    assert end.value.code == 0
    assert told.startswith("用法：")
    assert not any(word in told for word in ("usage", "options", "show this help"))


@pytest.mark.parametrize("words", [["无此命令"], ["evaluate"], ["scheme", "check", "a", "--什么"]])
def test_wrong_usage_is_told_in_chinese(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        run(*words)
    assert end.value.code == 2
    assert "写法不对：" in capsys.readouterr().err


# ------------------------------------------------------------------ bad input


def damaged(tmp_path: Path, sheet: str, changes: dict[str, object]) -> Path:
    book = openpyxl.load_workbook(SHEET)
    for cell, value in changes.items():
        book[sheet][cell] = value
    book.save(tmp_path / "坏表.xlsx")
    return tmp_path / "坏表.xlsx"


def test_all_faults_of_a_sheet_are_told_at_once_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changes = {"A4": "云溪乡", "B5": 4.5, "B6": "三", "D7": None, "A8": "石桥镇"}
    sheet = damaged(tmp_path, "乡镇·全年评估", changes)
    assert run("evaluate", SCHEME, sheet, "--out", tmp_path / "结果") == 2
    told = capsys.readouterr().err
    for words in ("云溪乡", "第5行", "第6行", "第7行", "第8行"):
        assert words in told
    assert not (tmp_path / "结果").exists()


def test_faults_come_as_json_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = damaged(tmp_path, "乡镇·全年评估", {"B5": "四"})
    assert run("evaluate", SCHEME, sheet, "--out", tmp_path / "结果", "--json") == 2
    answer = json.loads(capsys.readouterr().out)
    assert answer["ok"] is False
    assert answer["problems"][0]["row"] == 5
    assert "第5行" in answer["problems"][0]["text"]


@pytest.mark.parametrize(
    "change",
    [
        ("满分: 100", "满分: 九十"),
        ("方法: 比率", "方法: 比例"),
        ("数据: 联络员变动", "数据: 联络员"),
        ("名称: 园区", "名称: 乡镇"),
        ('编码: "1.2"', '编码: "1.1"'),
    ],
)
def test_an_unsound_scheme_stops_everything(
    change: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = SCHEME.read_text(encoding="utf-8").replace(*change, 1)
    (tmp_path / "办法.yaml").write_text(text, encoding="utf-8")
    assert run("evaluate", tmp_path / "办法.yaml", SHEET, "--out", tmp_path / "结果") == 2
    assert "没有完成" in capsys.readouterr().err
    assert not (tmp_path / "结果").exists()


def test_circular_prerequisites_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "办法.yaml").write_text(
        """
名称: 循环
满分: 10
组别: [{名称: 组, 单位: [甲]}]
指标:
  - {编码: "1", 名称: 一, 分值: 5, 规则: {前提: {方法: 项目得分, 项目: "2", 范围: "≥1"}}}
  - {编码: "2", 名称: 二, 分值: 5, 规则: {前提: {方法: 项目得分, 项目: "1", 范围: "≥1"}}}
""",
        encoding="utf-8",
    )
    assert run("scheme", "check", tmp_path / "办法.yaml") == 2
    assert "循环引用：1 → 2 → 1" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["没有.yaml", "没有.xlsx", "没有.json", "没有.doc"])
def test_a_file_that_is_not_there(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("scheme", "check", name) == 2
    assert name in capsys.readouterr().err


def test_a_template_with_an_unknown_reference(
    results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = BULLETIN.read_text(encoding="utf-8").replace("{分档名单}", "{分档}")
    (tmp_path / "通报.yaml").write_text(text, encoding="utf-8")
    sealed = results / "结果.json"
    assert run("bulletin", sealed, "--template", tmp_path / "通报.yaml", "--out", tmp_path) == 2
    assert "“{分档}”无法识别" in capsys.readouterr().err
    assert not (tmp_path / "通报.pdf").exists()


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_mutated_workbook_never_ends_in_a_traceback(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    place = tmp_path_factory.mktemp("变")
    content = bytearray(SHEET.read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.sampled_from([len(content), len(content) // 2, 10]))
    (place / "变.xlsx").write_bytes(content[:cut])
    code = run("evaluate", SCHEME, place / "变.xlsx", "--out", place / "结果", "--json")
    assert code in (0, 2)
    assert (place / "结果").exists() == (code == 0)
    shutil.rmtree(place)
