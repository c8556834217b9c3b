"""Which gaps does a part of a scheme have for people to fill in?

A form is made from the fields of the document itself: titles, kinds, bounds and words are theirs.
``filled`` reads back what people write into it.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Literal, TypeAlias, cast, get_args, get_origin

from pydantic.fields import FieldInfo

from jixiao.schemes.editing import CHILDREN, SECTIONS, parts_in
from jixiao.schemes.exchange.problems import Problem
from jixiao.schemes.exchange.words import (
    METHOD,
    Options,
    Words,
    choices,
    fields_of,
    is_part,
    say,
)
from jixiao.schemes.phrases import PHRASES
from jixiao.scoring.amounts import Amount, amount_text
from jixiao.scoring.base import Kind, Part
from jixiao.scoring.intervals import Interval
from jixiao.scoring.numbers import number_text
from jixiao.scoring.scheme import Item, Scheme

Models: TypeAlias = tuple[type[Part], ...]
Kinds = Literal[
    "text", "long", "number", "points", "range", "whole", "day", "choice", "list", "lines"
]
REFERENCES: Mapping[str, str] = {
    "data": "data", "base": "data", "given": "data", "people": "data", "factor": "data",
    "item": "nodes", "tier": "tiers", "tiers": "tiers", "groups": "groups", "group": "groups",
    "units": "units",
}  # fmt: skip
"""Fields whose texts name something that the document defines, by the list that offers it."""
LONG = ("note", "reason")
KINDS: Mapping[object, Kinds] = {
    Fraction: "number", Amount: "points", Interval: "range", int: "whole", dt.date: "day",
}  # fmt: skip
HINTS: Mapping[str, str] = {
    "number": "数，如 80、0.5、80%",
    "points": "分数，或满分的百分之几，如 0.5、2%",
    "range": "范围，如 ≥80、<60、[60,80)",
    "lines": "一行一个，写成“名称：数”",
    "list": "几个之间用顿号",
}
WIDE = 18
"""Characters that half the width shows."""
NAMED = r"\{([^}]+)\}"
OWN_DATA = "同编码"
"""Shown where a gap for data may stay empty because the item's own code names them."""
UNIT_HINT = "一行一个单位；有别名、标记的写成：名称｜别名、别名｜标记"


@dataclass(frozen=True)
class Slot:
    """One gap: its name in the form, its title, what stands in it, and what may."""

    name: str
    title: str
    kind: Kinds
    value: str = ""
    options: tuple[tuple[str, str], ...] = ()
    offered: str = ""
    """Which list of the document's own names is offered."""
    hint: str = ""
    usual: str = ""
    """What holds where nothing is written."""
    errors: tuple[str, ...] = ()
    is_needed: bool = False
    now: str = ""
    """What somebody else wrote meanwhile."""

    @property
    def shape(self) -> str:
        """Which control draws it."""
        is_text = self.kind not in ("choice", "long", "lines")
        return "input" if is_text else "select" if self.kind == "choice" else "textarea"

    @property
    def id(self) -> str:
        """By which labels know it."""
        return f"gap-{self.name}"

    @property
    def spoken(self) -> str:
        """What is read out: its title, and in which part of the rule it stands."""
        return self.name.replace(".", " ")

    @property
    def reshapes(self) -> bool:
        """Whether another choice means other gaps."""
        return self.title == METHOD

    @property
    def is_wide(self) -> bool:
        """Whether it needs the whole width of the page."""
        return self.kind in ("long", "lines") or len(self.value) > WIDE

    @property
    def height(self) -> int:
        """Lines that a long gap should show."""
        return min(max(self.value.count("\n") + 2, 2), 16)

    @property
    def size(self) -> int:
        """Characters the control should hold."""
        shown = self.value or self.usual
        wide = sum(2 if ord(letter) > 255 else 1 for letter in shown)
        return min(max(wide + 1, 4), 40)


@dataclass(frozen=True)
class Rows:
    """A list of parts: one frame a row, the last one blank."""

    name: str
    title: str
    rows: tuple["Frame", ...]
    shape: str = "rows"


@dataclass(frozen=True)
class Frame:
    """A part: its gaps by title, and how they read as a sentence."""

    name: str
    title: str
    fields: Mapping[str, "Gap"]
    chooser: Slot | None = None
    about: str = ""
    phrase: str = ""
    errors: tuple[str, ...] = ()
    shape: str = "frame"

    @property
    def clauses(self) -> tuple[str, ...]:
        """What is said: the first clause, and each other one in whose gaps something stands."""
        first, *others = self.phrase.split("|")
        said = [each for each in others if any(map(is_used, self._gaps(each)))]
        return (first, *said)

    @property
    def pieces(self) -> tuple["str | Gap", ...]:
        """The sentence: texts and gaps by turns."""
        texts = re.split(NAMED, "".join(self.clauses))
        found = [self.fields[text] if place % 2 else text for place, text in enumerate(texts)]
        return tuple(each for each in found if each)

    @property
    def rest(self) -> tuple["Gap", ...]:
        """The gaps that the sentence does not name."""
        named = set(re.findall(NAMED, "".join(self.clauses)))
        return tuple(gap for title, gap in self.fields.items() if title not in named)

    def _gaps(self, clause: str) -> "list[Gap]":
        return [self.fields[title] for title in re.findall(NAMED, clause)]


Gap: TypeAlias = Slot | Rows | Frame


def is_used(gap: Gap) -> bool:
    """Whether something else than the usual is written there, or something is wrong."""
    match gap:
        case Slot():
            return is_wrong(gap) or gap.value not in ("", gap.usual)
        case Rows():
            return any(map(is_used, gap.rows))
        case Frame():
            return is_wrong(gap) or any(map(is_used, gap.fields.values()))


def is_wrong(gap: Gap) -> bool:
    """Whether something there has to be looked at."""
    match gap:
        case Slot():
            return bool(gap.errors or gap.now)
        case Rows():
            return any(map(is_wrong, gap.rows))
        case Frame():
            return bool(gap.errors) or any(map(is_wrong, gap.fields.values()))


# ------------------------------------------------------------------ drawing


def draw(
    models: Models, words: Words, *, problems: Iterable[Problem] = (), skip: Iterable[str] = (),
    now: Mapping[str, str] = MappingProxyType({}),
) -> Frame:  # fmt: skip
    """The form of a part whose data are ``words``; titles in ``skip`` are left out.

    ``now`` is what others have written meanwhile, by the name of the gap.
    """
    told = {".".join(map(str, each.keys)): each.message for each in problems}
    return _Drawing(told, frozenset(skip), now).frame(models, words, name="", title="")


def written(gap: "Gap") -> dict[str, str]:
    """What stands in the gaps of a form, by their names."""
    match gap:
        case Slot():
            return {gap.name: gap.value}
        case Rows():
            inside: list[Gap] = list(gap.rows)
        case Frame():
            inside = [*([gap.chooser] if gap.chooser else []), *gap.fields.values()]
    return {name: text for each in inside for name, text in written(each).items()}


@dataclass(frozen=True)
class _Drawing:
    """One form being drawn: what is wrong, by name."""

    told: Mapping[str, str]
    skip: frozenset[str]
    now: Mapping[str, str]

    def errors(self, name: str) -> tuple[str, ...]:
        return (self.told[name],) if name in self.told else ()

    def frame(self, models: Models, words: Words, *, name: str, title: str) -> Frame:
        data = _in_full(models, words)
        model, chooser = models[0], None
        if issubclass(model, Kind):
            label = str(data.get(METHOD, ""))
            model = next((each for each in models if label_of(each) == label), Part)
            chooser = self.chooser(models, label, name)
        fields = {
            each: self.gap(model, each, data.get(each, ""), joined(name, each))
            for each in shown_titles(model)
            if name or each not in self.skip
        }
        about = (model.__doc__ or "").split("\n")[0] if chooser and model is not Part else ""
        phrase = PHRASES.get(label_of(model), "")
        return Frame(name, title, fields, chooser, about, phrase, self.errors(name))

    def chooser(self, models: Models, label: str, name: str) -> Slot:
        offered = tuple((label_of(each), label_of(each)) for each in models)
        blank = () if label else (("", "请选择"),)
        own = joined(name, METHOD)
        return Slot(own, METHOD, "choice", label, (*blank, *offered), errors=self.errors(own))

    def gap(self, model: type[Part], title: str, words: Words, name: str) -> Gap:
        attribute, found = fields_of(model)[title]
        info = model.model_fields[attribute]
        if row := parts_in(found):
            if not is_plain(row):
                return self.rows(row, words, name=name, title=title)
            text = "\n".join(_line(row[0], each) for each in listed(words))
            return Slot(name, title, "lines", text, hint=UNIT_HINT, errors=self.errors(name))
        if is_part(found[0]):
            return self.inner(cast("Models", found), words, info, name)
        return self.slot(attribute, found, words, info, name)

    def inner(self, models: Models, words: Words, info: FieldInfo, name: str) -> Gap:
        if not words and issubclass(models[0], Kind) and isinstance(info.default, Kind):
            words = {METHOD: info.default.label}
        frame = self.frame(models, words, name=name, title=str(info.title))
        if frame.chooser is None or info.is_required() or isinstance(info.default, Kind):
            return frame
        none = (("", "不设"), *(each for each in frame.chooser.options if each[0]))
        chooser = Slot(frame.chooser.name, METHOD, "choice", frame.chooser.value, none)
        return Frame(
            name, frame.title, frame.fields, chooser, frame.about, frame.phrase, frame.errors
        )

    def rows(self, row: Models, words: Words, *, name: str, title: str) -> Rows:
        drawn = [
            self.frame(row, each, name=f"{name}.{place}", title="")
            for place, each in enumerate([*listed(words), ""])
        ]
        return Rows(name, title, tuple(drawn))

    def slot(
        self, attribute: str, found: Options, words: Words, info: FieldInfo, name: str
    ) -> Slot:
        kind, value, common = kind_of(attribute, found), _text(words), usual(found, info)
        is_choice, hint = kind == "choice", str(info.description or "") or HINTS.get(kind, "")
        if choices(found) and not is_choice:
            hint += f"，或“{'”“'.join(choices(found))}”"
        return Slot(
            name,
            str(info.title),
            kind,
            value or (common if is_choice else ""),
            tuple((word, word) for word in choices(found)) if is_choice else (),
            REFERENCES.get(attribute, "") if kind in ("text", "list") else "",
            "，".join(filter(None, (hint, _bounds(info)))),
            common or (OWN_DATA if OWN_DATA in hint else ""),
            self.errors(name),
            info.is_required(),
            self.now.get(name, ""),
        )


def shown_titles(model: type[Part]) -> Iterator[str]:
    """The titles of a part's own fields, without the lists that are edited by themselves."""
    held = SECTIONS if model is Scheme else (CHILDREN,) if model is Item else ()
    return (title for title, (name, _) in fields_of(model).items() if name not in held)


def label_of(model: type[Part]) -> str:
    """The word for a kind, or the name of a plain part."""
    return model.label if issubclass(model, Kind) and model is not Kind else model.__name__


def _in_full(models: Models, words: Words) -> dict[str, Words]:
    """A part of which only its first word was written, in full."""
    if isinstance(words, dict):
        return words
    if not isinstance(words, str) or not words:
        return {}
    head = METHOD if issubclass(models[0], Kind) else next(iter(fields_of(models[0])))
    return {head: words}


def listed(words: Words) -> list[Words]:
    """The rows of a list; a single text is a list of one."""
    return words if isinstance(words, list) else [words] if words else []


def is_plain(row: Models) -> bool:
    """Whether a part is no more than a name with lists of texts: a line of text says it all."""
    found = [each for _, each in fields_of(row[0]).values()]
    texts = [each == (str,) or get_args(each[0])[:1] == (str,) for each in found]
    return not issubclass(row[0], Kind) and all(texts)


def _line(model: type[Part], words: Words) -> str:
    data = _in_full((model,), words)
    texts = [_text(data.get(title, "")) for title in fields_of(model)]
    return "｜".join(texts).rstrip("｜")


def kind_of(attribute: str, found: Options) -> Kinds:
    """What may be written into a gap."""
    if get_origin(found[0]) is dict:
        return "lines"
    if get_origin(found[0]) is tuple:
        return "list"
    if choices(found) and not any(each in KINDS for each in found):
        return "choice"
    if found == (str,):
        return "long" if attribute in LONG else "text"
    return KINDS.get(found[0], "text")


def usual(found: Options, info: FieldInfo) -> str:
    """What holds where nothing is written, as it would be written."""
    value = info.default
    match value:
        case Fraction():
            return number_text(value)
        case Amount():
            return amount_text(value)
        case str() | int():
            return str(say(found, value)) if value != "" else ""
    return ""


def _bounds(info: FieldInfo) -> str:
    """The least and the greatest that may be written."""
    said = []
    for each in info.metadata:
        for sign, words in (("gt", "大于"), ("ge", "不小于"), ("le", "不大于")):
            if (bound := getattr(each, sign, None)) is not None:
                said.append(f"{words}{bound}")
    return "，".join(said)


def _text(words: Words) -> str:
    if isinstance(words, dict):
        return "\n".join(f"{key}：{_text(each)}" for key, each in words.items())
    return "、".join(map(_text, words)) if isinstance(words, list) else words


def joined(name: str, title: str) -> str:
    """The name of a gap inside another."""
    return f"{name}.{title}" if name else title
