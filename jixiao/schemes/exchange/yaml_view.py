"""How does a scheme read as YAML, and what scheme does a YAML text mean?

Every scalar is a text; anchors, tags and repeated keys are refused; each problem tells its line.
"""

import re
import unicodedata
from dataclasses import dataclass, field, replace

import yaml

from jixiao.schemes.exchange.problems import Keys, Problem, SchemeFileError, place_of
from jixiao.schemes.exchange.words import P, Words, from_words, to_words
from jixiao.scoring.base import Part
from jixiao.scoring.scheme import Scheme

LARGEST = 5_000_000  # characters
DEEPEST = 60  # mappings and lists inside each other
LINE = 88  # columns; a Chinese character takes two
NESTED = 3  # levels that still read well on one line
TEXT = "tag:yaml.org,2002:str"
UNPRINTABLE = re.compile(
    "[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)

CONFUSED = "这里的格式不对，请检查上下行缩进是否对齐、引号和括号是否成对、冒号后是否空一格"
MARKED = "内容不能以 &、* 或 ! 开头；确是文字的，请加引号"
SYNTAX = {
    "alphabetic or numeric": MARKED,
    "mapping values are not allowed": "这一行多了一个冒号，或者没有与上下行对齐；内容里有冒号的，请给内容加引号",
    "cannot start any token": "内容不能以 @、%、` 等符号开头，请给内容加引号",
    "expected ',' or": "从这里开始的括号没有配对，或者少了逗号",
    "unexpected end of stream": "从这里开始的引号没有配对",
}
"""What the parser's complaints mean to a clerk."""


# ------------------------------------------------------------------ writing


class _Writer(yaml.BaseDumper):
    """Writes every text plainly where that is safe, and sets lists in from their key."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: FBT001, FBT002, ARG002 - the library's
        super().increase_indent(flow, False)  # noqa: FBT003


def write_yaml(scheme: Part) -> str:
    """The scheme as YAML in Chinese words: the same scheme always gives the same text."""
    return _text(_mapped({key: _node(each) for key, each in to_words(scheme).items()}))


def flow_text(words: Words) -> str:
    """Plain data on one line, such as ``{方法: 每次扣, 每次扣: 0.5}``."""
    return _text(_node(words, flow=True)).rstrip("\n").removesuffix("\n...")


def _text(node: yaml.Node) -> str:
    return str(yaml.serialize(node, Dumper=_Writer, allow_unicode=True, width=float("inf")))


def _mapped(nodes: dict[str, yaml.Node], *, flow: bool = False) -> yaml.Node:
    pairs = [(_scalar(key), node) for key, node in nodes.items()]
    return yaml.MappingNode("tag:yaml.org,2002:map", pairs, flow_style=flow)


def _node(words: Words, *, flow: bool | None = None) -> yaml.Node:
    """The node of some data: on one line where that reads well, unless ``flow`` decides it."""
    if isinstance(words, str):
        return _scalar(words)
    inline = _reads_well(words) if flow is None else flow
    inner = True if inline else None
    if isinstance(words, dict):
        nodes = {key: _node(each, flow=inner) for key, each in words.items()}
        return _mapped(nodes, flow=inline)
    rows_inline = inner or all(map(_reads_well, words)) or None
    rows = [_node(each, flow=rows_inline) for each in words]
    return yaml.SequenceNode("tag:yaml.org,2002:seq", rows, flow_style=inline)


def _scalar(text: str) -> yaml.Node:
    """A text; in double quotes if anything in it could not be seen."""
    plain = text.replace("\u3000", "").isprintable()
    return yaml.ScalarNode(TEXT, text, style=None if plain else '"')


def _reads_well(words: Words) -> bool:
    """Whether data are short and shallow enough for one line; rows of parts get a line each."""
    if isinstance(words, list) and any(isinstance(each, dict) for each in words):
        return False
    return _levels(words) <= NESTED and _columns(words) <= LINE


def _levels(words: Words) -> int:
    if isinstance(words, str):
        return 0
    inner = words.values() if isinstance(words, dict) else words
    return 1 + max(map(_levels, inner), default=0)


def _columns(words: Words) -> int:
    if isinstance(words, str):
        return sum(2 if unicodedata.east_asian_width(ch) in "WF" else 1 for ch in words)
    if isinstance(words, dict):
        return sum(_columns(key) + 4 + _columns(each) for key, each in words.items())
    return sum(2 + _columns(each) for each in words)


# ------------------------------------------------------------------ reading


def read_yaml(text: str | bytes) -> Scheme:
    """The scheme a YAML text (or the bytes of a file) means.

    Raises SchemeFileError with all the problems, in the order of their lines.
    """
    return read_part(Scheme, text)


def read_part(model: type[P], text: str | bytes) -> P:
    """A document of any model, such as a template, read and refused like a scheme."""
    found = parse(text)
    told = list(found.problems)
    try:
        part = from_words(model, found.data)
        if not told:
            return part
    except SchemeFileError as error:
        told += error.problems
    lines = [(place_of(each.keys, found.lines) or 1, each) for each in told]
    lines.sort(key=lambda pair: pair[0])
    raise SchemeFileError(replace(each, where=f"第{line}行") for line, each in lines)


@dataclass
class Parsed:
    """Plain data of a YAML text, the line of each part, and repeated keys."""

    data: Words = ""
    lines: dict[Keys, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def parse(text: str | bytes) -> Parsed:
    """The plain data of a YAML text. Raises SchemeFileError where it is no plain YAML."""
    text = _checked(text)
    events, found = yaml.CBaseLoader(text), Parsed()
    try:
        events.get_event()
        if events.check_event(yaml.StreamEndEvent):
            raise _refused(1, "文件里没有内容")
        events.get_event()
        found.data = _compose(events, (), found)
        events.get_event()
        if not events.check_event(yaml.StreamEndEvent):
            raise _refused(_line(events), "“---”之后又是一份，请一个文件只写一份")
    except yaml.MarkedYAMLError as error:
        raise _syntax(error, text) from error
    return found


def _checked(text: str | bytes) -> str:
    """The text itself; raises SchemeFileError for a wrong encoding, a wrong size, hidden signs."""
    try:
        text = text.decode("utf-8") if isinstance(text, bytes) else text
    except UnicodeDecodeError:
        raise _refused(1, "文件不是UTF-8编码，请在编辑器里另存为UTF-8后再交") from None
    if len(text) > LARGEST:
        raise _refused(1, f"文件超过{LARGEST // 10_000}万字，不像是这里要的文件，请核对")
    text = text.removeprefix("\ufeff")
    if match := UNPRINTABLE.search(text):
        line = text.count("\n", 0, match.start()) + 1
        raise _refused(line, f"有看不见的字符（U+{ord(match.group()):04X}），请删去")
    return text


def _compose(events: yaml.CBaseLoader, keys: Keys, found: Parsed) -> Words:
    """The data of the next event. Aliases are never followed, so that a short text stays short."""
    line = _line(events)
    found.lines.setdefault(keys, line)
    event = events.get_event()
    anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
    if isinstance(event, yaml.AliasEvent) or anchor or tag not in (None, "!"):
        raise _refused(line, MARKED)
    if isinstance(event, yaml.ScalarEvent):
        return str(event.value)
    if len(keys) >= DEEPEST:
        raise _refused(line, f"一层套一层超过{DEEPEST}层，请检查括号和缩进")
    if isinstance(event, yaml.SequenceStartEvent):
        return _sequence(events, keys, found)
    return _mapping(events, keys, found)


def _sequence(events: yaml.CBaseLoader, keys: Keys, found: Parsed) -> Words:
    rows: list[Words] = []
    while not events.check_event(yaml.SequenceEndEvent):
        rows.append(_compose(events, (*keys, len(rows)), found))
    events.get_event()
    return rows


def _mapping(events: yaml.CBaseLoader, keys: Keys, found: Parsed) -> Words:
    """The pairs of a mapping; of a repeated key the first pair counts and the second is told."""
    pairs: dict[str, Words] = {}
    while not events.check_event(yaml.MappingEndEvent):
        line = _line(events)
        if not events.check_event(yaml.ScalarEvent):
            raise _refused(line, "冒号前面要是一个词，不能是括号里的内容")
        key = str(_compose(events, (*keys, ""), found))
        del found.lines[(*keys, "")]
        if key in pairs:
            first = found.lines[(*keys, key)]
            lines = f"（第{first}行和第{line}行）" if first != line else ""
            message = f"“{key}”写了两次{lines}，请只留一处"
            found.problems.append(Problem(message, keys=(*keys, key)))
            _compose(events, (*keys, key), Parsed())
        else:
            found.lines[(*keys, key)] = line
            pairs[key] = _compose(events, (*keys, key), found)
    events.get_event()
    return pairs


def _line(events: yaml.CBaseLoader) -> int:
    """The line on which the next event begins."""
    event = events.peek_event()
    return event.start_mark.line + 1 if event and event.start_mark else 1


def _refused(line: int, message: str) -> SchemeFileError:
    return SchemeFileError([Problem(message, where=f"第{line}行")])


def _syntax(error: yaml.MarkedYAMLError, text: str) -> SchemeFileError:
    """The parser's complaint in Chinese, at the line where the trouble begins."""
    complaint = error.problem or ""
    message = next((SYNTAX[each] for each in SYNTAX if each in complaint), CONFUSED)
    begins = error.context_mark if message.startswith("从这里") else error.problem_mark
    line = begins.line if begins else 0
    rows = text.splitlines()
    if line < len(rows) and rows[line].lstrip(" ").startswith("\t"):
        message = "缩进用了制表符（Tab），请改用空格"
    return _refused(line + 1, message)
