"""jixiao evaluate: scheme and mark sheet in, every result out — all of it or nothing."""

import argparse
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from jixiao.cli.bulletin import load_template, write_bulletin
from jixiao.cli.files import json_option, load_sheet, sound_scheme
from jixiao.cli.output import OK, BadInputError, note, say, say_json, step
from jixiao.insights.report import write_report
from jixiao.results.parquet import write_parquet
from jixiao.results.pipeline import evaluate
from jixiao.results.result import Result, write_result
from jixiao.results.workbook import write_workbook
from jixiao.scoring.scheme import SchemeError

SEALED = "结果.json"
FILES: dict[str, Callable[[Result, Path], None]] = {
    SEALED: write_result,
    "得分表.xlsx": write_workbook,
    "得分.parquet": write_parquet,
    "分析报告.html": write_report,
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """SCHEME SHEET --out DIR."""
    parser.add_argument("scheme", metavar="办法", type=Path, help="办法文件（.yaml .xlsx .json）")
    parser.add_argument(
        "sheet", metavar="记分表", type=Path, help="填好的记分表（.xlsx .xls .ods .csv）"
    )
    parser.add_argument("--out", metavar="文件夹", type=Path, required=True, help="结果放到哪里")
    parser.add_argument(
        "--bulletin", metavar="模板", type=Path, help="通报模板（.yaml），不写用内置模板"
    )
    parser.add_argument(
        "--from", dest="imports", metavar="名称=结果", action="append", default=[],
        help="引用别的办法的结果，可写多次",
    )  # fmt: skip
    json_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Evaluate and write every file."""
    quiet = arguments.json
    with step("读办法、读记分表", quiet=quiet):
        scheme = sound_scheme(arguments.scheme, quiet=quiet)
        sheet = load_sheet(scheme, arguments.sheet, imports=arguments.imports, quiet=quiet)
        template = load_template(arguments.bulletin, scheme)
    with step(f"计分：{len(sheet.rows)}行", quiet=quiet):
        try:
            result = evaluate(scheme, sheet)
        except SchemeError as error:
            raise BadInputError([error]) from None
    with tempfile.TemporaryDirectory() as workshop:
        place = Path(workshop)
        for name, write in FILES.items():
            with step(f"写{name}", quiet=quiet):
                write(result, place / name)
        remarks: list[str] = []
        if scheme.tiers:
            with step("写通报.docx、通报.pdf", quiet=quiet):
                remarks = write_bulletin(result, template, place)
        files = _hand_over(place, arguments.out)
    _tell(result, files, remarks, as_json=quiet)
    return OK


def _hand_over(workshop: Path, out: Path) -> list[Path]:
    """Move the finished files to where they belong, only now that all are there."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        files = []
        for file in sorted(workshop.iterdir()):
            fresh = out / f".{file.name}.new"
            shutil.copyfile(file, fresh)
            fresh.replace(out / file.name)
            files.append(out / file.name)
    except OSError as error:
        raise BadInputError(
            [f"写不进“{out}”：{error.strerror}；请关闭已打开的文件或换一个文件夹"]
        ) from None
    return files


def _tell(result: Result, files: list[Path], remarks: list[str], *, as_json: bool) -> None:
    counts = {
        tier.name: sum(result.tier_of(unit) == tier.name for unit in result.year)
        for tier in result.scheme.tiers
    }
    if as_json:
        say_json(
            {
                "ok": True,
                "units": len(result.year),
                "tiers": counts,
                "digest": result.outputs_digest,
                "files": [str(file) for file in files],
                "remarks": remarks,
            }
        )
        return
    for remark in remarks:
        note(f"提醒｜{remark}")
    tiers = "，".join(f"{name}{count}个" for name, count in counts.items())
    say(f"{len(result.year)}个单位：{tiers}" if tiers else f"{len(result.year)}个单位已计分")
    say(f"摘要 {result.outputs_digest}")
    for file in files:
        say(f"  {file}")
