"""What changed from one version of a scheme to the next?

Parts are known by their code or name, not by their place, so that a row put in between changes
nothing else; a part that went elsewhere is told as moved.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import count
from typing import Literal, TypeAlias, cast, get_args, get_origin

from jixiao.schemes.exchange.words import Options, Words, fields_of, is_part, options, say, to_words
from jixiao.scoring.base import Part
from jixiao.scoring.scheme import Scheme

IDENTITIES = ("code", "key", "name")
"""The fields by which a part of a list is known, the strongest first."""


@dataclass(frozen=True)
class Change:
    """One difference: where, what happened, and the texts before and after (empty: nothing)."""

    path: str
    kind: Literal["新增", "删除", "修改", "移动"]
    old: str = ""
    new: str = ""

    def __str__(self) -> str:
        told = " → ".join(filter(None, (self.old, self.new)))
        return f"{self.kind}｜{self.path}：{told}" if told else f"{self.kind}｜{self.path}"


Key: TypeAlias = tuple[str, str, int]
"""A part among all parts of a document: its family, its name, and which one of that name."""


@dataclass(frozen=True)
class _Entry:
    """A part, its path, and the list it stands in."""

    part: Part
    path: tuple[str, ...]
    home: tuple[str, ...]


def diff(old: Scheme, new: Scheme) -> tuple[Change, ...]:
    """Every difference in Chinese, in the order of the new document; what was removed comes last."""
    before, after = _entries(old), _entries(new)
    places = {key: (_place(before, key), _place(after, key)) for key in _reordered(before, after)}
    found: list[Change] = []
    for key, entry in after.items():
        path = " › ".join(entry.path)
        if key not in before:
            found.append(Change(path, "新增", new=_whole(entry.part)))
            continue
        if before[key].home != entry.home:
            homes = (" › ".join(each.home) for each in (before[key], entry))
            found.append(Change(path, "移动", *homes))
        elif key in places:
            found.append(Change(path, "移动", *places[key]))
        found += _changes(before[key].part, entry.part, entry.path)
    gone = (entry for key, entry in before.items() if key not in after)
    return (*found, *(Change(" › ".join(e.path), "删除", old=_whole(e.part)) for e in gone))


# ------------------------------------------------------------------ parts with names


def _entries(scheme: Scheme) -> dict[Key, _Entry]:
    """Every part with a name, the document itself first."""
    found: dict[Key, _Entry] = {("", "", 0): _Entry(scheme, (), ())}
    _collect(scheme, (), found)
    return found


def _collect(part: Part, path: tuple[str, ...], found: dict[Key, _Entry]) -> None:
    for title, (name, types) in fields_of(type(part)).items():
        if not (family := _family(types)):
            continue
        for child in cast("tuple[Part, ...]", getattr(part, name)):
            names = [str(getattr(child, each)) for each in IDENTITIES if hasattr(child, each)]
            nth = next(n for n in count() if (family, names[0], n) not in found)
            home = (*path, title)
            below = (*home, " ".join(filter(None, names)))
            found[(family, names[0], nth)] = _Entry(child, below, home)
            _collect(child, below, found)


def _family(types: Options) -> str:
    """What the parts of a list are, if they have names of their own."""
    row = options(get_args(types[0])[0]) if get_origin(types[0]) is tuple else (None,)
    if not is_part(row[0]):
        return ""
    model = cast("type[Part]", row[0])
    return model.__name__ if set(IDENTITIES) & set(model.model_fields) else ""


def _reordered(before: Mapping[Key, _Entry], after: Mapping[Key, _Entry]) -> Iterator[Key]:
    """Parts that stayed in their list but not in their order, as few as explain the new order."""
    stayed = [key for key in after if key in before and before[key].home == after[key].home]
    for home in dict.fromkeys(after[key].home for key in stayed):
        new = [key for key in stayed if after[key].home == home]
        old = [key for key in before if key in set(new)]
        blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
        kept = {key for block in blocks for key in new[block.b : block.b + block.size]}
        yield from (key for key in new if key not in kept)


def _place(entries: Mapping[Key, _Entry], key: Key) -> str:
    rows = [each for each, entry in entries.items() if entry.home == entries[key].home]
    return f"第{rows.index(key) + 1}位"


# ------------------------------------------------------------------ what a part holds


def _changes(old: Part, new: Part, path: tuple[str, ...]) -> Iterator[Change]:
    """The differences of two parts of one name, without the named parts they hold."""
    if type(old) is not type(new):
        yield Change(" › ".join(path), "修改", _whole(old), _whole(new))
        return
    for title, (name, types) in fields_of(type(new)).items():
        first, second = getattr(old, name), getattr(new, name)
        if first == second or _family(types):
            continue
        if isinstance(first, Part) and isinstance(second, Part) and type(first) is type(second):
            yield from _changes(first, second, (*path, title))
        else:
            yield _change((*path, title), _text(old, title), _text(new, title))


def _change(path: tuple[str, ...], old: str, new: str) -> Change:
    kind: Literal["新增", "删除", "修改"] = "修改" if old and new else "新增" if new else "删除"
    return Change(" › ".join(path), kind, old, new)


def _whole(part: Part) -> str:
    """A part on one line, without the named parts it holds."""
    fields = fields_of(type(part))
    words = to_words(part)
    return _said({t: w for t, w in words.items() if t not in fields or not _family(fields[t][1])})


def _text(part: Part, title: str) -> str:
    """What one field says, in words, also where it says the same as if it were left out."""
    name, types = fields_of(type(part))[title]
    value = getattr(part, name)
    words: Words | None = to_words(part).get(title)
    if words is None and isinstance(value, Part):
        words = to_words(value)
    elif words is None and value not in (None, "", (), {}):
        words = say(types, part.model_dump(mode="json", include={name})[name])
    return words if isinstance(words, str) else _said(words) if words else ""


def _said(words: Words) -> str:
    """Words on one line as people read them: ``方法：每位减，每位减：1``."""
    if isinstance(words, str):
        return words
    if isinstance(words, dict):
        return "，".join(f"{title}：{_inside(each)}" for title, each in words.items())
    return "、".join(map(_inside, words))


def _inside(words: Words) -> str:
    return words if isinstance(words, str) else f"（{_said(words)}）"
