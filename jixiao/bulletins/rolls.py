"""Which unit lists does a bulletin print, in its sentences and in its annex table?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

NUMBER = r"(?:\d{1,4}|[一二三四五六七八九十百零〇两]{1,7})"
SUFFIX = r"(?:单位|等次|档次|等级|类别|类|档)"
TAIL = "镇乡局委办区司行院社会处站所队校厂中心场馆台道府联"
GROUP = re.compile(
    r"[一-龥]{0,6}?(?:乡镇|镇街|街道|园区|部门|机关|企业)|(?:[县市区]直|直属|垂直|驻.{1,2}|省?市属)单位"
)
GRADE = re.compile(
    r"先进|优秀|良好?|优|中等?|[未不]?达标|(?:基本|不)?(?:合格|称职)|一般|较?好|较?差|落后|后进"
    r"|[A-E]|第?[一二三四五](?:等奖?)?|[甲乙丙丁]"
)
_ORDINAL = r"(?:[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)]?[、.．]?)?"
_COUNT = rf"(?:[共有计为]{{0,2}}[（(]?共?{NUMBER}个(?:单位)?[）)]?)"
_HEADING = re.compile(rf"{_ORDINAL}([一-龥A-Z]{{1,12}}?{SUFFIX}?)({_COUNT})?[：:。]?")
_LEAD = re.compile(rf"([一-龥A-Z]{{1,20}}?)的?({_COUNT})?(?:名单)?(?:如下|有|是|为)?$")
_OPENING = re.compile(r"[：:]|[，,]?分别[是为]")
_VERB = re.compile(
    r".*(?:[评认确]?[定评选]为|列为|[评选]出|评[定选]|确定|获得?|其中|全[县市区省]|度|个)"
)
_NAME = re.compile(r"[一-龥A-Za-z][一-龥A-Za-z0-9·（）()]{1,19}")
_NUMBERED = re.compile(rf"(\d{{1,3}})[、.．]({_NAME.pattern})")
_CELL_GAP = re.compile(r"(?<!\s)\s++(?=\d{1,3}[、.．]|[一二三四五六七八九十]{1,3}、)")
_LONGEST = 40  # characters of a name with its mark (云溪镇（95.2分）); bounds the work too
BODY, ANNEX, SEALED = "正文", "附件", "审定结果"


@dataclass(frozen=True)
class Entry:
    """One unit as printed: name without padding, line from 1, group and number where given."""

    name: str
    line: int
    group: str = ""
    number: int = 0


@dataclass(frozen=True)
class Roll:
    """One list: where it stands, its label (先进; several when columns cannot be told), units.

    `line` is the line of its heading, or of its first part where a sentence heads it.
    """

    place: str
    labels: tuple[str, ...]
    line: int
    entries: tuple[Entry, ...]

    @property
    def title(self) -> str:
        """How a reader finds the list: 附件“先进”名单."""
        return f"{self.place}“{'、'.join(self.labels)}”名单"


@dataclass(frozen=True)
class Reading:
    """Everything read: the lists, and the numbered columns of the annex in their order."""

    rolls: tuple[Roll, ...]
    columns: tuple[tuple[Entry, ...], ...]


@dataclass(frozen=True)
class Row:
    """One table row: its cells with their lines; `padded` when blank ends may have been cut."""

    cells: tuple[tuple[int, str], ...]
    padded: bool


@dataclass
class _Section:
    """The table or heading being read: its lists' labels, their lines, groups, rows of units."""

    place: str
    lines: tuple[int, ...]
    labels: tuple[str, ...]
    groups: tuple[str, ...] = ()
    rows: list[Row] = field(default_factory=list)


def tidy(text: str) -> str:
    """The text without the blanks that pad short names (中　　行) and figures."""
    return "".join(text.split())


def base(label: str) -> str:
    """The bare grade of a label: 评出先进单位 → 先进, 乡镇先进单位 → 先进."""
    bare = re.sub(rf"(?:{SUFFIX}|的)+$", "", _VERB.sub("", label)) or label
    within = GROUP.match(bare)
    return bare[within.end() :] or bare if within else bare


def read_rolls(lines: list[str]) -> Reading:
    """Read every unit list of a bulletin given as lines; never fails, whatever the text."""
    rolls: list[Roll] = []
    columns: list[tuple[Entry, ...]] = []
    marker = next((i for i, s in enumerate(lines, 1) if re.fullmatch(r"附件\d*[：:]?", tidy(s))), 0)
    section: _Section | None = None
    for row in _rows(lines):
        line = row.cells[0][0]
        place = ANNEX if marker and line >= marker else BODY
        if (opened := _open(row, place, section)) is not None:
            _close(section, rolls, columns)
            section = opened
        elif section is not None and _is_units(row):
            section.rows.append(row)
        else:
            label = section.labels[0] if section and len(section.labels) == 1 else ""
            words = row.cells[0][1].split()
            apart = label and all(len(word) > 1 for word in words)
            text = ("、" if apart else "").join(words)
            found = tuple(_running(line, text, place, label))
            rolls.extend(found)
            if not any(roll.labels == (label,) for roll in found):
                _close(section, rolls, columns)
                section = None
    _close(section, rolls, columns)
    return Reading(_merged(rolls), tuple(columns))


def _rows(lines: list[str]) -> Iterator[Row]:
    """Rows of cells: one line with tabs, or (text taken from Word) one tabbed line a cell."""
    run: list[tuple[int, str]] = []
    for number, line in enumerate([*lines, ""], 1):
        if line.startswith("\t") and line.count("\t") == 1:
            run.append((number, line))
            continue
        if any(text.strip() for _, text in run):
            yield Row(tuple(run), padded=len(run) == 1)
        run = []
        if line.strip():
            cells = line.split("\t") if "\t" in line else _spaced(line.strip())
            yield Row(tuple((number, cell) for cell in cells), padded="\t" in line)


def _spaced(line: str) -> list[str]:
    words = line.split()
    return words if all(map(GROUP.fullmatch, words)) else _CELL_GAP.split(line)


def _filled(row: Row) -> list[tuple[int, str]]:
    return [(line, cell) for line, text in row.cells if (cell := tidy(text))]


def _is_units(row: Row) -> bool:
    return all(_NUMBERED.fullmatch(cell) for _, cell in _filled(row))


def _open(row: Row, place: str, section: _Section | None) -> _Section | None:
    """The section a heading row opens: labels with counts or known grades, or group names."""
    filled = _filled(row)
    if len(labels := tuple(filter(None, (_heading(cell) for _, cell in filled)))) == len(filled):
        return _Section(place, tuple(line for line, _ in filled), labels)
    if section is None or not all(GROUP.fullmatch(re.sub(_COUNT, "", c)) for _, c in filled):
        return None
    groups = tuple(re.sub(_COUNT, "", cell) for _, cell in filled)
    return _Section(place, section.lines, section.labels, groups)


def _heading(cell: str) -> str:
    match = _HEADING.fullmatch(cell) if len(cell) <= 40 else None
    return _label(match[1], counted=bool(match[2])) if match else ""


def _label(words: str, *, counted: bool) -> str:
    """The label of a list of units: a known grade, or 某某单位 with a number; else ""."""
    label = base(words)
    suffixed = re.search(rf"{SUFFIX}$", words) is not None and not GROUP.fullmatch(words)
    return label if suffixed and (counted or GRADE.fullmatch(label)) else ""


def _running(line: int, text: str, place: str, label: str) -> Iterator[Roll]:
    """Lists in a sentence (先进单位2个：甲镇、乙局；…), with their groups' lists (乡镇：…)."""
    if label and not _OPENING.search(text):
        names = _names(text.rstrip("。；"))
        if names and all(name[-1] in TAIL for name in names):
            yield Roll(place, (label,), line, tuple(Entry(name, line) for name in names))
        return
    for opening in _OPENING.finditer(text):
        lead = _LEAD.search(text[max(0, opening.start() - 40) : opening.start()])
        if lead is None:
            continue
        group = lead[1] if GROUP.fullmatch(lead[1]) else ""
        if not group:
            label = _label(lead[1], counted=bool(lead[2]) or "个" in lead[1])
        chunk = re.compile(r"[^；;。！：:]*").match(text, opening.end())
        names = _names(chunk[0], cut=text.startswith(("：", ":"), chunk.end())) if chunk else ()
        if label and names:
            yield Roll(place, (label,), line, tuple(Entry(name, line, group) for name in names))


def _names(chunk: str, *, cut: bool = False) -> tuple[str, ...]:
    """The names of an enumeration; none when it is open (…等). After a comma only sure names."""
    names: list[str] = []
    for index, part in enumerate(re.split("[，,]", chunk)):
        for piece in (piece for piece in part.split("、") if len(piece) <= _LONGEST):
            name = re.sub(r"[（(][^（）()]*\d[^（）()]*[）)]", "", piece)
            if re.search("等(?!.*[镇乡局])", name):
                return ()
            if _NAME.fullmatch(name) and (index == 0 or name[-1] in TAIL):
                names.append(name)
    ends_in_lead = cut and names and chunk.endswith(names[-1])
    return tuple(names[:-1] if ends_in_lead else names)


def _close(section: _Section | None, rolls: list[Roll], columns: list[tuple[Entry, ...]]) -> None:
    """Turn a finished section into lists; untold columns become one list without label."""
    if section is None or not section.rows:
        return
    placed = _placed(section)
    columns.extend(entries for _, entries in placed or ())
    if placed is None:
        whole = tuple(e for row in section.rows for e in map(_entry, row.cells) if e)
        rolls.append(Roll(section.place, section.labels, section.lines[0], whole))
        return
    for label, line in dict(zip(section.labels, section.lines, strict=True)).items():
        own = tuple(e for owner, entries in placed for e in entries if owner == label)
        rolls.append(Roll(section.place, (label,), line, own))


def _entry(cell: tuple[int, str]) -> Entry | None:
    match = _NUMBERED.fullmatch(tidy(cell[1]))
    return Entry(match[2], cell[0], number=int(match[1])) if match else None


def _placed(section: _Section) -> list[tuple[str, tuple[Entry, ...]]] | None:
    """The numbered sequences with their labels, or None when rows are ragged or do not fit."""
    width = max(len(row.cells) for row in section.rows)
    if any(len(row.cells) < width and not row.padded for row in section.rows):
        return None
    grid = [[_entry(cell) for cell in row.cells] for row in section.rows]
    full = [row + [None] * (width - len(row)) for row in grid]
    columns = [list(column) for column in zip(*full, strict=True)]
    owners = _owners(section, columns)
    follow = _followers(columns, len(owners))
    if follow is None:
        return None
    sequences: list[list[Entry]] = []
    for index, column in enumerate(columns):
        if index not in follow:
            sequences.append([])
        group = owners[len(sequences) - 1][1]
        sequences[-1].extend(replace(entry, group=group) for entry in column if entry)
    labels = [label for label, _ in owners]
    return list(zip(labels, map(tuple, sequences), strict=True))


def _owners(section: _Section, columns: list[list[Entry | None]]) -> list[tuple[str, str]]:
    """(label, group) of each sequence; none when it cannot be told which group is whose."""
    if len(section.labels) == 1:
        starts = sum(_offset(column) <= 0 for column in columns) or 1
        return [(section.labels[0], group) for group in section.groups or ("",) * starts]
    if not section.groups:
        return [(label, "") for label in section.labels]
    sizes = _runs(section.groups)
    if len(sizes) != len(section.labels) or sizes != _runs(section.groups[::-1])[::-1]:
        return []
    owned = (label for label, size in zip(section.labels, sizes, strict=True) for _ in range(size))
    return list(zip(owned, section.groups, strict=True))


def _runs(groups: tuple[str, ...]) -> list[int]:
    """Lengths of runs without a repeat (乡镇 园区 部门 乡镇 部门: 3, 2).

    Each label has a group once. Read forwards and backwards alike, the runs are the only ones.
    """
    sizes, seen = [0], set[str]()
    for group in groups:
        if group in seen:
            sizes.append(0)
            seen.clear()
        seen.add(group)
        sizes[-1] += 1
    return sizes


def _offset(column: list[Entry | None]) -> float:
    """How far a column's numbers run ahead of its rows (median); ½ for an empty column."""
    ahead = sorted(entry.number - row for row, entry in enumerate(column, 1) if entry)
    return ahead[len(ahead) // 2] if ahead else 0.5


def _followers(columns: list[list[Entry | None]], wanted: int) -> set[int] | None:
    """Which columns continue the one before (10、卫生局 after 9、统计局); None when none fit."""
    extra = len(columns) - wanted
    ranked = sorted(range(1, len(columns)), key=lambda i: _offset(columns[i]), reverse=True)
    if extra < 0 or wanted < 1 or any(_offset(columns[i]) < 1 for i in ranked[:extra]):
        return None
    return set(ranked[:extra])


def _merged(rolls: list[Roll]) -> tuple[Roll, ...]:
    """One list a place and label: groups' parts joined; a second full list is its own place."""
    parts: dict[tuple[str, tuple[str, ...]], list[Roll]] = {}
    groups: dict[tuple[str, tuple[str, ...]], set[str]] = {}
    for roll in rolls:
        key, own = (roll.place, roll.labels), {entry.group for entry in roll.entries}
        if not own.isdisjoint(groups.get(key, ())):
            key = (f"第{roll.line}行处", roll.labels)
        parts.setdefault(key, []).append(roll)
        groups.setdefault(key, set()).update(own)
    return tuple(
        Roll(*key, held[0].line, tuple(entry for roll in held for entry in roll.entries))
        for key, held in parts.items()
    )
