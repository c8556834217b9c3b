"""Which files does a command read, and what if they are not what they should be?"""

import argparse
from pathlib import Path

from jixiao.cli.output import BadInputError, note
from jixiao.results.result import Result, SealError, read_result
from jixiao.schemes.exchange.files import read_scheme
from jixiao.schemes.exchange.marksheet import read_marksheet
from jixiao.schemes.exchange.problems import SchemeFileError
from jixiao.scoring.check import check, errors
from jixiao.scoring.scheme import Scheme
from jixiao.scoring.sheet import Sheet
from jixiao.workbooks.problems import TableError


def json_option(parser: argparse.ArgumentParser) -> None:
    """``--json`` for every command."""
    parser.add_argument("--json", action="store_true", help="输出 JSON，供程序读取")


def load_scheme(path: Path, *, quiet: bool = False) -> Scheme:
    """A scheme of any of the three formats; BadInputError with every problem."""
    try:
        scheme, warnings = read_scheme(path)
    except SchemeFileError as error:
        raise BadInputError(f"{path.name}｜{problem}" for problem in error.problems) from None
    for warning in () if quiet else warnings:
        note(f"提醒｜{path.name}｜{warning}")
    return scheme


def sound_scheme(path: Path, *, quiet: bool = False) -> Scheme:
    """A scheme whose check finds no error; warnings are shown."""
    scheme = load_scheme(path, quiet=quiet)
    remarks = check(scheme)
    if wrong := errors(remarks):
        raise BadInputError(wrong)
    for remark in () if quiet else remarks:
        note(str(remark))
    return scheme


def load_sheet(scheme: Scheme, path: Path, *, imports: list[str], quiet: bool = False) -> Sheet:
    """The mark sheet; ``imports`` are ``名称=结果文件`` of other schemes' results."""
    try:
        sheet, warnings = read_marksheet(scheme, path, imports=_imports(imports))
    except TableError as error:
        raise BadInputError(error.problems) from None
    for warning in () if quiet else warnings:
        note(str(warning))
    return sheet


def _imports(given: list[str]) -> dict[str, dict[str, dict[str, int]]]:
    found = {}
    for each in given:
        name, equals, path = each.partition("=")
        if not equals:
            raise BadInputError([f"--from 要写成“名称=结果文件”，现在是“{each}”"])
        result = load_result(Path(path))
        found[name] = {unit: _marks_by_code(marks) for unit, marks in result.year.items()}
    return found


def _marks_by_code(marks: object) -> dict[str, int]:
    assert isinstance(marks, dict)  # noqa: S101 - a result's rows are dicts
    named = {key.removeprefix("mark:"): value for key, value in marks.items()}
    return {key: value for key, value in named.items() if value is not None}


def load_result(path: Path) -> Result:
    """A sealed result whose digests fit."""
    try:
        return read_result(path)
    except SealError as error:
        raise BadInputError([error]) from None
