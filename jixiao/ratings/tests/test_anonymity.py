"""Can anybody find out from the database and the audit who chose what? These tests try, and fail."""

import json
from collections.abc import Callable
from itertools import combinations
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jixiao.access.actor import Actor
from jixiao.access.permissions import Role
from jixiao.audit.models import Event
from jixiao.core.errors import RefusedError
from jixiao.ratings.actions import Chosen, close_poll, make_codes, vote, vote_by_code
from jixiao.ratings.actions.voting import add_votes
from jixiao.ratings.models import OneTimeCode, Poll, Rater, Tally
from jixiao.ratings.queries.outcomes import outcomes
from jixiao.ratings.tests.factories import (
    OFFICES,
    TOWNS,
    by_residents,
    choices,
    opened,
    rater_of,
)
from jixiao.schemes.models import SchemeVersion

Units = Callable[[str], Actor]
COUNTS = {"ratings_tally", "ratings_option", "ratings_question", "ratings_rated"}
"""Where votes are, and what they are votes for."""


def rows() -> dict[str, list[dict[str, Any]]]:
    """Everything that the room keeps, table by table, as an administrator reads it."""
    kept = (each for each in apps.get_app_config("ratings").get_models())
    return {each._meta.db_table: list(each._default_manager.values()) for each in kept}


def test_swapped_ballots_leave_the_same_database_behind(
    poll: Poll, of_unit: Units, version: SchemeVersion
) -> None:
    """Two towns say opposite things, then the other way round: no stored byte tells the two apart."""
    assert version
    hands = {town: of_unit(town) for town in TOWNS[:2]}
    seen = []
    for first, second in (("满意", "不满意"), ("不满意", "满意")):
        Tally.objects.update(votes=0)
        Rater.objects.update(cast=0)
        for town, said in zip(hands, (first, second), strict=True):
            vote(rater_of(poll, town), by=hands[town], choices=choices(poll, 财政局=said))
        entries = Event.objects.filter(action="ratings.vote").order_by("-id")[:2]
        told = [(e.actor, e.subject, e.subject_label, e.reason, e.changes) for e in entries]
        seen.append(json.dumps([rows(), told], default=str, ensure_ascii=False))
    assert seen[0] == seen[1]


def test_no_key_leads_from_a_participant_to_a_count() -> None:
    who = {Rater._meta.db_table, OneTimeCode._meta.db_table}
    for model in (Rater, OneTimeCode, Tally):
        for field in model._meta.concrete_fields:
            target = field.related_model and field.related_model._meta.db_table
            assert not (model is Tally and target in who)
            assert not (model is Rater and target in COUNTS)
    assert not any(f.get_internal_type().startswith("Date") for f in Rater._meta.concrete_fields)
    assert not any(f.get_internal_type().startswith("Date") for f in Tally._meta.concrete_fields)
    assert not any(
        f.get_internal_type().startswith("Date") for f in OneTimeCode._meta.concrete_fields
    )


def test_the_audit_tells_that_somebody_took_part_and_not_what(voted: Poll) -> None:
    entries = list(Event.objects.filter(action="ratings.vote"))
    assert len(entries) == len(TOWNS)
    for entry in entries:
        assert [each["after"] for each in entry.changes] == [{"cast": 1}]
        whole = json.dumps([entry.changes, entry.subject_label, entry.reason], ensure_ascii=False)
        assert not any(word in whole for word in ("满意", "不了解", *OFFICES, "tally", "option"))
    assert voted.version == Poll.objects.get().version


def test_every_ballot_rewrites_every_count_of_the_poll_in_one_statement(
    poll: Poll, of_unit: Units
) -> None:
    """PostgreSQL stamps rows with the transaction that wrote them last: the stamps must be alike."""
    by, said = of_unit("云溪镇"), choices(poll, 财政局="满意")
    with CaptureQueriesContext(connection) as asked:
        vote(rater_of(poll, "云溪镇"), by=by, choices=said)
    updates = [q["sql"] for q in asked if q["sql"].startswith('UPDATE "ratings_tally"')]
    assert len(updates) == 1
    assert add_votes(poll, {Tally.objects.earliest("pk").pk: 1}) == Tally.objects.count()


def test_rows_are_all_there_before_the_first_ballot_so_order_tells_nothing(
    poll: Poll, of_unit: Units
) -> None:
    before = {name: [row["id"] for row in of] for name, of in rows().items()}
    for town in reversed(TOWNS):
        vote(rater_of(poll, town), by=of_unit(town), choices=choices(poll, 财政局="满意"))
    assert {name: [row["id"] for row in of] for name, of in rows().items()} == before


def test_codes_are_kept_as_digests_in_an_order_that_tells_nothing(
    version: SchemeVersion, office: Actor
) -> None:
    poll = by_residents(version, office)
    codes = make_codes(poll, by=office, count=50)
    kept = list(OneTimeCode.objects.values_list("digest", flat=True))
    assert kept == sorted(kept)
    dump = json.dumps([rows(), list(Event.objects.values())], default=str)
    assert not any(code in dump for code in codes)


def test_a_residents_ballot_leaves_no_entry_no_time_and_no_address(
    version: SchemeVersion, office: Actor, client: Client
) -> None:
    poll = by_residents(version, office)
    (code,) = make_codes(poll, by=office, count=1)
    before = Event.objects.count()
    (one,) = choices(poll, 财政局="满意")
    line = poll.questions.get()
    said = {"code": code, "ballot": "1", f"r{one.rated_id}q{line.pk}": str(one.option_id)}
    answer = client.post(reverse("rate"), said, REMOTE_ADDR="10.9.8.7")
    assert answer.status_code == 302
    assert Event.objects.count() == before
    assert "sessionid" not in client.cookies
    assert "10.9.8.7" not in json.dumps(rows(), default=str)
    assert Tally.objects.get(votes=1).option.label == "满意"


def test_counts_of_an_open_poll_are_nowhere_to_be_seen(
    voted: Poll, browser_of: Callable[..., Client], office: Actor
) -> None:
    """Two looks at an open poll would tell the ballot between them."""
    assert outcomes(voted) == []
    assert office
    role = browser_of(Role.OFFICE)
    page = role.get(reverse("poll", args=[voted.pk])).content.decode()
    assert "不满意" not in page
    rated = voted.rated.first()
    assert rated is not None
    assert role.get(reverse("rating_result", args=[rated.pk])).status_code == 404


def test_few_valid_votes_are_never_shown_even_where_many_took_part(
    voted: Poll, office: Actor
) -> None:
    """Four towns took part; about 交通局 only one said anything that counts."""
    found = {each.rated.name: each for each in outcomes(close_poll(voted, by=office))}
    assert found["财政局"].columns == {"镇满意": 3, "镇基本满意": 1, "镇不满意": 0}
    assert found["交通局"].counts == {}
    assert found["交通局"].columns == {}


def test_one_units_many_ballots_do_not_make_a_crowd(
    version: SchemeVersion, office: Actor, of_unit: Units, go_to: Callable[..., None]
) -> None:
    poll = opened(version, office, ballots=5, minimum=3)
    rater, by = rater_of(poll, "云溪镇"), of_unit("云溪镇")
    for _ in range(5):
        rater = vote(rater, by=by, choices=choices(poll, 财政局="不满意"))
    go_to(poll.closes_on.replace(day=poll.closes_on.day + 1))
    poll.refresh_from_db()
    assert all(not each.counts for each in outcomes(close_poll(poll, by=office)))


def test_a_guesser_with_everything_stored_explains_each_town_equally_well(voted: Poll) -> None:
    """Whoever holds counts and participation finds every assignment of the votes as good as another."""
    counts = {t.option.label: t.votes for t in Tally.objects.filter(rated__name="财政局")}
    took_part = [str(each) for each in voted.rater_rows.filter(cast=1)]
    assert counts == {"满意": 3, "基本满意": 1, "不满意": 0, "不了解": 0}
    fits = [set(three) for three in combinations(took_part, counts["满意"])]
    for town in took_part:
        assert sum(town not in each for each in fits) == 1


# ── Codes: reused, forged, expired ─────────────────────────────────────────────────────────


def test_a_code_counts_once(version: SchemeVersion, office: Actor) -> None:
    poll = by_residents(version, office)
    (code,) = make_codes(poll, by=office, count=1)
    said = choices(poll, 财政局="满意")
    vote_by_code(f" {code[:4]} {code[4:8]}－{code[8:]} ", said)
    with pytest.raises(RefusedError, match="已经用过"):
        vote_by_code(code, said)
    assert Tally.objects.get(votes__gt=0).votes == 1


def test_a_refused_ballot_leaves_its_code_unused(version: SchemeVersion, office: Actor) -> None:
    poll = by_residents(version, office)
    (code,) = make_codes(poll, by=office, count=1)
    for said in ([], [Chosen(10**9, 10**9)]):
        with pytest.raises(RefusedError):
            vote_by_code(code, said)
    vote_by_code(code, choices(poll, 财政局="满意"))


@pytest.mark.parametrize("text", ["", "0" * 12, "１" * 12, "abc", "' OR 1=1 --", "\x00", "9" * 40])
def test_forged_codes_open_nothing(version: SchemeVersion, office: Actor, text: str) -> None:
    poll = by_residents(version, office)
    make_codes(poll, by=office, count=5)
    with pytest.raises(RefusedError, match="没有这个评议码"):
        vote_by_code(text, choices(poll, 财政局="满意"))


def test_a_code_for_one_unit_rates_no_other(version: SchemeVersion, office: Actor) -> None:
    poll = by_residents(version, office)
    (code,) = make_codes(poll, by=office, count=1, rated=poll.rated.get(name="财政局"))
    with pytest.raises(RefusedError, match="票面不对"):
        vote_by_code(code, choices(poll, 住建局="不满意"))
    vote_by_code(code, choices(poll, 财政局="满意"))


def test_every_one_of_many_ballots_is_a_vote(version: SchemeVersion, office: Actor) -> None:
    poll = by_residents(version, office)
    said = choices(poll, 财政局="满意", 住建局="不满意")
    for code in make_codes(poll, by=office, count=200):
        vote_by_code(code, said)
    assert set(Tally.objects.filter(votes__gt=0).values_list("votes", flat=True)) == {200}
    assert OneTimeCode.objects.filter(is_used=True).count() == 200
