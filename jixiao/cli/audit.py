"""jixiao audit: is the record whole? Seal it, verify it, hand it to somebody else."""

import argparse
import time
from pathlib import Path

from django.conf import settings

from jixiao.audit.chain import HEADS_FILE, seal_all, verify
from jixiao.audit.export import export
from jixiao.cli.files import json_option
from jixiao.cli.output import DIFFERENT, OK, note, say, say_json


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """seal | verify | export."""
    parser.add_argument(
        "what",
        metavar="做什么",
        choices=("seal", "verify", "export"),
        help="seal 封链，verify 核验，export 导出",
    )
    parser.add_argument(
        "--every", metavar="秒", type=int, default=0, help="封链：每隔几秒封一次，不停"
    )
    parser.add_argument(
        "--out", metavar="文件", type=Path, default=Path("审计记录.jsonl"), help="导出到哪里"
    )
    json_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked; a broken record is exit code 1."""
    heads = settings.DATA / HEADS_FILE
    if arguments.what == "seal":
        return _seal(heads, arguments)
    if arguments.what == "export":
        count = export(arguments.out)
        say(f"已导出 {count} 条审计记录到 {arguments.out}")
        return OK
    found = verify(heads)
    if arguments.json:
        say_json({
            "ok": not found.problems, "links": found.links, "waiting": found.waiting,
            "head": found.head, "problems": found.problems,
        })  # fmt: skip
    else:
        for problem in found.problems:
            say(f"  · {problem}")
        verdict = f"发现{len(found.problems)}处问题" if found.problems else "完整，没有发现改动"
        say(
            f"审计记录{verdict}：已封链 {found.links} 条，待封 {found.waiting} 条，链头 {found.head or '—'}"
        )
    return DIFFERENT if found.problems else OK


def _seal(heads: Path, arguments: argparse.Namespace) -> int:
    count = seal_all(heads)
    while arguments.every:
        time.sleep(arguments.every)
        if count := seal_all(heads):
            note(f"已封链 {count} 条")
    say(f"已封链 {count} 条")
    return OK
