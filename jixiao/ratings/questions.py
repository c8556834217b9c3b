"""Which questions does a scheme put to raters, with which options, into which columns of the sheet?

Nothing is typed again: a question is a scored item (or several that read the same votes) whose rule
counts votes. 票决 always does; a 比率 does where 评价主体 is written at the item or above it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from jixiao.scoring.columns import all_leaves, applies_to, data_item, tree_audiences
from jixiao.scoring.engine import marks
from jixiao.scoring.inputs import item_keys
from jixiao.scoring.measures import Measure, Ratio, Reported, Term, Votes
from jixiao.scoring.numbers import SCALE, half_up, number_text
from jixiao.scoring.scheme import Item, Rule, Scheme, SchemeError, leaves
from jixiao.scoring.sentences import data_name, rule_words
from jixiao.scoring.sheet import Row, Sheet, ranges_of, to_frame

UNKNOWN = "不了解"
PLACE = re.compile(r"第?\s*[一二三四五六七八九十百\d]+\s*名?$")
Counts = Mapping[str, int]
"""Votes by column of the sheet."""


@dataclass(frozen=True)
class Choice:
    """One option; votes for it go into ``column``, or nowhere where they are not valid."""

    label: str
    column: str = ""


@dataclass(frozen=True)
class Question:
    """What is asked about every unit to which it applies."""

    code: str
    name: str
    rated_by: str
    choices: tuple[Choice, ...]
    items: tuple[str, ...]
    """The scored items that read its votes."""
    units: tuple[tuple[str, str], ...]
    """Group and name of everybody it is asked about, as the scheme has them."""

    @property
    def is_ranking(self) -> bool:
        """Whether its options are places: the first, the second, …"""
        return all(PLACE.match(each.label) for each in self.choices)


@dataclass(frozen=True)
class _Reader:
    """A scored item, who rates it, the category above it, and the plain figures that it reads."""

    item: Item
    rated_by: str
    parent: str
    columns: tuple[str, ...]

    @property
    def counts(self) -> bool:
        """Whether its own rule counts votes."""
        inner = _inner(self.item)
        is_vote = isinstance(inner, Votes) or (isinstance(inner, Ratio) and bool(self.rated_by))
        return is_vote and len(self.columns) > 1


def questions(scheme: Scheme) -> tuple[Question, ...]:
    """Everything that this scheme leaves to votes, in its order."""
    readers = list(_readers(scheme, (*scheme.items, *scheme.adjustments), "", ""))
    order = {each.item.code: place for place, each in enumerate(readers)}
    voted = {column for each in readers if each.counts for column in each.columns}
    found: list[list[_Reader]] = []
    for reader in sorted(readers, key=lambda each: -len(each.columns)):
        if not reader.columns or not (reader.counts or reader.rated_by):
            continue
        if set(reader.columns) <= voted:
            columns = set(reader.columns)
            same = next((each for each in found if columns & set(each[0].columns)), None)
            if same is None:
                found.append([reader])
            else:
                same.append(reader)
    made = [_question(scheme, same) for same in found]
    return tuple(sorted(made, key=lambda each: order[each.code]))


def _question(scheme: Scheme, same: list[_Reader]) -> Question:
    """The widest reader first; several that share votes are called after their category."""
    first = same[0]
    columns = dict.fromkeys(column for each in same for column in each.columns)
    units = dict.fromkeys(unit for each in same for unit in _units(scheme, each.item))
    return Question(
        code=first.item.code,
        name=first.parent if len(same) > 1 and first.parent else first.item.name,
        rated_by=first.rated_by,
        choices=tuple(Choice(data_name(scheme, column), column) for column in columns),
        items=tuple(each.item.code for each in same),
        units=tuple(units),
    )


def _readers(
    scheme: Scheme, items: Iterable[Item], rated_by: str, parent: str
) -> Iterator[_Reader]:
    for item in items:
        by = item.rated_by or rated_by
        if item.items:
            yield from _readers(scheme, item.items, by, item.name)
        else:
            yield _Reader(item, by, parent, _columns(scheme, item))


def _inner(item: Item) -> Measure:
    measure = (item.rule or Rule()).measure
    inner: Measure = getattr(measure, "of", measure)
    return inner


def _columns(scheme: Scheme, item: Item) -> tuple[str, ...]:
    """None where it reads anything that nobody can vote on."""
    inner = _inner(item)
    if not isinstance(inner, Votes | Ratio | Reported):
        return ()
    keys = item_keys(item)
    if isinstance(inner, Ratio):  # the denominator names all options in their order
        keys = (*(term.data for term in inner.denominator), *keys)
    found = [data_item(scheme, key) for key in dict.fromkeys(keys)]
    if any(each.times > 1 or each.from_result or each.choices for each in found):
        return ()
    return tuple(each.key for each in found)


def _units(scheme: Scheme, item: Item) -> tuple[tuple[str, str], ...]:
    above = tree_audiences((*scheme.items, *scheme.adjustments))[item.code]
    return tuple(
        (group.name, unit.name)
        for group in scheme.groups
        for unit in group.units
        if all(applies_to(scheme, each, group=group.name, unit=unit.name) for each in above)
    )


# ── How much it weighs, and how votes become marks ─────────────────────────────────────────


@dataclass(frozen=True)
class Share:
    """How much of a group's full mark a question has, and the least that a rule demands."""

    group: str
    share: Fraction
    at_least: Fraction | None
    basis: str

    @property
    def is_low(self) -> bool:
        """Whether the scheme gives these raters less than the rule demands."""
        return self.at_least is not None and self.share < self.at_least

    @property
    def words(self) -> str:
        """``部门：占总分60%（要求不低于30%）``."""
        least = f"，要求不低于{_percent(self.at_least)}" if self.at_least else ""
        return f"{self.group}：占总分{_percent(self.share)}{least}"


def shares(scheme: Scheme, question: Question) -> tuple[Share, ...]:
    """By group; what a rule demands is counted over everything that these raters rate."""
    scored = {item.code: item for item in leaves(scheme.items)}
    own = [scored[code] for code in question.items if code in scored]
    found = []
    for group in dict.fromkeys(group for group, _ in question.units):
        rules = [
            each
            for each in scheme.share_rules
            if each.rated_by == question.rated_by and group in each.groups
        ]
        rated = [each for each in scored.values() if each.rated_by == question.rated_by]
        counted = sum((each.full_for(group) for each in (rated if rules else own)), Fraction(0))
        least = max((each.at_least for each in rules), default=None)
        basis = rules[0].basis if rules else ""
        found.append(Share(group, counted / scheme.full_for(group), least, basis))
    return tuple(found)


def marks_of(scheme: Scheme, rows: Iterable[Row]) -> Mapping[str, Mapping[str, int | None]]:
    """Marks by unit and item, by the engine itself; empty where the scheme cannot be run on these."""
    sheet = Sheet(tuple(rows))
    if not sheet.rows:
        return {}
    frame = to_frame(scheme, sheet)
    try:
        marked, _ = marks(scheme, frame.lazy(), ranges_of(frame), rows=frame.height)
    except SchemeError:
        return {}
    codes = {item.code for item in all_leaves(scheme)}
    return {
        row["unit"]: {code: row.get(f"mark:{code}") for code in codes}
        for row in marked.collect().iter_rows(named=True)
    }


def steps(scheme: Scheme, code: str, *, group: str, counts: Counts) -> tuple[str, ...]:
    """How an item's votes become its mark, in words: the quotient, then the rule."""
    item = next(each for each in all_leaves(scheme) if each.code == code)
    rule, full = item.rule_for(group), item.full_for(group)
    said = rule_words(scheme, item, rule)
    match measure := rule.measure:
        case Votes():
            valid = sum(counts.get(term.data, 0) for term in measure.options)
            worth = sum((_worth(term, counts) for term in measure.options), Fraction(0))
            sums = "＋".join(_times(scheme, term, counts) for term in measure.options)
            first = f"{sums}＝{_near(worth)}，除以有效票{valid}张{_quotient(worth, valid)}"
            return (first, said, *_pointed(rule, full, worth, Fraction(valid)))
        case Ratio():
            top = sum((_worth(term, counts) for term in measure.numerator), Fraction(0))
            bottom = sum((_worth(term, counts) for term in measure.denominator), Fraction(0))
            names = "、".join(data_name(scheme, term.data) for term in measure.numerator)
            first = f"{names}{_near(top)}票，除以{_near(bottom)}票{_quotient(top, bottom)}"
            return (first, said, *_pointed(rule, full, top, bottom))
        case _:
            return (said,)


def _pointed(rule: Rule, full: Fraction, top: Fraction, bottom: Fraction) -> Iterator[str]:
    """What the scale gives for the quotient, before it is rounded and before any prerequisite."""
    if bottom > 0:
        value = top / bottom
        piece = next(each for each in rule.scale.pieces(full) if value in each.within)
        yield f"满分{number_text(full)}分，得{_near(piece.points(value))}分"


def _worth(term: Term, counts: Counts) -> Fraction:
    return term.factor * counts.get(term.data, 0)


def _times(scheme: Scheme, term: Term, counts: Counts) -> str:
    factor = "" if term.factor == 1 else f"×{number_text(term.factor)}"
    return f"{data_name(scheme, term.data)}{counts.get(term.data, 0)}票{factor}"


def _quotient(top: Fraction, bottom: Fraction | int) -> str:
    if not bottom:
        return "，没有有效票"
    value = Fraction(top) / bottom
    return f"{'＝' if half_up(value, 4) == value else '≈'}{_near(value)}"


def _near(value: Fraction) -> str:
    return number_text(half_up(value, 4))


def _percent(value: Fraction | None) -> str:
    return f"{number_text(half_up((value or Fraction(0)) * 100, 1))}%"


def scaled_counts(counts: Counts) -> dict[str, int]:
    """Votes as a sheet has them: in ten-thousandths."""
    return {column: votes * SCALE for column, votes in counts.items()}
