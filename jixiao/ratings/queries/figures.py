"""Which figures do accepted polls give to the mark sheet, and what is still owed by whom?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from jixiao.ratings.models import Poll, Rater
from jixiao.ratings.models import Question as QuestionRow
from jixiao.ratings.queries.outcomes import outcomes
from jixiao.ratings.questions import Question, questions, scaled_counts
from jixiao.ratings.states import PollState
from jixiao.schemes.exchange.layout import round_names
from jixiao.schemes.models import SchemeVersion
from jixiao.schemes.states import State

OFFICE = "县绩效办"
"""Who owes what nobody else does."""


@dataclass(frozen=True)
class Owed:
    """A question of a round whose votes are not there yet: what is missing, and who owes it."""

    round: str
    round_name: str
    question: Question
    what: str
    who: str
    poll: int | None = None


@dataclass(frozen=True)
class Ballots:
    """What ballots give to a version's mark sheet, and what is still missing of them."""

    figures: Mapping[tuple[str, str], Mapping[str, int]]
    """Votes in ten-thousandths by round and unit (as this version calls it), then by column."""
    owed: tuple[Owed, ...]
    columns: frozenset[str] = frozenset()
    """The columns of the sheet that only votes fill."""


def ballots_of(version: SchemeVersion, names: Mapping[int, str]) -> Ballots:
    """Only accepted polls give figures, and only where enough raters stand behind one.

    ``names`` has the unit's name in this version by its number in the county's books. No query for
    a scheme that leaves nothing to votes; else three, and two an accepted poll.
    """
    asked = questions(version.scheme)
    if not asked:
        return Ballots({}, ())
    polls = list(_polls(version))
    rounds = round_names(version.scheme).items()
    late = _late(polls)
    owed = (
        each
        for code, name in rounds
        for question in asked
        for each in _owed(code, name, question, polls=polls, late=late)
    )
    columns = frozenset(choice.column for question in asked for choice in question.choices)
    return Ballots(_figures(polls, names), tuple(owed), columns)


def _figures(
    polls: Iterable[Poll], names: Mapping[int, str]
) -> Mapping[tuple[str, str], Mapping[str, int]]:
    found: dict[tuple[str, str], dict[str, int]] = {}
    for poll in polls:
        for outcome in outcomes(poll) if poll.state == PollState.ACCEPTED else ():
            name = names.get(outcome.rated.unit_id or 0, outcome.rated.name)
            values = scaled_counts(outcome.columns)
            if values:
                found.setdefault((poll.round, name), {}).update(values)
    return found


def _late(polls: Iterable[Poll]) -> Mapping[int, list[str]]:
    """Who has not rated yet, by open poll."""
    running = [each for each in polls if each.state == PollState.OPEN]
    found: dict[int, list[str]] = {}
    rows = Rater.objects.filter(poll__in=running, cast=0).select_related("unit", "account")
    for each in rows if running else ():
        found.setdefault(each.poll_id, []).append(str(each))
    return found


def _polls(version: SchemeVersion) -> QuerySet[Poll]:
    """The polls of this scheme's year, whichever version they were set up by."""
    found = Poll.objects.filter(
        version_of__line=version.line_id, version_of__year=version.year
    ).exclude(state=PollState.WITHDRAWN)
    asked = Prefetch("questions", QuestionRow.objects.all(), to_attr="asked")
    return found.prefetch_related(asked).order_by("id")


def _owed(
    code: str,
    name: str,
    question: Question,
    *,
    polls: Iterable[Poll],
    late: Mapping[int, list[str]],
) -> Iterator[Owed]:
    own = (each for each in polls if each.round == code)
    poll = next((p for p in own if any(q.code == question.code for q in p.asked)), None)  # type: ignore[attr-defined]
    if poll is None:
        yield Owed(code, name, question, "还没有安排评议", OFFICE)
    elif poll.state == PollState.OPEN:
        who = "、".join(late.get(poll.pk, ())) or OFFICE
        what = "正在收票" if timezone.localdate() <= poll.closes_on else "等截止收票"
        yield Owed(code, name, question, what, who, poll.pk)
    elif poll.state != PollState.ACCEPTED:
        what = "等开始收票" if poll.state == PollState.PLANNED else "等另一人采用票数"
        yield Owed(code, name, question, what, OFFICE, poll.pk)
    else:
        few = [each.rated.name for each in outcomes(poll) if not each.is_enough]
        if few:
            what = f"有效票不足{poll.needed}张：{'、'.join(few)}"
            yield Owed(code, name, question, what, OFFICE, poll.pk)


def owed_now() -> list[tuple[SchemeVersion, Owed]]:
    """What the schemes in force leave to votes without a poll yet; two queries."""
    known = set(
        QuestionRow.objects.exclude(poll__state=PollState.WITHDRAWN).values_list(
            "poll__version_of__line", "poll__version_of__year", "poll__round", "code"
        )
    )
    since = timezone.localdate().year - 1
    versions = SchemeVersion.objects.filter(state=State.PUBLISHED, year__gte=since)
    return [
        (version, Owed(code, name, question, "还没有安排评议", OFFICE))
        for version in versions.select_related("line").order_by("-year", "line")
        for code, name in round_names(version.scheme).items()
        for question in questions(version.scheme)
        if (version.line_id, version.year, code, question.code) not in known
    ]


@dataclass(frozen=True)
class Setting:
    """A question of a scheme for which a poll is to be set up, among the others of the scheme."""

    version: SchemeVersion
    question: Question
    asked: tuple[Question, ...]
    rounds: Mapping[str, str]

    def round_code(self, given: str) -> str:
        """The scheme's round that was asked for, or its first."""
        return given if given in self.rounds else next(iter(self.rounds))

    def title(self, round_code: str) -> str:
        """How a poll's name begins."""
        return f"{self.version.year}年度{self.rounds[round_code]}"

    def words(self, round_code: str) -> str:
        """By which scheme, for which round."""
        name = self.rounds[round_code]
        return f"按“{self.version}”{f'，计入{name}' if name else ''}。选项和票数填到哪一列，办法里已经定了。"


def setting(pk: int, code: str) -> Setting | None:
    """A question that a published scheme leaves to votes."""
    version = SchemeVersion.objects.filter(pk=pk, state=State.PUBLISHED).first()
    asked = questions(version.scheme) if version else ()
    question = next((each for each in asked if each.code == code), None)
    if version is None or question is None:
        return None
    return Setting(version, question, asked, round_names(version.scheme))
