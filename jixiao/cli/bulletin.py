"""jixiao bulletin: a sealed result, or a bare tier list, becomes an official bulletin."""

import argparse
from pathlib import Path

from jixiao.bulletins.compose import BulletinError, Source, compose, facts_of, text_of
from jixiao.bulletins.context import Context, earlier
from jixiao.bulletins.proofread import proofread
from jixiao.bulletins.shipped import WORDS, shipped
from jixiao.bulletins.standing import Standing
from jixiao.bulletins.template import Template
from jixiao.bulletins.tierlist import read_tier_list
from jixiao.bulletins.typed import typed_figures
from jixiao.cli.files import json_option, load_result
from jixiao.cli.output import OK, BadInputError, note, say, say_json, step
from jixiao.gongwen.document import DocumentError
from jixiao.gongwen.docx import render_docx
from jixiao.gongwen.fonts import find_fonts
from jixiao.gongwen.pdf import render_pdf
from jixiao.schemes.exchange.problems import SchemeFileError
from jixiao.schemes.exchange.yaml_view import read_part
from jixiao.scoring.scheme import Scheme
from jixiao.workbooks.problems import TableError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """RESULT --template FILE or --kind KIND --out DIR."""
    parser.add_argument(
        "result", metavar="结果", type=Path, help="结果.json，或分档名单（.csv .xlsx）"
    )
    chosen = parser.add_mutually_exclusive_group()
    chosen.add_argument("--template", metavar="模板", type=Path, help="本机关的通报模板（.yaml）")
    chosen.add_argument(
        "--kind", metavar="种类", choices=WORDS, default="简要",
        help=f"内置模板：{'、'.join(WORDS)}；不写用简要的",
    )  # fmt: skip
    parser.add_argument(
        "--before", metavar="上年结果", type=Path, help="上年的结果.json，用来写与上年相比"
    )
    parser.add_argument("--about", metavar="主题", default="", help="专题通报讲哪个项目或类别")
    parser.add_argument("--tiers-only", action="store_true", help="只公布等次，不公布得分和名次")
    parser.add_argument("--out", metavar="文件夹", type=Path, default=Path(), help="放到哪里")
    json_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Compose, check and write the bulletin."""
    quiet = arguments.json
    source, scheme = _source(arguments.result, arguments.before)
    template = load_template(arguments.template, scheme, kind=arguments.kind)
    update: dict[str, object] = {"shows_marks": template.shows_marks and not arguments.tiers_only}
    if arguments.about:
        update["subject"] = arguments.about
    template = template.model_copy(update=update)
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


def _source(path: Path, before: Path | None) -> tuple[Source, Scheme | None]:
    """What the bulletin speaks of, and the scheme behind it where there is one."""
    if path.suffix.lower() != ".json":
        if before is not None:
            raise BadInputError(["分档名单没有得分，不能与上年结果相比；请用结果.json"])
        return _tier_list(path), None
    result = load_result(path)
    last = earlier(result, load_result(before)) if before else None
    if last is not None and not last.tiers:
        raise BadInputError([f"“{before}”里没有一个单位与今年的相同，请核对是不是上年的结果"])
    return Context(result, before=last), result.scheme


def _tier_list(path: Path) -> Standing:
    try:
        return read_tier_list(path)
    except TableError as error:
        raise BadInputError(error.problems) from None


def load_template(path: Path | None, scheme: Scheme | None, *, kind: str = "简要") -> Template:
    """The office's template, or a built-in one dated at the end of the scheme's period."""
    if path is None:
        template = shipped(WORDS[kind])
        if scheme is None or scheme.period is None:
            return template
        return template.model_copy(update={"signed_on": scheme.period.end})
    try:
        return read_part(Template, path.read_bytes())
    except OSError:
        raise BadInputError([f"打不开通报模板“{path}”，请核对文件名和位置"]) from None
    except SchemeFileError as error:
        raise BadInputError(f"{path.name}｜{problem}" for problem in error.problems) from None


def write_bulletin(source: Source, template: Template, folder: Path) -> list[str]:
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
    facts = facts_of(source, template)
    findings = proofread(text_of(document), standing=facts.standing)
    typed = [
        f"手写了数字“{each.figure}”（{each.excerpt}）"
        + (
            f"，和引用{each.reference}同值，说的是它就改为引用"
            if each.reference
            else "，请核对出处"
        )
        for each in typed_figures(template, facts)
    ]
    return [*(finding.message for finding in findings), *typed, *pdf.substitutions]
