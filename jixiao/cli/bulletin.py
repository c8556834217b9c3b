"""jixiao bulletin: a sealed result, or a bare tier list, becomes an official bulletin."""

import argparse
from importlib.resources import files
from pathlib import Path

from jixiao.bulletins.compose import BulletinError, compose, facts_of, text_of
from jixiao.bulletins.proofread import proofread
from jixiao.bulletins.standing import Standing
from jixiao.bulletins.template import Template
from jixiao.bulletins.tierlist import read_tier_list
from jixiao.cli.files import json_option, load_result
from jixiao.cli.output import OK, BadInputError, note, say, say_json, step
from jixiao.gongwen.document import DocumentError
from jixiao.gongwen.docx import render_docx
from jixiao.gongwen.fonts import find_fonts
from jixiao.gongwen.pdf import render_pdf
from jixiao.results.result import Result
from jixiao.schemes.exchange.problems import SchemeFileError
from jixiao.schemes.exchange.yaml_view import read_part
from jixiao.scoring.scheme import Scheme
from jixiao.workbooks.problems import TableError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """RESULT --template FILE --out DIR."""
    parser.add_argument(
        "result", metavar="结果", type=Path, help="结果.json，或分档名单（.csv .xlsx）"
    )
    parser.add_argument(
        "--template", metavar="模板", type=Path, help="通报模板（.yaml），不写用内置模板"
    )
    parser.add_argument("--out", metavar="文件夹", type=Path, default=Path(), help="放到哪里")
    json_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Compose, check and write the bulletin."""
    quiet = arguments.json
    source: Result | Standing
    if arguments.result.suffix.lower() == ".json":
        source = load_result(arguments.result)
        template = load_template(arguments.template, source.scheme)
    else:
        source = _tier_list(arguments.result)
        template = load_template(arguments.template, None)
    if not arguments.out.is_dir():
        raise BadInputError([f"没有文件夹“{arguments.out}”，请先建立"])
    with step("写通报.docx、通报.pdf", quiet=quiet):
        remarks = write_bulletin(source, template, arguments.out)
    if quiet:
        say_json({"ok": True, "folder": str(arguments.out), "remarks": remarks})
        return OK
    for remark in remarks:
        note(f"提醒｜{remark}")
    say(f"通报已写到 {arguments.out / '通报.docx'} 和 {arguments.out / '通报.pdf'}")
    return OK


def _tier_list(path: Path) -> Standing:
    try:
        return read_tier_list(path)
    except TableError as error:
        raise BadInputError(error.problems) from None


def load_template(path: Path | None, scheme: Scheme | None) -> Template:
    """The office's template, or the built-in one dated at the end of the scheme's period."""
    source = files("jixiao.bulletins").joinpath("通报模板.yaml") if path is None else path
    try:
        template = read_part(Template, source.read_bytes())
    except OSError:
        raise BadInputError([f"打不开通报模板“{path}”，请核对文件名和位置"]) from None
    except SchemeFileError as error:
        raise BadInputError(f"{source.name}｜{problem}" for problem in error.problems) from None
    if path is None and scheme is not None and scheme.period is not None:
        return template.model_copy(update={"signed_on": scheme.period.end})
    return template


def write_bulletin(source: Result | Standing, template: Template, folder: Path) -> list[str]:
    """Write 通报.docx and 通报.pdf; returns what the check and the fonts have to remark."""
    try:
        document = compose(source, template)
        fonts = find_fonts()
        pdf = render_pdf(document, fonts=fonts)
        docx = render_docx(document)
    except (BulletinError, DocumentError) as error:
        raise BadInputError(str(error).splitlines()) from None
    (folder / "通报.pdf").write_bytes(pdf.content)
    (folder / "通报.docx").write_bytes(docx)
    findings = proofread(text_of(document), standing=facts_of(source, template).standing)
    return [*(finding.message for finding in findings), *pdf.substitutions]
