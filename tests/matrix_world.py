"""Which rows does the matrix try its routes on? One of each kind, at home and in a foreign unit."""

import inspect
import time
import uuid
from collections.abc import Collection
from datetime import timedelta
from functools import cached_property
from io import BytesIO
from itertools import count
from typing import Any, get_args, get_origin, get_type_hints

from django.conf import settings
from django.core.files.base import ContentFile
from django.db.models import Model
from django.test import Client
from django.utils import timezone
from pydantic import TypeAdapter

from jixiao.access.action import Registered
from jixiao.access.models import Account, Grant, Token
from jixiao.access.permissions import ROLES, Extent, Role
from jixiao.access.queries import actor_of, token_digest
from jixiao.api.writes import parameters
from jixiao.appraisals.tests import factories as appraisals
from jixiao.audit.tests.factories import EventFactory
from jixiao.bulletins.states import BulletinState, Level
from jixiao.bulletins.tests import factories as bulletins
from jixiao.consequences.tests import factories as consequences
from jixiao.events.tests import factories as events
from jixiao.grades.states import TableState
from jixiao.grades.tests import factories as grades
from jixiao.notices.tests.factories import OpinionFactory, ReceiptFactory
from jixiao.org.exchange.writing import write_workbook
from jixiao.org.models import Person, Unit
from jixiao.org.queries.county import county_now
from jixiao.org.tests import factories as org
from jixiao.periods.tests.factories import CycleFactory
from jixiao.ratings.tests.factories import rated_poll
from jixiao.rectification.states import CaseState
from jixiao.rectification.tests import factories as rectification
from jixiao.results.actions import load_result
from jixiao.results.models import SealedResult
from jixiao.results.result import to_bytes
from jixiao.results.tests import factories as results
from jixiao.results.tests.conftest import published
from jixiao.results.tests.county import GROUPS, county
from jixiao.results.tests.factories import PastResultFactory
from jixiao.schemes.states import State
from jixiao.schemes.tests.factories import SchemeVersionFactory, scheme
from jixiao.visits.states import FileState, VisitState
from jixiao.visits.tests import factories as visits

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ITEM = "1.1"
_numbers = count(1)


class Side:
    """A unit and one row of every kind that belongs to it."""

    def __init__(self, world: "World", unit: Unit, *, is_own: bool) -> None:
        self.world, self.unit, self.is_own = world, unit, is_own
        self.account = make_account(Role.CADRE, key=str(unit.pk))

    @cached_property
    def grant(self) -> Grant:
        """A role of somebody in the unit."""
        return self.account.grants.get()

    @cached_property
    def token(self) -> Token:
        """A key for programs of somebody in the unit."""
        return self._token(self.account)

    @cached_property
    def event(self) -> Model:
        """An audit entry."""
        return EventFactory()

    @cached_property
    def cycle(self) -> Model:
        """A year."""
        return CycleFactory(year=2030 + self.is_own)

    @cached_property
    def stage(self) -> Model:
        """A step of a year."""
        return self.cycle.stages.first()

    @cached_property
    def duty(self) -> Model:
        """The unit's liaison."""
        return org.DutyFactory(unit=self.unit)

    @cached_property
    def person(self) -> Model:
        """The liaison as a person."""
        return self.duty.person

    @cached_property
    def post(self) -> Model:
        """The liaison's job."""
        return self.person.posts.first()

    @cached_property
    def delegation(self) -> Model:
        """Somebody stands in for the liaison."""
        return org.DelegationFactory(unit=self.unit, absent=self.person)

    @cached_property
    def alias(self) -> Model:
        """Another name of the unit."""
        return org.AliasFactory(unit=self.unit)

    @cached_property
    def condition(self) -> Model:
        """An office."""
        return org.ConditionFactory(unit=self.unit)

    @cached_property
    def org_import(self) -> Model:
        """A workbook that waits for confirmation: the county as it is."""
        book = BytesIO()
        write_workbook(county_now(), book)
        return org.OrgImportFactory(file=ContentFile(book.getvalue(), name="机构人员.xlsx"))

    @cached_property
    def notice(self) -> Model:
        """A notice to the unit."""
        return self.receipt.notice

    @cached_property
    def receipt(self) -> Model:
        """The unit's copy of it."""
        return ReceiptFactory(unit=self.unit, notice__sent_by=self.account)

    @cached_property
    def opinion(self) -> Model:
        """What somebody in the unit wrote."""
        return OpinionFactory(written_by=self.account)

    @cached_property
    def draft(self) -> Model:
        """A scheme being drafted."""
        return SchemeVersionFactory()

    @cached_property
    def published(self) -> Model:
        """A scheme in force."""
        return SchemeVersionFactory(state=State.PUBLISHED)

    @cached_property
    def round(self) -> Model:
        """An open round."""
        return visits.RoundFactory(version_of=self.published)

    @cached_property
    def told_round(self) -> Model:
        """An open round whose first item is told by an office."""
        data = [{"key": "迟报", "name": "迟报次数", "provider": "县统计局"}]
        version = SchemeVersionFactory(state=State.PUBLISHED, of=scheme(data=data))
        made = visits.RoundFactory(version_of=version)
        visits.VisitFactory(round=made, unit=self.unit, name="云溪镇")
        return made

    @cached_property
    def team(self) -> Model:
        """Who goes there; at home the assessor of the world is one of them."""
        assessor = self.world.accounts[Role.ASSESSOR]
        people = [org.PersonFactory(account=assessor if self.is_own else None), org.PersonFactory()]
        return visits.TeamFactory(round=self.round, people=people)

    @cached_property
    def seat(self) -> Model:
        """One of them."""
        return self.team.seats.first()

    @cached_property
    def visit(self) -> Model:
        """The unit's visit, under way."""
        name = self.published.scheme.groups[0 if self.is_own else 1].units[0].name
        return visits.VisitFactory(
            round=self.round, unit=self.unit, name=name, team=self.team, state=VisitState.UNDERWAY
        )

    @cached_property
    def record(self) -> Model:
        """What stands for one of its items."""
        return visits.RecordFactory(visit=self.visit)

    @cached_property
    def entry(self) -> Model:
        """What was entered for it."""
        return visits.EntryFactory(record=self.record)

    @cached_property
    def attachment(self) -> Model:
        """A photo to it."""
        return visits.AttachmentFactory(visit=self.visit)

    @cached_property
    def kept_file(self) -> Model:
        """A photo that is all there."""
        return visits.AttachmentFactory(visit=self.visit, state=FileState.KEPT)

    @cached_property
    def tie(self) -> Model:
        """A tie to the unit."""
        return visits.TieFactory(unit=self.unit, person=self.seat.person)

    @cached_property
    def adjustment(self) -> Model:
        """A change of scale in the round."""
        return visits.AdjustmentFactory(round=self.round)

    @cached_property
    def draw(self) -> Model:
        """A draw whose digest is out."""
        return visits.DrawFactory(round=self.round)

    @cached_property
    def finding(self) -> Model:
        """A finding noted in the visit."""
        return visits.FindingFactory(visit=self.visit, case=self.case)

    @cached_property
    def case(self) -> Model:
        """A finding that the unit was told of."""
        return rectification.CaseFactory(unit=self.unit, state=CaseState.TOLD)

    @cached_property
    def proof(self) -> Model:
        """A file handed in about it."""
        return rectification.ProofFactory(step__case=self.case)

    @cached_property
    def reminder(self) -> Model:
        """A reminder that waits for the unit's reply."""
        return rectification.ReminderFactory(unit=self.unit)

    @cached_property
    def quarter(self) -> Model:
        """A quarter that units report."""
        return self.report.quarter

    @cached_property
    def report(self) -> Model:
        """What the unit reported."""
        return appraisals.ReportFactory(unit=self.unit, quarter=self.world.quarter)

    @cached_property
    def poll(self) -> Model:
        """An accepted poll in which the unit rates and is rated."""
        return rated_poll(self.unit, by=self.account)

    @cached_property
    def rater(self) -> Model:
        """The unit among those who rate."""
        return self.poll.rater_rows.get()

    @cached_property
    def rated(self) -> Model:
        """The unit among those who are rated."""
        return self.poll.rated.get()

    @cached_property
    def paperbatch(self) -> Model:
        """Papers that wait for their check."""
        return self.poll.batches.create(papers=9, entered_by=self.account)

    @cached_property
    def campaign(self) -> Model:
        """An appraisal of people."""
        return self.unittable.campaign

    @cached_property
    def unittable(self) -> Model:
        """The unit's table in it, whose people were told."""
        return grades.UnitTableFactory(unit=self.unit, state=TableState.NOTIFIED)

    @cached_property
    def grade(self) -> Model:
        """What somebody in the unit got."""
        return grades.GradeFactory(table=self.unittable, final="称职")

    @cached_property
    def gradereview(self) -> Model:
        """Somebody in the unit does not accept it."""
        return grades.GradeReviewFactory(grade__table=self.unittable)

    @cached_property
    def grade_objection(self) -> Model:
        """What somebody said during the notice."""
        return grades.ObjectionFactory(table=self.unittable)

    @cached_property
    def adjusted(self) -> Model:
        """A scheme in force with bonus and penalty items."""
        return events.AdjustedFactory()

    @cached_property
    def matter(self) -> Model:
        """An award that the unit applied for."""
        return events.MatterFactory(unit=self.unit, version_of=self.adjusted)

    @cached_property
    def evidence(self) -> Model:
        """A file handed in with it."""
        return events.EvidenceFactory(matter=self.matter)

    @cached_property
    def matter_objection(self) -> Model:
        """Somebody objects to it."""
        return events.ObjectionFactory(matter=self.matter)

    @cached_property
    def result(self) -> SealedResult:
        """The county's published result, in which the unit has its place."""
        return self.world.result

    @cached_property
    def bulletin(self) -> Model:
        """At home a bulletin to the county, elsewhere one to the unit alone."""
        level = Level.COUNTY if self.is_own else Level.UNIT
        return bulletins.BulletinFactory(
            result=self.result, state=BulletinState.ISSUED, level=level, to=[self.unit]
        )

    @cached_property
    def public_bulletin(self) -> Model:
        """One for everybody."""
        return bulletins.BulletinFactory(
            result=self.result, state=BulletinState.ISSUED, level=Level.PUBLIC
        )

    @cached_property
    def bulletin_draft(self) -> Model:
        """One being written."""
        return bulletins.BulletinFactory(result=self.result)

    @cached_property
    def bulletin_template(self) -> Model:
        """One of the office's own templates."""
        return bulletins.BulletinTemplateFactory()

    @cached_property
    def part(self) -> Model:
        """The unit's part in it."""
        return self.result.units.get(unit=self.unit)

    @cached_property
    def review(self) -> Model:
        """What the unit objects to in it."""
        return results.ReviewFactory(part=self.part)

    @cached_property
    def review_file(self) -> Model:
        """A file handed in with it."""
        return results.ReviewFileFactory(review=self.review)

    @cached_property
    def pastresult(self) -> Model:
        """An earlier year of which the tiers are known, checked."""
        return PastResultFactory(year=2001 + self.is_own, tiers__unit=self.unit)

    @cached_property
    def listing(self) -> Model:
        """A list drawn from it."""
        return consequences.ListingFactory(result=self.result)

    @cached_property
    def listed_unit(self) -> Model:
        """The unit on the list."""
        part = self.result.units.get(unit=self.unit)
        return consequences.ListedUnitFactory(listing=self.listing, part=part)

    @cached_property
    def proposal(self) -> Model:
        """What is proposed about the liaison."""
        return consequences.PersonalDecisionFactory(entry=self.listed_unit, person=self.person)

    @cached_property
    def decided(self) -> Model:
        """What was decided about somebody."""
        done = {"state": "applied", "reason": "末位", "decided_at": timezone.now()}
        return consequences.PersonalDecisionFactory(
            entry=self.listed_unit, decided_by=self.account, **done
        )

    @cached_property
    def measure(self) -> Model:
        """A rule of the county."""
        return consequences.MeasureFactory()

    def opinion_of(self, who: Account) -> Model:
        """At home: what the person wrote; elsewhere: what somebody else wrote."""
        return OpinionFactory(written_by=who) if self.is_own else self.opinion

    def grade_of(self, who: Account) -> Model:
        """At home: what the person got; elsewhere: what somebody else got."""
        if not self.is_own:
            return self.grade
        person = Person.objects.filter(account=who).first() or org.PersonFactory(account=who)
        return grades.GradeFactory(table=self.unittable, person=person, final="不称职")

    def grade_review_of(self, who: Account) -> Model:
        """At home: the person's own case; elsewhere: somebody else's."""
        if not self.is_own:
            return self.gradereview
        return grades.GradeReviewFactory(grade=self.grade_of(who))

    def token_of(self, who: Account) -> Token:
        """At home: the person's own; elsewhere: somebody else's."""
        return self._token(who) if self.is_own else self.token

    def row_of(self, model: type[Model]) -> Model:
        """A row of the model that belongs here."""
        known = {
            "unit": self.unit, "person": "person", "account": self.account, "grant": "grant",
            "orgimport": "org_import", "schemeversion": "draft", "sealedresult": "result",
            "bulletintemplate": "bulletin_template", "resultunit": "part",
            "grades.objection": "grade_objection", "events.objection": "matter_objection",
            "listedunit": "listed_unit", "personaldecision": "proposal",
        }  # fmt: skip
        name = model._meta.model_name
        found = known.get(model._meta.label_lower, known.get(name, name))
        return getattr(self, found) if isinstance(found, str) else found

    def _token(self, owner: Account) -> Token:
        until = timezone.localdate() + timedelta(days=9)
        digest = token_digest(f"{owner.pk} {next(_numbers)}")
        return Token.objects.create(
            account=owner, name="取数", digest=digest, permissions=[], until=until
        )


class World:
    """Two units in two groups, an account of every role at home in the first, a published result."""

    def __init__(self) -> None:
        for group, names in GROUPS.items():
            for name in names:
                org.UnitFactory(name=name, group=group)
        self.own = Side(self, Unit.objects.get(name="云溪镇"), is_own=True)
        self.foreign = Side(self, Unit.objects.get(name="县财政局"), is_own=False)
        org.AliasFactory(unit=self.foreign.unit, name="财政局")
        keys = {Extent.UNIT: str(self.own.unit.pk), Extent.GROUP: self.own.unit.group}
        keys |= {Extent.ITEM: ITEM, Extent.COUNTY: ""}
        self.accounts = {role: make_account(role, key=keys[ROLES[role].extent]) for role in Role}
        self._sessions = {role: self._signed_in(each) for role, each in self.accounts.items()}
        for side in (self.own, self.foreign):
            for name, each in vars(Side).items():
                if isinstance(each, cached_property):
                    getattr(side, name)

    @cached_property
    def result(self) -> SealedResult:
        """The county's year, published by two people."""
        loaded = load_result(
            to_bytes(county()), by=actor_of(self.accounts[Role.OFFICE]),
            year=2026, round_name="年终评估",
        )  # fmt: skip
        return published(loaded, lambda role: actor_of(self.accounts[role]))

    @cached_property
    def quarter(self) -> Model:
        """The county's last quarter."""
        return appraisals.QuarterFactory()

    @staticmethod
    def _signed_in(account: Account) -> str:
        """The key of a session that was just begun with a password."""
        client = Client()
        client.force_login(account, backend=BACKEND)
        session = client.session
        session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
        session["account_authentication_methods_user"] = str(account.pk)
        session.save()
        return str(session.session_key)

    def browser(self, role: Role | None) -> Client:
        """A signed-in browser of a role, or a signed-out one."""
        client = Client()
        if role is not None:
            client.cookies[settings.SESSION_COOKIE_NAME] = self._sessions[role]
        return client


def make_account(role: Role, *, key: str) -> Account:
    """An account that holds a role."""
    made = Account(username=f"matrix{next(_numbers)}", name=role.label, must_change=False)
    made.set_password("qing-lan-2026")
    made.save()
    Grant.objects.create(account=made, role=role, extent=ROLES[role].extent, key=key)
    return made


def body_of(entry: Registered, side: Side) -> dict[str, Any]:
    """A body for an action as programs send it: rows of this side, the rest as its types ask."""
    hints = get_type_hints(entry.function)
    named = inspect.signature(entry.function).parameters
    body = {}
    for each in parameters(entry):
        if each.name in named and each.default is ...:
            row = _rows(hints[each.name], side)
            schema = TypeAdapter(each.annotation).json_schema() if row is None else {}
            body[each.name] = _sample(schema, schema) if row is None else row
    return body


def _rows(hint: object, side: Side) -> "int | list[int] | None":
    if isinstance(hint, type) and issubclass(hint, Model):
        return side.row_of(hint).pk
    inner = next(iter(get_args(hint)), None)
    if isinstance(inner, type) and issubclass(inner, Model):
        pk = side.row_of(inner).pk
        return [pk] if issubclass(get_origin(hint) or object, Collection) else pk
    return None


def _sample(schema: dict[str, Any], root: dict[str, Any]) -> Any:  # noqa: ANN401 -- any JSON
    """The plainest value that a JSON schema allows."""
    if "$ref" in schema:
        return _sample(root["$defs"][schema["$ref"].rpartition("/")[2]], root)
    if inner := schema.get("anyOf") or schema.get("allOf"):
        return _sample(inner[0], root)
    if "const" in schema or "enum" in schema:
        return schema.get("const") or schema["enum"][0]
    if schema.get("type") == "object":
        wanted = schema.get("required", [])
        return {name: _sample(schema["properties"][name], root) for name in wanted}
    if schema.get("type") == "array":
        return [_sample(each, root) for each in schema.get("prefixItems") or [schema["items"]]]
    return _plain(schema)


def _plain(schema: dict[str, Any]) -> "str | int | bool":
    formats = {
        "date": str(timezone.localdate()),
        "date-time": timezone.now().isoformat(),
        "uuid": str(uuid.uuid4()),
    }
    if schema.get("format") in formats:
        return formats[schema["format"]]
    samples = {
        "string": "样" * max(schema.get("minLength", 1), 1),
        "integer": max(schema.get("minimum", 1), 1),
        "number": 1,
        "boolean": False,
    }
    return samples[schema["type"]]
