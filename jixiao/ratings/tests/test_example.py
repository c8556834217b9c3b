"""Has the example county polls that are over, and one in which a newcomer can still rate?"""

from collections.abc import Callable
from pathlib import Path

from jixiao.access.actor import Actor
from jixiao.access.permissions import Role
from jixiao.org.tests.factories import UnitFactory
from jixiao.ratings.example import FILE, QUIET, load_example, load_ranking
from jixiao.ratings.models import Poll
from jixiao.ratings.queries.figures import ballots_of
from jixiao.ratings.queries.polls import to_rate
from jixiao.ratings.states import PollState
from jixiao.ratings.tests.conftest import TODAY
from jixiao.ratings.tests.factories import TOWNS
from jixiao.schemes.exchange.files import read_scheme

FOLDER = Path(__file__).parents[3] / "examples" / "清岚县"


def test_two_polls_are_over_and_the_first_leader_can_still_rank(
    office: Actor, head: Actor, actor: Callable[..., Actor]
) -> None:
    towns = [UnitFactory(name=name, group="乡镇") for name in (*TOWNS, "双井镇", "青芦镇")]
    for group in read_scheme(FOLDER / FILE)[0].groups:
        for unit in group.units:
            UnitFactory(name=unit.name, group=group.name)
    units = {unit.pk: actor(Role.LIAISON, key=unit.pk) for unit in towns}
    leaders = [actor(Role.LEADER) for _ in range(4)]
    version = load_example(FOLDER, office=office, head=head, units=units, today=TODAY)
    load_ranking(version, office=office, leaders=leaders, today=TODAY)
    states = list(Poll.objects.order_by("pk").values_list("state", flat=True))
    assert states == [PollState.ACCEPTED, PollState.ACCEPTED, PollState.OPEN]
    assert to_rate(leaders[0], TODAY).count() == 1
    assert len(ballots_of(version, {}).figures) == 8
    assert any(QUIET in each.what for each in ballots_of(version, {}).owed)
