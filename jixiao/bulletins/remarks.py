"""What must be changed before a bulletin goes out, and what should somebody look at again?"""

import hashlib
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from jixiao.bulletins.compose import text_of
from jixiao.bulletins.draft import Draft
from jixiao.bulletins.facts import REFERENCE
from jixiao.bulletins.proofread import Severity, proofread
from jixiao.bulletins.typed import TypedFigure, typed_figures
from jixiao.gongwen.document import Document
from jixiao.scoring.numbers import mark_text

PRIVATE = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|1[3-9]\d{9})(?!\d)")
"""Identity and mobile numbers."""
SURELY_A_NAME = 3
"""Characters; a name of two may be an ordinary word."""


@dataclass(frozen=True)
class Remark:
    """One thing to change or to look at; ``block`` is the paragraph it is about."""

    title: str
    message: str
    must: bool
    block: int | None = None

    @property
    def key(self) -> str:
        """The same remark has the same key, so that it can be kept with a reason."""
        said = f"{self.title}\n{self.message}".encode()
        return hashlib.sha256(said).hexdigest()[:40]


def remarks(
    draft: Draft, *, limit: int, is_public: bool, people: Collection[str] = ()
) -> tuple[Remark, ...]:
    """Everything, what must be changed first; ``people`` are names that a public text may not tell."""
    found = [
        Remark("引用没有答案", problem, must=True, block=place)
        for place, problem in draft.unanswered
    ]
    if draft.failure:
        return (*found, Remark("排不成公文", draft.failure, must=True))
    found += _disagreements(draft)
    found += _typed(draft)
    found += _telling(draft)
    found += _empty(draft)
    if is_public:
        found += _personal(draft, people)
    if (count := characters(draft.document)) > limit:
        words = f"现有{count}字，超过{limit}字；请压缩，或写明为什么这么长。"
        found.append(Remark("篇幅超过规定", words, must=False))
    unique = dict.fromkeys(found)
    return tuple(sorted(unique, key=lambda each: (not each.must, each.block is None, each.block)))


def characters(document: Document) -> int:
    """How long the text is: title and body without blanks; annexes do not count."""
    words = text_of(document.model_copy(update={"annexes": ()}))
    return sum(not char.isspace() for char in words)


def _disagreements(draft: Draft) -> Iterator[Remark]:
    """What the consistency check finds, at the paragraph it is about."""
    for each in proofread(text_of(draft.document), standing=draft.facts.standing):
        places = [_place(draft, line) for line in each.lines]
        known = [place for place in places if place is not None]
        yield Remark(
            each.kind, each.message, each.severity is Severity.MUST, known[-1] if known else None
        )


def _place(draft: Draft, line: int) -> int | None:
    """The paragraph on a line of the text, counted from 1; title and recipients come before it."""
    at = line - len(draft.document.title) - 2
    return draft.places[at] if 0 <= at < len(draft.places) else None


def _typed(draft: Draft) -> Iterator[Remark]:
    """Figures written by hand, paragraph by paragraph; titles and notes have no place."""
    found: dict[int | None, list[TypedFigure]] = {}
    for each in typed_figures(draft.template, draft.facts):
        found.setdefault(each.at, []).append(each)
    for place, figures in found.items():
        told = list(dict.fromkeys(each.figure for each in figures))
        same = {
            f"“{each.figure}”和引用{each.reference}同值，说的是它就改为引用"
            for each in figures
            if each.reference
        }
        advice = "，".join(sorted(same)) or "结果里没有这样的数，请核对出处"
        yield Remark("手写数字", f"手写了{'、'.join(told)}：{advice}。", must=False, block=place)


def _telling(draft: Draft) -> Iterator[Remark]:
    """A unit's mark typed into a bulletin that tells tiers only."""
    result = draft.facts.result
    if draft.template.shows_marks or result is None:
        return
    decimals = result.scheme.decimals
    marks = {
        mark_text(each["ranked"], decimals)
        for each in result.year.values()
        if each["ranked"] is not None
    }
    for block in draft.blocks:
        said = set(re.findall(r"\d+\.\d+(?=分)", REFERENCE.sub("｜", block.paragraph.text)))
        if told := sorted(said & marks):
            words = f"这份通报只公布等次，“{'、'.join(told)}分”是单位得分，请删去。"
            yield Remark("公布了得分", words, must=True, block=block.place)


def _empty(draft: Draft) -> Iterator[Remark]:
    for block in draft.blocks:
        if not (block.paragraph.text.strip() or block.paragraph.heading.strip()):
            yield Remark("空段落", "这一段没有内容，请填写或删去。", must=True, block=block.place)


def _personal(draft: Draft, people: Collection[str]) -> Iterator[Remark]:
    """个人信息保护法第二十五条：不得公开个人信息，除非取得单独同意."""
    for number, line in enumerate(text_of(draft.document).splitlines(), start=1):
        place = _place(draft, number)
        if PRIVATE.search(line):
            words = "向社会公开的通报里有证件号或手机号，请删去。"
            yield Remark("个人信息", words, must=True, block=place)
        for name in people:
            if name in line:
                sure = len(name) >= SURELY_A_NAME
                words = f"向社会公开的通报里有人员姓名“{name}”，请删去" + (
                    "。" if sure else "；不是姓名的，写明理由保留。"
                )
                yield Remark("个人信息", words, must=sure, block=place)
