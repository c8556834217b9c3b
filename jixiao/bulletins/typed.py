"""Which figures does a text type by hand, and which reference would give the same today?"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from jixiao.bulletins.claims import value
from jixiao.bulletins.facts import REFERENCE, Facts
from jixiao.bulletins.offers import offers
from jixiao.bulletins.references import SECTIONS
from jixiao.bulletins.template import Template

_OWN = re.compile(
    r"《[^》]*》|〔\d{4}〕\d*号?|\d{4}(?:[—–-]\d{4})?年度?|\d{1,2}月|\d{1,2}日"
    r"|第[\d一二三四五六七八九十]+[条款项期次号章批季]|GB/T ?\d+"
)
"""Titles of documents, numbers of documents and articles, dates: nobody could refer to them."""
_FIGURE = re.compile(
    r"(?<![\d.])\d+(?:\.\d+)?%?"
    r"|(?<![一二三四五六七八九十百第])(?:[二三四五六七八九十百两][一二三四五六七八九十百零〇]*"
    r"|一[十百][一二三四五六七八九十百零〇]*)(?=[个家次类项条名人件批轮场期份倍])"
)
_SECTIONS = {
    "分": ("得分",), "次": ("评估过程",), "轮": ("评估过程",), "名": ("评估过程",), "人": ("评估过程",),
    "件": ("评估过程", "问题和整改"), "类": ("办法",), "项": ("办法",),
    "个": ("分档和名单", "得分", "评估过程", "与上年相比", "问题和整改"),
}  # fmt: skip
"""Which sections speak of what is counted so; a figure of another kind is the same by chance."""
AROUND = 6
"""Characters on either side that are shown with a figure."""


@dataclass(frozen=True)
class TypedFigure:
    """A figure that somebody typed; ``at`` is the paragraph, None for titles and notes."""

    at: int | None
    figure: str
    excerpt: str
    reference: str = ""
    """Gives the same number today; empty where none does."""


def typed_figures(template: Template, facts: Facts | None = None) -> tuple[TypedFigure, ...]:
    """Figures outside references, in reading order; with facts also what could stand there instead."""
    found = [each for at, text in _texts(template) for each in _typed(at, text)]
    if not found or facts is None:
        return tuple(found)
    known = [(each.value.rstrip("%"), each.section, each.reference) for each in offers(facts)]
    return tuple(replace(each, reference=_same(each, known)) for each in found)


def _same(typed: TypedFigure, known: Sequence[tuple[str, str, str]]) -> str:
    """The reference that gives this number and counts such things; one of the same word first."""
    after = typed.excerpt.partition(typed.figure)[2][:1]
    wanted = _SECTIONS.get(after, tuple(SECTIONS))
    figure = _plain(typed.figure)
    same = [ref for said, section, ref in known if said == figure and section in wanted]
    return min(same, key=lambda ref: ref[1:3] not in typed.excerpt, default="")


def _texts(template: Template) -> Iterator[tuple[int | None, str]]:
    yield from ((None, line) for line in template.title)
    yield None, template.recipients
    for at, each in enumerate(template.body):
        yield from ((at, each.heading), (at, each.text))
    yield from ((None, line) for line in (*template.annex_title, *template.annex_notes))


def _typed(at: int | None, text: str) -> Iterator[TypedFigure]:
    own = REFERENCE.sub(lambda match: "｛" * len(match[0]), text)
    own = _OWN.sub(lambda match: "｜" * len(match[0]), own)
    for match in _FIGURE.finditer(own):
        start, end = max(0, match.start() - AROUND), match.end() + AROUND
        yield TypedFigure(at, match[0], text[start:end])


def _plain(figure: str) -> str:
    bare = figure.rstrip("%")
    return bare if bare[0].isdecimal() and bare[0].isascii() else str(value(bare))
