"""jixiao verify: does the sealed result recompute to its digest, in a file or in the platform?"""

import argparse
import importlib
import os
from pathlib import Path

from jixiao import __version__
from jixiao.cli.files import json_option, load_result
from jixiao.cli.output import DIFFERENT, OK, say, say_json
from jixiao.results.pipeline import evaluate


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """RESULT."""
    parser.add_argument(
        "result", metavar="结果",
        help="结果.json；或者平台里一次结果的编号，或封条、得分摘要的开头（至少8位）",
    )  # fmt: skip
    json_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """A file, or else a run of the platform, which alone needs the database."""
    path = Path(arguments.result)
    if path.exists() or path.suffix == ".json":
        return _verify_file(path, as_json=arguments.json)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jixiao.config.settings")
    importlib.import_module("django").setup()
    verify = importlib.import_module("jixiao.cli.verify_run").verify
    code: int = verify(arguments.result, as_json=arguments.json)
    return code


def _verify_file(path: Path, *, as_json: bool) -> int:
    """Recompute from the scheme and the sheet inside the seal and compare."""
    sealed = load_result(path)
    again = evaluate(sealed.scheme, sealed.sheet)
    same = again.outputs_digest == sealed.outputs_digest
    if as_json:
        say_json({"ok": same, "sealed": sealed.outputs_digest, "again": again.outputs_digest})
        return OK if same else DIFFERENT
    if same:
        say(f"重算一致：{len(sealed.year)}个单位，摘要 {sealed.outputs_digest}")
        return OK
    say(f"重算不一致！封存 {sealed.outputs_digest}，重算 {again.outputs_digest}")
    say(f"封存时程序为 {sealed.engine} 版，现在是 {__version__} 版")
    changed = [unit for unit in sealed.year if again.year.get(unit) != sealed.year[unit]]
    say(f"得分不同的单位：{'、'.join(changed[:20]) or '只有过程数据不同'}")
    return DIFFERENT
