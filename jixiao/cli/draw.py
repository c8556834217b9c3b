"""jixiao draw verify FILE: does repeating a published draw give the same units?"""

import argparse
import json
from pathlib import Path

from jixiao.cli.files import json_option
from jixiao.cli.output import DIFFERENT, OK, BadInputError, say, say_json
from jixiao.visits.lots import problems


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """verify FILE."""
    parser.add_argument("what", metavar="做什么", choices=("verify",), help="verify 重算核对")
    parser.add_argument("file", metavar="文件", type=Path, help="从抽取页面下载的 .json 文件")
    json_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Recompute from what is published and compare."""
    try:
        text = arguments.file.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInputError([f"读不了 {arguments.file}：{error}"]) from None
    found = problems(text)
    if arguments.json:
        say_json({"ok": not found, "problems": found})
    elif found:
        say("重算不一致！" + "；".join(found))
    else:
        drawn = json.loads(text)["drawn"]
        say(f"重算一致：{len(drawn)}个单位，{'、'.join(drawn)}")
    return DIFFERENT if found else OK
