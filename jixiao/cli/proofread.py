"""jixiao proofread: are the counts, lists and names in a bulletin's text consistent?"""

import argparse
from pathlib import Path

import docx

from jixiao.bulletins.facts import standing_of
from jixiao.bulletins.proofread import proofread
from jixiao.cli.files import json_option, load_result
from jixiao.cli.output import DIFFERENT, OK, BadInputError, say, say_json


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """TEXT --against RESULT."""
    parser.add_argument("text", metavar="通报", type=Path, help="通报文字（.txt .docx）")
    parser.add_argument("--against", metavar="结果", type=Path, help="与哪个结果核对（结果.json）")
    json_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print what contradicts itself; exit code 1 when anything does."""
    standing = standing_of(load_result(arguments.against)) if arguments.against else None
    findings = proofread(_text(arguments.text), standing=standing)
    if arguments.json:
        say_json([{"kind": f.kind, "message": f.message, "lines": list(f.lines)} for f in findings])
        return DIFFERENT if findings else OK
    for finding in findings:
        say(f"{finding.severity}｜第{'、'.join(map(str, finding.lines))}行｜{finding.message}")
    say(f"共{len(findings)}处" if findings else "没有发现前后不一致")
    return DIFFERENT if findings else OK


def _text(path: Path) -> str:
    try:
        if path.suffix.lower() == ".docx":
            return _docx_text(path)
        data = path.read_bytes()
    except (OSError, KeyError, ValueError):
        raise BadInputError([f"打不开“{path}”，请核对文件；只支持 .txt 和 .docx"]) from None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadInputError([f"“{path.name}”的文字编码无法识别，请另存为 UTF-8"])


def _docx_text(path: Path) -> str:
    lines = []
    for block in docx.Document(str(path)).iter_inner_content():
        if isinstance(block, docx.table.Table):
            lines += ["\t".join(cell.text for cell in row.cells) for row in block.rows]
        else:
            lines.append(block.text)
    return "\n".join(lines)
