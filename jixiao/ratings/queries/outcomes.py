"""What came out of a poll, how do the votes become marks, and what is left out because too few rated?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from jixiao.ratings import questions as asked
from jixiao.ratings.models import Option, PaperBatch, Poll, Question, Rated, Tally
from jixiao.ratings.queries.polls import by_question, tallies
from jixiao.ratings.states import COUNTED
from jixiao.scoring.columns import all_leaves
from jixiao.scoring.numbers import mark_text
from jixiao.scoring.sheet import Row


@dataclass(frozen=True)
class Outcome:
    """The votes about one who is rated, question by question; none where too few said anything."""

    rated: Rated
    counts: Mapping[int, tuple[tuple[Option, int], ...]]
    """By question; a question with too few valid votes is left out."""
    asked: frozenset[int]
    """The questions that are put about this one."""

    @property
    def is_enough(self) -> bool:
        """Whether every question has enough valid votes."""
        return self.counts.keys() == self.asked

    @cached_property
    def columns(self) -> dict[str, int]:
        """Valid votes by column of the sheet."""
        return {
            option.column: votes
            for of in self.counts.values()
            for option, votes in of
            if option.column
        }


def outcomes(poll: Poll, only: Rated | None = None) -> list[Outcome]:
    """What came out for each (or one); nothing at all before the poll is closed. One query."""
    if poll.state not in COUNTED:
        return []
    rows = tallies(poll) if only is None else tallies(poll).filter(rated=only)
    found: dict[int, list[list[Tally]]] = {}
    for of in by_question(rows):
        found.setdefault(of[0].rated_id, []).append(of)
    return [_outcome(poll, whole) for whole in found.values()]


def _outcome(poll: Poll, whole: list[list[Tally]]) -> Outcome:
    """Only questions about which enough raters said something that counts."""
    counts = {
        of[0].option.question_id: tuple((each.option, each.votes) for each in of)
        for of in whole
        if sum(each.votes for each in of if each.option.column) >= poll.needed
    }
    put = frozenset(of[0].option.question_id for of in whole)
    return Outcome(whole[0][0].rated, counts, put)


@dataclass(frozen=True)
class Mark:
    """The mark of one item by its votes, and how it comes about."""

    code: str
    name: str
    points: str
    steps: tuple[str, ...]


def marked(poll: Poll, found: Iterable[Outcome]) -> dict[int, list[Mark]]:
    """By rated: the marks that these votes give, as the engine computes them."""
    scheme = poll.version_of.scheme
    codes = set(poll.questions.values_list("code", flat=True))
    own = [each for each in asked.questions(scheme) if each.code in codes]
    names = {each.code: each for each in all_leaves(scheme)}
    rows = [each for each in found if each.counts]
    results = asked.marks_of(
        scheme, [Row(r.rated.name, asked.scaled_counts(r.columns), poll.round) for r in rows]
    )
    return {
        row.rated.pk: [
            Mark(
                code, names[code].name,
                mark_text(results.get(row.rated.name, {}).get(code), scheme.decimals),
                asked.steps(scheme, code, group=row.rated.group, counts=row.columns),
            )
            for question in own
            if (row.rated.group, row.rated.name) in question.units
            for code in question.items
        ]
        for row in rows
    }  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """One row of a table of results: votes by option (none where too few), and the marks."""

    rated: Rated
    votes: tuple[tuple[Option, int], ...]
    valid: int
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Results:
    """The votes on one question."""

    question: Question
    options: tuple[Option, ...]
    rows: tuple[Shown, ...]


def results(poll: Poll) -> list[Results]:
    """Everything that came out, question by question; nothing before the poll is closed."""
    found = outcomes(poll)
    if not found:
        return []
    made = marked(poll, found)
    items = {each.code: each.items for each in asked.questions(poll.version_of.scheme)}
    tables = []
    for question in poll.questions.prefetch_related("options"):
        rows = []
        for outcome in found:
            if question.pk not in outcome.asked:
                continue
            cells = outcome.counts.get(question.pk, ())
            marks = (m for m in made.get(outcome.rated.pk, ()) if m.code in items[question.code])
            valid = sum(votes for option, votes in cells if option.column)
            rows.append(Shown(outcome.rated, cells, valid, tuple(marks) if cells else ()))
        tables.append(Results(question, tuple(question.options.all()), tuple(rows)))
    return tables


def counted(batch: PaperBatch) -> list[tuple[Rated, Question, list[tuple[Option, int]]]]:
    """What was counted from a batch of papers, line by line, as its checker compares it."""
    votes = dict(batch.counts)
    rows = tallies(batch.poll).defer("votes").filter(pk__in=votes)
    return [
        (of[0].rated, of[0].option.question, [(each.option, votes[each.pk]) for each in of])
        for of in by_question(rows)
    ]
