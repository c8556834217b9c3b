"""How do paper questionnaires come into the counts: counted by one person, checked by another?"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from jixiao.access.action import action
from jixiao.access.actor import Actor
from jixiao.access.permissions import Permission
from jixiao.core.errors import RefusedError
from jixiao.ratings.actions.voting import add_votes
from jixiao.ratings.models import PaperBatch, Poll, Tally
from jixiao.ratings.states import MOST_PAPERS, PollState


@dataclass(frozen=True)
class Counted:
    """So many papers of the batch chose this option about this one."""

    rated_id: int
    option_id: int
    votes: int


@action(Permission.RATINGS_EDIT)
def enter_papers(poll: Poll, *, by: Actor, papers: int, counts: Sequence[Counted]) -> PaperBatch:
    """录入纸质票。写明这一批几张、各项各多少票；另一人对着票核对以后才计入。"""
    if not poll.is_by_code:
        raise RefusedError("这次评议由单位或领导登录评议，不收纸质票")
    if poll.state != PollState.OPEN or timezone.localdate() < poll.opens_on:
        raise RefusedError("收票期间才能录入纸质票")
    if not 1 <= papers <= MOST_PAPERS:
        raise RefusedError(f"这一批1至{MOST_PAPERS}张", field="papers")
    rows = Tally.objects.filter(rated__poll=poll).select_related("rated", "option__question")
    known = {(each.rated_id, each.option_id): each for each in rows}
    sums: dict[tuple[int, int], int] = {}
    kept: dict[int, int] = {}
    for each in counts:
        tally = known.get((each.rated_id, each.option_id))
        if tally is None or each.votes < 0 or tally.pk in kept:
            raise RefusedError("有不在这次评议里的单位或选项，或者重复、为负")
        kept[tally.pk] = each.votes
        line = (tally.rated_id, tally.option.question_id)
        sums[line] = sums.get(line, 0) + each.votes
        if sums[line] > papers:
            words = (
                f"{tally.rated}“{tally.option.question}”各选项合计{sums[line]}票，多于{papers}张"
            )
            raise RefusedError(words, field="papers")
    if not any(kept.values()):
        raise RefusedError("一票也没有，不用录入", field="papers")
    pairs = [[pk, votes] for pk, votes in kept.items() if votes]
    return PaperBatch.objects.create(
        poll=poll, papers=papers, counts=pairs, entered_by_id=by.signature()
    )


@action(Permission.RATINGS_EDIT)
def check_papers(batch: PaperBatch, *, by: Actor) -> PaperBatch:
    """核对纸质票。由录入以外的人对着票核对，无误的计入；计入后不再单独留存。"""
    poll = _unchecked(batch)
    if batch.entered_by_id == by.account_id:
        raise RefusedError("录入的人不能核对自己录的，请另一位同事办理")
    add_votes(poll, dict(batch.counts))
    batch.counts = []
    batch.checked_at, batch.checked_by_id = timezone.now(), by.signature()
    batch.save()
    return batch


@action(Permission.RATINGS_EDIT)
def drop_papers(batch: PaperBatch, *, by: Actor, reason: str) -> None:
    """退回重录。核对不上的退回，写明原因，重新清点录入。"""
    _unchecked(batch)
    if not reason.strip():
        raise RefusedError("请写明哪里对不上", field="reason")
    batch.delete()


def _unchecked(batch: PaperBatch) -> Poll:
    if batch.checked_at is not None:
        raise RefusedError("这一批已经核对计入")
    poll = Poll.objects.select_for_update().get(pk=batch.poll_id)
    if poll.state != PollState.OPEN:
        raise RefusedError("评议不在收票")
    return poll
