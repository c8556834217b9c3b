"""What do the filled-in gaps of a form mean? The form of ``slots`` read back as Chinese words.

Names such as ``规则.计分.各档.0.范围`` nest; blank gaps and blank rows say nothing. What is wrong is
told by ``exchange.words``, at the same names.
"""

import re
from collections.abc import Mapping
from typing import Any, TypeAlias, cast, get_origin

from jixiao.schemes.editing import PLACE, parts_in
from jixiao.schemes.exchange.words import METHOD, Words, fields_of, is_part
from jixiao.schemes.slots import Models, kind_of, label_of, shown_titles, usual
from jixiao.scoring.base import Kind, Part

Tree: TypeAlias = str | dict[str, "Tree"]

DEEPEST = 12
"""Names inside names; a form of ours has fewer, a longer name is none of ours."""
BETWEEN = re.compile(r"[、，,；;\n]")


def read(
    models: Models, posted: Mapping[str, str], *, skip: tuple[str, ...] = ()
) -> dict[str, Words]:
    """The words of the part that a form describes; nothing that stands at its usual value."""
    tree = _tree(posted)
    return _part(models, {key: value for key, value in tree.items() if key not in skip}) or {}


def _tree(posted: Mapping[str, str]) -> dict[str, Tree]:
    root: dict[str, Tree] = {}
    for name, text in posted.items():
        *way, last = name.split(".")
        if len(way) >= DEEPEST:
            continue
        here: Any = root
        for key in way:
            here = here.setdefault(key, {}) if isinstance(here, dict) else {}
        if isinstance(here, dict):
            here[last] = text.replace("\r\n", "\n").strip()
    return root


def _part(models: Models, tree: Mapping[str, Tree]) -> dict[str, Words] | None:
    """A part, None where nothing is filled in; of a union the kind that is chosen."""
    model = models[0]
    words: dict[str, Words] = {}
    if issubclass(model, Kind):
        label = tree.get(METHOD, "")
        chosen = next((each for each in models if label_of(each) == label), None)
        if chosen is None:
            return {METHOD: label} if isinstance(label, str) and label else None
        model, words[METHOD] = chosen, str(label)
    for title in shown_titles(model):
        if title in tree and (said := _field(model, title, tree[title])):
            words[title] = said
    return words or None


def _field(model: type[Part], title: str, value: Tree) -> "Words | None":
    attribute, found = fields_of(model)[title]
    info = model.model_fields[attribute]
    if row := parts_in(found):
        return _rows(row, value)
    if is_part(found[0]):
        words = _part(cast("Models", found), value) if isinstance(value, dict) else None
        is_usual = isinstance(info.default, Kind) and words == {METHOD: info.default.label}
        return None if is_usual else words
    if not isinstance(value, str) or value in ("", usual(found, info)):
        return None
    return _single(kind_of(attribute, found), value)


def _single(kind: str, text: str) -> Words:
    if kind == "lines":
        return dict(map(_pair, filter(str.strip, text.splitlines())))
    return _parts_of(text) if kind == "list" else text


def _parts_of(text: str) -> list[Words]:
    return [each for part in BETWEEN.split(text) if (each := part.strip())]


def _pair(line: str) -> tuple[str, Words]:
    key, _, value = re.sub("[:＝=]", "：", line).partition("：")
    return key.strip(), value.strip()


def _rows(row: Models, value: Tree) -> list[Words] | None:
    if isinstance(value, str):
        return [_plain(row[0], line) for line in value.splitlines() if line.strip()] or None
    places = sorted(filter(PLACE.fullmatch, value), key=int)
    drawn = [_part(row, each) for key in places if isinstance(each := value[key], dict)]
    return [each for each in drawn if each] or None


def _plain(model: type[Part], line: str) -> Words:
    """A part written on one line: its fields between bars."""
    texts = line.replace("|", "｜").split("｜")
    words: dict[str, Words] = {}
    for (title, (_, found)), text in zip(fields_of(model).items(), texts, strict=False):
        if text.strip():
            is_list = get_origin(found[0]) is tuple
            words[title] = _parts_of(text) if is_list else text.strip()
    return words
