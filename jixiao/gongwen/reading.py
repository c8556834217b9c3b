"""What does a docx that came back from Word or WPS say? Its paragraphs, tables and comments.

The file comes from outside: it is read as a stream of events within limits, entities and macros are
refused, nothing in it is run or fetched. Tracked insertions count, tracked deletions do not.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from jixiao.gongwen.composition import chinese_number

LARGEST_FILE, LARGEST_PART = 20_000_000, 20_000_000
MOST_ENTRIES, MOST_TAGS, DEEPEST = 2_000, 400_000, 200
"""A bulletin has some thousands of tags, forty deep."""
MAIN = re.compile(r"word/document\d*\.xml")
COMMENTS, NUMBERING = "word/comments.xml", "word/numbering.xml"
MACROS = re.compile(r"vbaProject|\.(?:vbs|exe|js|bat)$|activeX/", re.IGNORECASE)
ZIP_FAULTS = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError),
    *(KeyError, NotImplementedError, OSError, ValueError),
)
SKIPPED = frozenset(
    {
        *("del", "moveFrom", "drawing", "pict", "object", "AlternateContent", "oMath"),
        *("txbxContent", "sdtPr", "rt", "pPrChange", "rPrChange", "tblPrChange", "trPrChange"),
    }
)
"""What is deleted, drawn, or a property of old: none of it is text that people see in its place."""
UNSEEN = {"drawing": "图片", "pict": "图片", "object": "嵌入的对象", "oMath": "公式"}
CHINESE = frozenset({"chineseCounting", "chineseCountingThousand", "japaneseCounting"})
"""What Word makes of 一、 typed at the start of a paragraph."""
BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
AGAIN = "请用Word或WPS打开，另存为“Word文档（.docx）”后再交"


class UnreadableDocxError(Exception):
    """The file cannot be read as a Word document; the message is for the user."""


@dataclass(frozen=True)
class Comment:
    """A remark in the margin: who, what, beside which paragraph."""

    author: str
    text: str
    about: str


@dataclass(frozen=True)
class ReadParagraph:
    """A paragraph with the hidden bookmarks that stand in it; a line break is a newline."""

    text: str
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReadTable:
    """A table, cell by cell."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class ReadDocument:
    """What the file says, from top to bottom."""

    blocks: tuple[ReadParagraph | ReadTable, ...]
    comments: tuple[Comment, ...] = ()
    tracked: int = 0
    """Insertions and deletions that were recorded and are taken for granted here."""
    unseen: tuple[str, ...] = ()
    """What stands in it that is no text, such as pictures."""


def read_docx(data: bytes) -> ReadDocument:
    """The text of a docx; UnreadableDocxError says what is wrong with the file and what to do."""
    entries = _entries(data)
    reader = _Reader(labels=_labels(entries[NUMBERING]) if NUMBERING in entries else {})
    for main in [part for name, part in entries.items() if MAIN.fullmatch(name)]:
        for is_start, element, path in _events(main):
            (reader.start if is_start else reader.end)(element, path)
    said = dict(_comments(entries[COMMENTS])) if COMMENTS in entries else {}
    comments = tuple(
        Comment(*said[number], about) for number, about in reader.commented if number in said
    )
    return ReadDocument(
        tuple(reader.blocks), comments, reader.tracked, tuple(dict.fromkeys(reader.unseen))
    )


def _entries(data: bytes) -> Mapping[str, bytes]:
    """The parts that are read, by name."""
    if len(data) > LARGEST_FILE:
        raise UnreadableDocxError("文件太大，疑似异常；请删去图片和附带的文件后另存再交")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableDocxError(f"是旧的.doc格式，或者设了打开密码；{AGAIN}")
    if not data.startswith(b"PK"):
        raise UnreadableDocxError(f"不是Word文档（.docx）；{AGAIN}")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            _refuse_strange(infos)
            # ZipFile.read never returns more than the declared size checked above.
            return {
                each.filename: archive.read(each)
                for each in infos
                if MAIN.fullmatch(each.filename) or each.filename in (COMMENTS, NUMBERING)
            }
    except ZIP_FAULTS as error:
        raise UnreadableDocxError(f"文件已损坏或没有传完整；{AGAIN}") from error
    except RuntimeError as error:  # zipfile's word for an encrypted entry
        raise UnreadableDocxError("文件设了打开密码；请取消密码并保存后再交") from error


def _refuse_strange(infos: list[zipfile.ZipInfo]) -> None:
    names = [each.filename for each in infos]
    if any(MACROS.search(name) for name in names):
        raise UnreadableDocxError(f"带有宏或控件，不能接收；{AGAIN}")
    if len(infos) > MOST_ENTRIES or any(
        each.file_size > LARGEST_PART for each in infos if each.filename.endswith(".xml")
    ):
        raise UnreadableDocxError("内容太大，疑似异常文件；请只留文字和表格，另存后再交")
    if sum(MAIN.fullmatch(name) is not None for name in names) != 1 or len(set(names)) < len(names):
        raise UnreadableDocxError(f"不是Word文档（.docx）；{AGAIN}")


def _events(part: bytes) -> Iterator[tuple[bool, ET.Element, list[str]]]:
    """Every start and end of an element, with the bare names of those around it."""
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part or b"\0" in part:  # UTF-16 would hide the first
        raise UnreadableDocxError(f"含有实体声明，正常的文档不会有；{AGAIN}")
    if part.count(b"<") > MOST_TAGS:
        raise UnreadableDocxError("内容太大，疑似异常文件；请只留文字和表格，另存后再交")
    path: list[str] = []
    try:
        for event, element in ET.iterparse(io.BytesIO(part), ("start", "end")):  # noqa: S314  entities are refused above
            name = element.tag.rpartition("}")[2]
            if event == "start":
                yield True, element, path
                path.append(name)
                if len(path) > DEEPEST:
                    raise UnreadableDocxError(f"结构异常；{AGAIN}")
            else:
                path.pop()
                yield False, element, path
    except (ET.ParseError, LookupError, ValueError) as error:  # an unknown encoding, too
        raise UnreadableDocxError(f"文件已损坏或没有传完整；{AGAIN}") from error


def _comments(part: bytes) -> Iterator[tuple[str, tuple[str, str]]]:
    """Number, author and text of each comment."""
    text: list[str] = []
    for is_start, element, _ in _events(part):
        name = _name(element)
        if is_start and name == "comment":
            text = []
        elif not is_start and name == "t":
            text.append(element.text or "")
        elif not is_start and name == "comment":
            yield _value(element, "id"), (_value(element, "author"), "".join(text))


def _labels(part: bytes) -> dict[tuple[str, str], tuple[str, str]]:
    """Kind and form of the numbers that Word puts by itself, by list and depth: chinese, （%1）."""
    forms: dict[str, dict[str, tuple[str, str]]] = {}
    lists: dict[str, str] = {}
    of = depth = kind = form = ""
    for is_start, element, path in _events(part):
        name, value = _name(element), _value(element, "val")
        if is_start and name in ("abstractNum", "num"):
            of = _value(element, "abstractNumId") or _value(element, "numId")
        elif is_start and name == "lvl":
            depth, kind, form = _value(element, "ilvl"), "", ""
        elif is_start and name == "numFmt":
            kind = value
        elif is_start and name == "lvlText":
            form = value
        elif is_start and name == "abstractNumId" and path[-1:] == ["num"]:
            lists[of] = value
        elif not is_start and name == "lvl" and path[-1:] == ["abstractNum"]:
            forms.setdefault(of, {})[depth] = (kind, form)
    return {
        (number, depth): found
        for number, abstract in lists.items()
        for depth, found in forms.get(abstract, {}).items()
    }


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _value(element: ET.Element, wanted: str) -> str:
    """An attribute by its bare name: the strict and the usual form differ in namespace only."""
    return next((v for k, v in element.items() if k.rpartition("}")[2] == wanted), "")


@dataclass
class _Reader:
    """Turns the events of the main part into blocks."""

    labels: Mapping[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    counts: dict[tuple[str, str], int] = field(default_factory=dict)
    list_: list[str] = field(default_factory=lambda: ["", "0"])
    """The list and depth that this paragraph is numbered by."""
    blocks: list[ReadParagraph | ReadTable] = field(default_factory=list)
    commented: list[tuple[str, str]] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    tracked: int = 0
    skipping: int = 0
    text: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    """Numbers of the comments beside this paragraph."""
    goes_on: bool = False
    """The paragraph's end is deleted: the next one continues it."""
    tables: int = 0
    rows: list[tuple[str, ...]] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    row_deleted: bool = False

    def start(self, element: ET.Element, path: list[str]) -> None:
        """An element begins."""
        name = _name(element)
        if name in ("ins", "del", "moveFrom", "moveTo"):
            self.tracked += 1
            self.goes_on |= name in ("del", "moveFrom") and path[-2:] == ["pPr", "rPr"]
            self.row_deleted |= name == "del" and path[-1:] == ["trPr"]
        if name in SKIPPED:
            self.skipping += 1
            if name in UNSEEN:
                self.unseen.append(UNSEEN[name])
        elif not self.skipping and name in STARTS:
            STARTS[name](self, element)

    def end(self, element: ET.Element, path: list[str]) -> None:
        """An element ends."""
        name = _name(element)
        if name in SKIPPED:
            self.skipping -= 1
        elif self.skipping:
            return
        elif name == "t" and path[-1:] == ["r"]:
            self.text.append(element.text or "")
        elif name in BREAKS and path[-1:] == ["r"]:
            self.text.append("" if _value(element, "type") == "page" else BREAKS[name])
        elif name in ENDS:
            ENDS[name](self)
        if name in ("p", "tbl"):
            element.clear()

    def mark(self, element: ET.Element) -> None:
        """A bookmark begins here."""
        self.marks.append(_value(element, "name"))

    def comment(self, element: ET.Element) -> None:
        """A comment is about what begins here."""
        self.asked.append(_value(element, "id"))

    def numbered(self, element: ET.Element) -> None:
        """The paragraph is numbered by Word itself."""
        self.list_[_name(element) == "ilvl"] = _value(element, "val")

    def _label(self) -> str:
        """The number that people see before the paragraph and that is no text in the file."""
        key = (self.list_[0], self.list_[1])
        kind, form = self.labels.get(key, ("", ""))
        if not form or kind == "bullet":
            return ""
        self.counts[key] = count = self.counts.get(key, 0) + 1
        number = chinese_number(count) if kind in CHINESE and count < 100 else str(count)
        return re.sub(r"%\d", number, form)

    def table(self, _element: ET.Element) -> None:
        """A table begins; one inside another is part of its cell."""
        self.tables += 1

    def end_paragraph(self) -> None:
        """A paragraph of the text is a block, one in a cell belongs to the cell."""
        if self.tables:
            return
        text = "".join(self.text)
        if not self.goes_on and text.strip():
            text = self._label() + text
        if self.goes_on:
            self.goes_on = False
            return
        self.blocks.append(ReadParagraph(text, tuple(dict.fromkeys(self.marks))))
        self.commented += [(number, text) for number in dict.fromkeys(self.asked)]
        self._begin()

    def end_cell(self) -> None:
        """A cell of the outermost table."""
        if self.tables == 1:
            self.cells.append("".join(self.text))
            self._begin()

    def end_row(self) -> None:
        """A row, unless it was deleted."""
        if self.tables == 1:
            if not self.row_deleted:
                self.rows.append(tuple(self.cells))
            self.cells, self.row_deleted = [], False

    def end_table(self) -> None:
        """A table."""
        self.tables -= 1
        if not self.tables:
            self.blocks.append(ReadTable(tuple(self.rows)))
            self.rows = []

    def _begin(self) -> None:
        self.text, self.marks, self.asked, self.goes_on = [], [], [], False
        self.list_ = ["", "0"]


STARTS: Mapping[str, Callable[[_Reader, ET.Element], None]] = {
    "bookmarkStart": _Reader.mark,
    "commentRangeStart": _Reader.comment,
    "commentReference": _Reader.comment,
    "tbl": _Reader.table,
    "numId": _Reader.numbered,
    "ilvl": _Reader.numbered,
}
ENDS: Mapping[str, Callable[[_Reader], None]] = {
    "p": _Reader.end_paragraph,
    "tc": _Reader.end_cell,
    "tr": _Reader.end_row,
    "tbl": _Reader.end_table,
}
