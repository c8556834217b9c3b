"""Where does the edited file differ from the one that was sent out, paragraph by paragraph?"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from jixiao.bulletins.aligning import Alignment, aligned, lines_of
from jixiao.bulletins.compose import Filled, FilledParagraph, FilledTemplate
from jixiao.bulletins.facts import Piece
from jixiao.bulletins.mending import Part, mended, shown, split_lines
from jixiao.bulletins.returned import Change, Fate, Returned
from jixiao.gongwen.reading import ReadDocument, ReadTable

NUMBERS = {
    "1": re.compile(r"[一二三四五六七八九十]{1,3}、"),
    "2": re.compile(r"（[一二三四五六七八九十]{1,3}）"),
    "3": re.compile(r"\d{1,2}[.．、](?!\d)"),
    "4": re.compile(r"（\d{1,2}）"),
}
NOTE_LABEL = re.compile(r"(?:注：|　　)?(?:\d{1,2}[.．、])?")
STOP = "。"
ON_THE_PLATFORM = "不采纳；文号、署名、日期、附件表格和版记由平台生成，请在平台上改"
SHOWN = 10
"""So many differences elsewhere are told."""


@dataclass(frozen=True)
class _Edited:
    """A body paragraph sent out, and what came back on its line."""

    key: str
    filled: FilledParagraph
    sent: str
    joined: tuple[FilledParagraph, ...] = ()

    @property
    def said(self) -> str:
        """Without the number that was put before it."""
        return self.filled.heading.said + self.stop + self.filled.text.said

    @property
    def stop(self) -> str:
        """The full stop that was put between heading and text."""
        head, tail = self.filled.heading.said, self.filled.text.said
        return STOP if head and tail and self.sent.endswith(head + STOP + tail) else ""

    def change(self, new: str) -> Change:
        """The paragraph as it came back; further lines of ``new`` are in its text."""
        level, rest = self._level(new)
        cut = self._cut(rest) if level != "0" else 0
        head, tail = rest[:cut], rest[cut:]
        if tail and head.removesuffix(STOP) != self.filled.heading.said:
            head = head.removesuffix(STOP)
        if head == self.filled.heading.said + self.stop:
            head = self.filled.heading.said
        heading: tuple[Part, ...] = ()
        pieces = list(self.filled.text.pieces)
        if level == "0":
            pieces = [*self._heading_pieces(), *pieces]
        else:
            heading = mended(self.filled.heading.pieces, head, key=f"{self.key}h")
        for each in self.joined:
            stop = Piece(STOP, STOP)
            pieces += [*each.heading.pieces, *([stop] if each.level else []), *each.text.pieces]
        text = mended(pieces, tail, key=f"{self.key}x")
        return Change(self.key, Fate.CHANGED, self.sent, new, level, heading, text, self.filled.at)

    def kept(self) -> Change:
        """As it was."""
        each = self.filled
        heading, text = (each.heading.written,), (each.text.written,)
        level = str(each.level)
        return Change(self.key, Fate.KEPT, self.sent, self.sent, level, heading, text, each.at)

    def is_kept(self, change: Change) -> bool:
        """Whether nothing but its number is another."""
        same = self.kept()
        return (change.level, shown(change.heading), shown(change.text), change.lost) == (
            same.level, shown(same.heading), shown(same.text), (),
        )  # fmt: skip

    def _heading_pieces(self) -> list[Piece]:
        found = list(self.filled.heading.pieces)
        return [*found, Piece(self.stop, self.stop)] if self.stop else found

    def _level(self, new: str) -> tuple[str, str]:
        """The level that its number says, and the rest; text that began with a number is text."""
        number = _number(new)
        if self.filled.level:
            return number or (str(self.filled.level), new)
        return ("0", new) if _number(self.sent) else number or ("0", new)

    def _cut(self, new: str) -> int:
        """Where the heading ends and the text begins."""
        line = new.partition("\n")[0]
        old = self.filled.heading.said + self.stop
        if not self.filled.level:
            return _heading_end(line)
        if not self.filled.text.said and not self.joined:
            same = line.startswith(old) and len(line) > len(old)
            return len(old) if same and line[len(old)] in STOP else len(line)
        if line.startswith(old):
            return len(old)
        tail = self.filled.text.said
        if tail and line.endswith(tail):
            return len(line) - len(tail)
        return _heading_end(line)


def _number(text: str) -> tuple[str, str] | None:
    """Level and rest of a text that begins with a number of a level."""
    for level, pattern in NUMBERS.items():
        if match := pattern.match(text):
            return level, text[match.end() :]
    return None


def _heading_end(line: str) -> int:
    """After the first full stop; a line without one is all heading."""
    at = line.find(STOP)
    return at + 1 if at >= 0 else len(line)


class Comparison:
    """The file sent out beside the one that came back."""

    def __init__(
        self, found: FilledTemplate, sent: ReadDocument, back: ReadDocument, *, marks: Sequence[str]
    ) -> None:
        self.found = found
        self.files = sent, back
        self.sent, self.back = lines_of(sent.blocks), lines_of(back.blocks)
        self.alignment: Alignment = aligned(self.sent, self.back)
        self.came_from = {place: at for at, place in self.alignment.pairs.items()}
        by_mark = dict(zip(marks, found.body, strict=True))
        self.body = {
            at: by_mark[mark]
            for at, line in enumerate(self.sent)
            for mark in line.marks
            if mark in by_mark
        }
        self.title_at = 1 + bool(found.template.number_code)
        has_annex = bool(found.annex_title) and any(t.names for t in found.facts.standing.tiers)
        self.notes = found.notes if has_annex else ()
        self.annex_at = len(self.sent) - 1 - len(self.notes) if has_annex else len(self.sent)
        self.absorbed: set[int] = set()
        """Lines that are the rest of a paragraph that was split."""

    def returned(self) -> Returned:
        """Everything."""
        body = self._with_removed(list(self._body()))
        notes = [
            replace(
                self._single(self.annex_at + 1 + place, (each,), f"n{place}"),
                at=self._note_at(place),
            )
            for place, each in enumerate(self.notes)
        ]
        has_annex = self.annex_at < len(self.sent)
        annex = self._single(self.annex_at, self.found.annex_title, "a") if has_annex else None
        return Returned(
            title=self._single(self.title_at, self.found.title, "t"),
            recipients=self._recipients(),
            body=tuple(body),
            annex_title=annex,
            notes=tuple(notes),
            comments=self.files[1].comments,
            tracked=self.files[1].tracked,
            remarks=tuple(self._remarks())[:SHOWN],
        )

    # ── Titles, recipients, notes ──────────────────────────────────────────────────────────

    def _single(self, at: int, lines: Sequence[Filled], key: str) -> Change:
        """One text without a heading; lines of a title are kept apart where the template has them."""
        line, place = self.sent[at].text, self.alignment.pairs.get(at)
        if place is None:
            return Change(key, Fate.REMOVED, line, "")
        new = self.back[place].text
        if new == line:
            own = "\n".join(each.written for each in lines)
            return Change(key, Fate.KEPT, line, new, text=(own,))
        pieces = [*lines[0].pieces]
        for each in lines[1:]:
            pieces += [Piece("\n", "\n"), *each.pieces]
        bare = new if len(lines) > 1 else new.replace("\n", "")
        if key.startswith("n") and (label := NOTE_LABEL.match(bare)):
            bare = bare[label.end() :]
        text = mended(pieces, bare, key=key)
        same = text == ("".join(piece.written for piece in pieces),)
        return Change(key, Fate.KEPT if same else Fate.CHANGED, line, new, text=text)

    def _recipients(self) -> Change:
        said = self.found.template.recipients
        if not said:
            return Change("r", Fate.KEPT, "", "")
        change = self._single(self.title_at + 1, (Filled((Piece(said, said),)),), "r")
        words = shown(change.text).rstrip("：: ")
        if change.fate is Fate.REMOVED or words != said.rstrip("：: "):
            return replace(change, text=(words,))
        return replace(change, fate=Fate.KEPT, text=(said,))

    def _note_at(self, place: int) -> int:
        """Its place among the template's notes, of which some may have had nothing to say."""
        return self.found.template.annex_notes.index(self.notes[place].written)

    # ── Paragraphs ─────────────────────────────────────────────────────────────────────────

    def _body(self) -> Iterator[Change]:
        """Paragraphs in the new order."""
        for place in range(len(self.back)):
            at = self.came_from.get(place)
            if at in self.body and at is not None:
                yield from self._paragraph(at, place)
            elif at is None and place in self._region and place not in self.absorbed:
                yield from _added(self.back[place].text, f"p{place}")

    @property
    def _region(self) -> range:
        """The lines between title and what follows the body."""
        pairs, first, last = self.alignment.pairs, min(self.body), max(self.body)
        before = [place for at, place in pairs.items() if at < first]
        after = [place for at, place in pairs.items() if at > last]
        return range(max(before, default=-1) + 1, min(after, default=len(self.back)))

    def _paragraph(self, at: int, place: int) -> Iterator[Change]:
        joined = tuple(self.body[each] for each in self.alignment.joined.get(at, ()))
        edited = _Edited(f"b{self.body[at].at}", self.body[at], self.sent[at].text, joined)
        moved = at in self.alignment.moved
        new = self.back[place].text
        if new == edited.sent and not joined:
            yield replace(edited.kept(), moved=moved)
            return
        change = self._with_rest(edited, new, place)
        if edited.is_kept(change):
            yield replace(edited.kept(), after=new, moved=moved)
            return
        first, *more = split_lines(change.text) or [()]
        yield replace(change, text=first, moved=moved)
        for number, parts in enumerate(more):
            yield from _made(parts, f"{change.key}+{number}", "".join(map(_words, parts)))

    def _with_rest(self, edited: _Edited, new: str, place: int) -> Change:
        """A paragraph that was split goes on in the next lines, as long as they hold its references."""
        change = edited.change(new)
        while change.lost and self._is_free(place + 1):
            place += 1
            new += "\n" + self.back[place].text
            longer = edited.change(new)
            if len(longer.lost) >= len(change.lost):
                break
            self.absorbed.add(place)
            change = longer
        return change

    def _is_free(self, place: int) -> bool:
        return place in self._region and place not in self.came_from

    def _with_removed(self, changes: list[Change]) -> list[Change]:
        """With the paragraphs that are gone, each after what it stood after."""
        for at, each in self.body.items():
            if at not in self.alignment.pairs:
                gone = Change(f"b{each.at}", Fate.REMOVED, self.sent[at].text, "", at=each.at)
                before = [i for i, c in enumerate(changes) if c.at is not None and c.at < each.at]
                last = max(before, key=lambda i: changes[i].at or 0, default=-1)
                changes.insert(last + 1, gone)
        return changes

    # ── Elsewhere ──────────────────────────────────────────────────────────────────────────

    def _remarks(self) -> Iterator[str]:
        """What is different where nothing is taken over."""
        ours = {self.title_at, *self.body, *range(self.annex_at, len(self.sent))}
        if self.found.template.recipients:
            ours.add(self.title_at + 1)
        for at, line in enumerate(self.sent):
            place = self.alignment.pairs.get(at)
            if at not in ours and (place is None or self.back[place].text != line.text):
                now = "删去了" if place is None else f"改成了“{self.back[place].text[:30]}”"
                yield f"“{line.text[:30]}”{now}，{ON_THE_PLATFORM}"
        for place, line in enumerate(self.back):
            if place not in self.came_from and place not in self._region:
                yield f"“{line.text[:30]}”写在正文以外，没有采纳；要写进正文的，请移到正文里"
        yield from _table_remarks(*(_tables(file) for file in self.files))
        yield from (f"文件里有{each}，没有采纳" for each in self.files[1].unseen)


def _added(text: str, key: str) -> Iterator[Change]:
    for number, line in enumerate(filter(None, map(str.strip, text.split("\n")))):
        yield from _made((line,), f"{key}.{number}", line)


def _made(parts: tuple[Part, ...], key: str, after: str) -> Iterator[Change]:
    """A new paragraph; one that begins with a number of a level is a heading."""
    if not after.strip():
        return
    level, text = "0", parts
    heading: tuple[Part, ...] = ()
    if isinstance(parts[0], str) and (numbered := _number(parts[0].lstrip())):
        level, rest = numbered
        cut = _heading_end(rest)
        has_text = cut < len(rest) or len(parts) > 1
        heading = (rest[:cut].removesuffix(STOP) if has_text else rest[:cut],)
        text = (*((rest[cut:],) if rest[cut:] else ()), *parts[1:])
    yield Change(key, Fate.ADDED, "", after, level, heading, text)


def _words(part: Part) -> str:
    return part if isinstance(part, str) else part.typed


def _tables(file: ReadDocument) -> list[ReadTable]:
    return [each for each in file.blocks if isinstance(each, ReadTable)]


def _table_remarks(sent: list[ReadTable], back: list[ReadTable]) -> Iterator[str]:
    if len(sent) != len(back):
        yield f"表格原有{len(sent)}个，现有{len(back)}个，{ON_THE_PLATFORM}"
        return
    for one, other in zip(sent, back, strict=True):
        cells = [(a, b) for old, new in zip(one.rows, other.rows, strict=False)
                 for a, b in zip(old, new, strict=False) if a.split() != b.split()]  # fmt: skip
        yield from (f"表格里“{a[:20]}”改成了“{b[:20]}”，{ON_THE_PLATFORM}" for a, b in cells)
        if [len(row) for row in one.rows] != [len(row) for row in other.rows]:
            yield f"表格增减了行或列，{ON_THE_PLATFORM}"
