"""How is a ballot cast so that it is counted once and can never be traced back?

Participation and counts are written in one transaction and share nothing else. All counts of the
poll are rewritten by every ballot, in one statement, so that not even the database's own marks of
which row was touched last tell the choice. Decision 0010 says what that keeps from whom.
"""

import re
import secrets
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Case, F, Value, When
from django.utils import timezone
from django.utils.crypto import salted_hmac

from jixiao.access.action import action
from jixiao.access.actor import Actor
from jixiao.access.permissions import Permission
from jixiao.core.errors import RefusedError
from jixiao.core.words import day
from jixiao.ratings.models import OneTimeCode, Poll, Rated, Rater, Tally
from jixiao.ratings.queries.polls import Line, ballot, rates_for
from jixiao.ratings.states import MOST_CODES, PollKind, PollState

CODE_DIGITS = 12
"""Digits only: they can be read aloud and typed on any telephone; guessing is hopeless."""


@dataclass(frozen=True)
class Chosen:
    """One line of a ballot: which option about whom; the option tells the question."""

    rated_id: int
    option_id: int


@action(Permission.RATINGS_VOTE)
def vote(rater: Rater, *, by: Actor, choices: Sequence[Chosen]) -> Rater:
    """评议。只记本单位或本人评过了，不记怎么评的，投出后不能改。"""
    if not is_own(rater, by):
        raise RefusedError("只能由评议人本人，或单位分管负责人、联络员代表本单位评议")
    poll = _taking(rater.poll_id)
    if rater.cast >= rater.allowed:
        raise RefusedError("已经评过了，每个评议人的票只能投一次")
    _count(poll, ballot(poll, without=rater.unit_id), choices)
    rater.cast += 1
    rater.save()
    return rater


def is_own(rater: Rater, by: Actor) -> bool:
    """Whether this ballot is this person's, or that of the own unit."""
    if rater.unit_id is not None:
        return rater.unit_id in rates_for(by)
    return by.account_id is not None and rater.account_id == by.account_id


@transaction.atomic
def vote_by_code(text: str, choices: Sequence[Chosen]) -> None:
    """Cast the one ballot of a code; nobody acts here, so the record of who did what has no entry.

    An entry would hold a time and an address, which is more about a resident than anybody may know.
    """
    code = found_code(text)
    poll = _taking(code.poll_id)
    if not OneTimeCode.objects.filter(pk=code.pk, is_used=False).update(is_used=True):
        raise RefusedError(USED)
    _count(poll, ballot(poll, only=code.rated_id), choices)


UNKNOWN_CODE = f"没有这个评议码，请核对{CODE_DIGITS}位数字"
USED = "这个评议码已经用过，票已计入，谢谢您"


def found_code(text: str) -> OneTimeCode:
    """The unused code that somebody typed; RefusedError says what is wrong with it."""
    code = OneTimeCode.objects.select_related("poll").filter(digest=digest_of(text)).first()
    if code is None:
        raise RefusedError(UNKNOWN_CODE, field="code")
    if code.is_used:
        raise RefusedError(USED, field="code")
    _refuse_late(code.poll)
    return code


def digest_of(text: str) -> str:
    """How a code is kept: without the platform's own secret nobody can try all codes against it."""
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", text)[:100])
    return salted_hmac("jixiao.ratings.code", digits, algorithm="sha256").hexdigest()


@action(Permission.RATINGS_EDIT)
def make_codes(poll: Poll, *, by: Actor, count: int, rated: Rated | None = None) -> tuple[str, ...]:
    """发评议码。一码一票，只在这一次给出；系统只留摘要，丢了另发。"""
    if not poll.is_by_code:
        raise RefusedError("这次评议由单位或领导登录评议，不用评议码")
    if poll.state not in (PollState.PLANNED, PollState.OPEN):
        raise RefusedError("评议已经截止，不能再发评议码")
    if rated is not None and rated.poll_id != poll.pk:
        raise RefusedError("这个单位不在这次评议里", field="rated")
    if not 1 <= count <= MOST_CODES - poll.codes:
        raise RefusedError(f"一次评议最多发{MOST_CODES}个评议码", field="count")
    made: set[str] = set()
    while len(made) < count:
        made.add("".join(secrets.choice("0123456789") for _ in range(CODE_DIGITS)))
    digests = sorted(map(digest_of, made))
    OneTimeCode.objects.bulk_create(
        OneTimeCode(poll=poll, rated=rated, digest=digest) for digest in digests
    )
    poll.codes += count
    poll.save()
    return tuple(made)


# ── Counting ───────────────────────────────────────────────────────────────────────────────


def _taking(number: int) -> Poll:
    """The poll, held until the ballot is counted: no ballot slips in while it is being closed."""
    poll = Poll.objects.select_for_update().get(pk=number)
    _refuse_late(poll)
    return poll


def _refuse_late(poll: Poll) -> None:
    today = timezone.localdate()
    if poll.state == PollState.PLANNED or (poll.state == PollState.OPEN and today < poll.opens_on):
        raise RefusedError(f"评议还没有开始，{day(poll.opens_on)}起收票", field="code")
    if poll.state != PollState.OPEN or today > poll.closes_on:
        raise RefusedError("评议已经截止，不再收票", field="code")


def _count(poll: Poll, lines: Collection[Line], choices: Sequence[Chosen]) -> None:
    """Add a ballot to the counts, all rows of the poll in one statement."""
    _refuse_faults(poll, lines, choices)
    options = {each.option_id for each in choices}
    pairs = {(each.rated_id, each.option_id) for each in choices}
    rows = Tally.objects.filter(option__in=options, rated__poll=poll)
    found = rows.values_list("pk", "rated", "option")
    chosen = {pk: 1 for pk, rated, option in found if (rated, option) in pairs}
    add_votes(poll, chosen)


def add_votes(poll: Poll, votes: dict[int, int]) -> int:
    """Add to the poll's counts by tally; rows that get nothing are rewritten like the others."""
    added = Case(*(When(pk=pk, then=Value(n)) for pk, n in votes.items()), default=Value(0))
    return Tally.objects.filter(rated__poll=poll).update(votes=F("votes") + added)


def _refuse_faults(poll: Poll, lines: Collection[Line], choices: Sequence[Chosen]) -> None:
    if not choices:
        raise RefusedError("一项也没有选，请至少评一项")
    offered = {
        (line.rated.pk, option.pk): (line.rated.pk, line.question.pk)
        for line in lines
        for option in line.options
    }
    said = [offered.get((each.rated_id, each.option_id)) for each in choices]
    if None in said or len(set(said)) < len(said):
        raise RefusedError("票面不对：只能就票上所列的对象，每项选一个")
    if poll.kind == PollKind.RANKING:
        _refuse_places(lines, choices)


def _refuse_places(lines: Iterable[Line], choices: Sequence[Chosen]) -> None:
    """Within a group every place from the first is given exactly once."""
    place = {each.rated_id: each.option_id for each in choices}
    groups: dict[str, list[Line]] = {}
    for line in lines:
        groups.setdefault(line.rated.group, []).append(line)
    wrong = []
    for group, members in groups.items():
        label = {option.pk: option.label for option in members[0].options[: len(members)]}
        given = Counter(place.get(line.rated.pk) for line in members)
        for line in members:
            own = place.get(line.rated.pk)
            if own not in label:
                wrong.append(f"{line.rated}没有排，或名次超过{len(members)}")
        for option, times in given.items():
            if option in label and times > 1:
                names = "、".join(
                    line.rated.name for line in members if place.get(line.rated.pk) == option
                )
                wrong.append(f"{group}的{label[option]}给了{times}个：{names}")
    if wrong:
        raise RefusedError("；".join(wrong))
