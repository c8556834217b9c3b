"""Whom do the names in a workbook mean? Its lines under the names by which the county knows them."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from jixiao.org.exchange import layout as plan
from jixiao.org.exchange.checking import check_state
from jixiao.org.exchange.layout import Sort
from jixiao.org.exchange.lines import County, Key, Line, Lines, full_name
from jixiao.org.exchange.names import Names
from jixiao.org.exchange.reading import Written, read_lines
from jixiao.scoring.names import squash
from jixiao.workbooks.problems import Fault, Problem, Severity, Where, quoted, raise_errors


def read_workbook(path: Path, county: County, *, today: date) -> tuple[County, tuple[Problem, ...]]:
    """The lines of a workbook, and warnings; TableError with all the problems at once.

    ``county`` is what is known now: whom names mean. Sheets that are not there say nothing.
    """
    written = read_lines(path, today=today)
    found = County(_Resolver(county, written).resolve(), county.units)
    if not written.problems:
        written.problems.extend(check_state(found, county))
    if written.state and written.state != county.fingerprint():
        fault = Fault("导出以后平台里又有改动", "请核对下面有没有把新的改回旧的，或重新下载后再改")
        written.problems.append(Problem(Where(file=path.name), *fault, Severity.WARNING))
    order = written.order
    problems = sorted(
        written.problems,
        key=lambda p: (order.get(p.where.sheet, -1), p.where.row or 0, p.where.column or 0),
    )
    raise_errors(problems)
    return found, tuple(problems)


@dataclass
class _Resolver:
    """What the names in one workbook mean, as far as it has been read."""

    county: County
    written: Written
    units: Names = field(default_factory=lambda: Names("单位"))
    people: Names = field(default_factory=lambda: Names("人员"))
    person_names: dict[str, str] = field(default_factory=dict)
    numbers: dict[int | None, str] = field(default_factory=dict)

    def resolve(self) -> dict[str, Lines]:
        """Every sheet; units first, for the others name them."""
        for unit in self.county.units:
            self.units.learn(unit.label, unit.names)
            self.numbers[unit.number] = unit.label
        self.units.settle()
        sheets = {plan.UNITS: self._units()} if plan.UNITS in self.written.sheets else {}
        self._learn_aliases()
        self._learn_people()
        for name in (plan.ALIASES, plan.PEOPLE, plan.POSTS, plan.DUTIES, plan.CONDITIONS):
            if name in self.written.sheets:
                lines = map(self._resolved, self.written.sheets[name])
                sheets[name] = self._once(line for line in lines if line)
        return sheets

    # ------------------------------------------------------------------ units

    def _units(self) -> Lines:
        """Parents before children: a pass for every level, until no line finds its parent."""
        waiting = [line for line in self.written.sheets[plan.UNITS] if not _is_partial(line)]
        found: list[Line] = []
        progress = True
        while waiting and progress:
            labels = [(line, self._label(line)) for line in waiting]
            waiting = [line for line, label in labels if label is None]
            progress = len(waiting) < len(labels)
            for line, label in labels:
                if label is not None:
                    found.append(self._named(line, label))
                    self.units.learn(label, [line.text(plan.NAME)])
            self.units.settle()
        for line in waiting:
            self._unit(line, plan.PARENT)
        return self._once(self._below(line) for line in found)

    def _label(self, line: Line) -> str | None:
        """The full name of a line's unit; None while its parent is not known yet."""
        number, name = line.count(plan.NUMBER), line.text(plan.NAME)
        if number in self.numbers:
            return self.numbers[number]
        if number is not None:
            fault = Fault(f"平台里没有编号{number}", "新单位请空着编号")
            self.written.tell(line, plan.NUMBER, fault)
        if parent := line.text(plan.PARENT):
            above = self.units.known.get(squash(parent))
            return None if above is None else full_name(above, name)
        known = self.units.known.get(squash(name), name)
        return name if plan.SEPARATOR in known else known

    def _named(self, line: Line, label: str) -> Line:
        """The line of a unit; what it leaves open of a unit that is known stays as it is."""
        values = {**line.values, plan.UNIT: label}
        before = self.county.lines(plan.UNITS).get((label,))
        if before:
            if line.count(plan.NUMBER) is None:
                values[plan.NAME] = before.values[plan.NAME]
            for header in (plan.ORDER, plan.FOUNDED):
                values[header] = before.values[header] if values[header] is None else values[header]
            if values[plan.FOUNDED] != before.values[plan.FOUNDED]:
                hint = f"平台里是{before.text(plan.FOUNDED)}，请改回或空着"
                self.written.tell(line, plan.FOUNDED, Fault("已有单位的设立日期不能改", hint))
        elif values[plan.FOUNDED] is None:
            self.written.tell(line, plan.FOUNDED, Fault("没有填", "新单位请填设立日期"))
        return replace(line, values=values)

    def _below(self, line: Line) -> Line:
        """The line with the full name of its parent."""
        parent = self._unit(line, plan.PARENT) if line.text(plan.PARENT) else None
        return replace(line, values={**line.values, plan.PARENT: parent})

    def _unit(self, line: Line, header: str) -> str | None:
        return self._looked_up(line, header, self.units)

    def _looked_up(self, line: Line, header: str, names: Names) -> str | None:
        text = line.text(header)
        found = names.find(text) if text else None
        if isinstance(found, Fault):
            self.written.tell(line, header, found)
            return None
        return found

    # ------------------------------------------------------------------ what names them

    def _learn_aliases(self) -> None:
        """An alias counts in the sheets after its own."""
        for line in self.written.sheets.get(plan.ALIASES, ()):
            unit = self.units.find(line.text(plan.UNIT))
            if isinstance(unit, str) and line.text(plan.ALIAS):
                self.units.learn(unit, [line.text(plan.ALIAS)])
        self.units.settle()

    def _learn_people(self) -> None:
        lines = (
            *self.county.lines(plan.PEOPLE).values(),
            *self.written.sheets.get(plan.PEOPLE, ()),
        )
        self.person_names = {line.text(plan.CODE): line.text(plan.PERSON_NAME) for line in lines}
        for code, name in self.person_names.items():
            self.people.learn(code, [name])
        self.people.settle()

    def _person(self, line: Line) -> str | None:
        """By number; the name beside it must be that person's. By name where it is one person's."""
        code, name = line.text(plan.CODE), line.text(plan.PERSON_NAME)
        if not code:
            if not name:
                self.written.tell(line, plan.CODE, Fault("没有填", "请填人员编号或姓名"))
            return self._looked_up(line, plan.PERSON_NAME, self.people)
        known = self.people.full.get(squash(code))
        if known is None:
            fault = Fault(f"没有编号{quoted(code)}的人员", "请核对，或先在“人员”表里加上")
            self.written.tell(line, plan.CODE, fault)
        elif name and squash(name) != squash(self.person_names[known]):
            fault = Fault(f"编号{code}是{quoted(self.person_names[known])}", "请核对编号和姓名")
            self.written.tell(line, plan.PERSON_NAME, fault)
        return known

    def _resolved(self, line: Line) -> Line | None:
        """The line under full names and numbers; None with a problem told where there are none."""
        before, values = len(self.written.problems), dict(line.values)
        for column in line.plan.columns:
            if column.sort is Sort.UNIT:
                values[column.header] = self._unit(line, column.header)
            elif column.sort is Sort.PERSON:
                values[column.header] = code = self._person(line)
                values[plan.PERSON_NAME] = self.person_names.get(code or "")
        if len(self.written.problems) > before or _is_partial(line):
            return None
        return replace(line, values=values)

    def _once(self, lines: Iterable[Line]) -> Lines:
        """By key; a second line for the same is told."""
        found: dict[Key, Line] = {}
        for line in lines:
            first = found.setdefault(line.key, line)
            if first is not line and first.record:
                header = line.plan.columns[1 if line.plan.name == plan.UNITS else 0].header
                fault = Fault(f"与第{first.record.row}行重复", "请只保留一行")
                self.written.tell(line, header, fault)
        return found


def _is_partial(line: Line) -> bool:
    """Whether something that must be there is not; that has been told."""
    return any(line.values[each.header] is None for each in line.plan.columns if each.must)
