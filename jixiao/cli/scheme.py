"""jixiao scheme check|template|convert|diff: is the scheme sound, and in which form is it wanted?"""

import argparse
from pathlib import Path

from jixiao.cli.files import json_option, load_scheme, sound_scheme
from jixiao.cli.output import BAD_INPUT, DIFFERENT, OK, BadInputError, say, say_json
from jixiao.schemes.exchange.diff import diff
from jixiao.schemes.exchange.files import write_scheme
from jixiao.schemes.exchange.problems import SchemeFileError
from jixiao.schemes.exchange.template import write_template
from jixiao.scoring.check import check, errors
from jixiao.scoring.scheme import Scheme, leaves

ACTIONS = {
    "check": "检查办法：分值是否加得拢、名称是否对得上、等次有无空档",
    "template": "出记分表：按办法生成 Excel 空表",
    "convert": "换格式：YAML、Excel、JSON 互换，内容不变",
    "diff": "比较两个办法",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """check SCHEME · template SCHEME --out FILE · convert SCHEME FILE · diff OLD NEW."""
    parser.epilog = "动作：\n" + "\n".join(f"  {name:<9} {text}" for name, text in ACTIONS.items())
    parser.add_argument("action", metavar="动作", choices=ACTIONS, help="见下")
    parser.add_argument("scheme", metavar="办法", type=Path, help="办法文件（.yaml .xlsx .json）")
    parser.add_argument("other", metavar="另一文件", type=Path, nargs="?", help="新文件或另一办法")
    parser.add_argument("--out", type=Path, help="写到哪个文件")
    json_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Carry out the action."""
    return {"check": _check, "template": _template, "convert": _convert, "diff": _diff}[
        arguments.action
    ](arguments)


def _check(arguments: argparse.Namespace) -> int:
    scheme = load_scheme(arguments.scheme, quiet=arguments.json)
    remarks = check(scheme)
    if arguments.json:
        plain = [vars(remark) for remark in remarks]
        say_json({"ok": not errors(remarks), "remarks": plain})
    else:
        for remark in remarks:
            say(str(remark))
        say(_summary(scheme, len(errors(remarks)), len(remarks)))
    return BAD_INPUT if errors(remarks) else OK


def _summary(scheme: Scheme, wrong: int, total: int) -> str:
    units = sum(len(group.units) for group in scheme.groups)
    items = len(list(leaves(scheme.items)))
    about = f"《{scheme.title}》：{len(scheme.groups)}组{units}个单位，{items}个评分项"
    verdict = f"{wrong}处错误，{total - wrong}处提醒" if total else "没有发现问题"
    return f"{about}；{verdict}"


def _target(arguments: argparse.Namespace, default: str) -> Path:
    target: Path = arguments.out or arguments.other or arguments.scheme.with_name(default)
    if target.resolve() == arguments.scheme.resolve():
        raise BadInputError(["输出文件与办法是同一个文件，请另起名字"])
    if not target.parent.is_dir():
        raise BadInputError([f"没有文件夹“{target.parent}”，请先建立"])
    return target


def _template(arguments: argparse.Namespace) -> int:
    scheme = sound_scheme(arguments.scheme, quiet=arguments.json)
    target = _target(arguments, f"{arguments.scheme.stem}-记分表.xlsx")
    write_template(scheme, target)
    _done(arguments, target, "记分表")
    return OK


def _convert(arguments: argparse.Namespace) -> int:
    scheme = load_scheme(arguments.scheme, quiet=arguments.json)
    swapped = ".yaml" if arguments.scheme.suffix == ".xlsx" else ".xlsx"
    target = _target(arguments, arguments.scheme.stem + swapped)
    try:
        write_scheme(scheme, target)
    except SchemeFileError as error:
        raise BadInputError(error.problems) from None
    _done(arguments, target, "办法")
    return OK


def _done(arguments: argparse.Namespace, target: Path, what: str) -> None:
    if arguments.json:
        say_json({"ok": True, "file": str(target)})
    else:
        say(f"{what}已写到 {target}")


def _diff(arguments: argparse.Namespace) -> int:
    if arguments.other is None:
        raise BadInputError(["diff 要写两个办法文件"])
    old = load_scheme(arguments.scheme, quiet=arguments.json)
    changes = diff(old, load_scheme(arguments.other, quiet=arguments.json))
    if arguments.json:
        say_json({"same": not changes, "changes": [str(change) for change in changes]})
    else:
        for change in changes:
            say(str(change))
        say(f"共{len(changes)}处不同" if changes else "两个办法内容相同")
    return DIFFERENT if changes else OK
