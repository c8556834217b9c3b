"""jixiao demo: the main job on the bundled example county (make run)."""

import argparse
from pathlib import Path

from jixiao.cli import evaluate
from jixiao.cli.arguments import Parser
from jixiao.cli.output import OK, say

COUNTY = Path("examples") / "清岚县"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """--out DIR."""
    parser.add_argument("--out", metavar="文件夹", default="out/清岚县", help="结果放到哪里")


def run(arguments: argparse.Namespace) -> int:
    """Evaluate the fictitious county and say what can be done next."""
    say("示例：虚构的清岚县，43个乡科级单位，半年、全年、抽查三轮评估")
    parser = Parser(prog="jixiao evaluate")
    evaluate.add_arguments(parser)
    given = [COUNTY / "办法.yaml", COUNTY / "记分表.xlsx", "--out", arguments.out]
    given += ["--bulletin", COUNTY / "通报.yaml"]
    evaluate.run(parser.parse_args([str(each) for each in given]))
    sealed = f"{arguments.out}/结果.json"
    say("接下来可以：")
    say(f"  .venv/bin/jixiao explain {sealed} 云溪镇 2.2      这一项为什么是这个分")
    say(f"  .venv/bin/jixiao verify {sealed}             重算并核对摘要")
    say(f"  .venv/bin/jixiao scheme check {COUNTY}/办法.yaml   检查办法")
    return OK
