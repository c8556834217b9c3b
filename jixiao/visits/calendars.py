"""How does a plan get into somebody's calendar? As a file of the standard that every calendar reads."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

ZONE = ZoneInfo("Asia/Shanghai")
TYPE = "text/calendar; charset=utf-8"
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Entry:
    """One visit in a calendar; the same number is the same entry when the file is read again."""

    number: int
    title: str
    on: date
    starts: time | None
    ends: time | None
    place: str = ""
    about: str = ""
    changes: int = 0


def calendar_file(name: str, entries: Iterable[Entry], *, now: datetime) -> bytes:
    """The file; visits without hours take the whole day."""
    made = Calendar()
    made.add("prodid", "-//Jixiao//visits//ZH")
    made.add("version", "2.0")
    made.add("x-wr-calname", name)
    for entry in entries:
        made.add_component(_event(entry, now))
    made.add_missing_timezones()
    content: bytes = made.to_ical()
    return content


def _event(entry: Entry, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"visit-{entry.number}@jixiao")
    event.add("dtstamp", now)
    event.add("sequence", entry.changes)
    event.add("summary", entry.title)
    start, end = _when(entry)
    event.add("dtstart", start)
    event.add("dtend", end)
    for field, text in (("location", entry.place), ("description", entry.about)):
        if text:
            event.add(field, text)
    return event


def _when(entry: Entry) -> tuple[date | datetime, date | datetime]:
    if entry.starts is None:
        return entry.on, entry.on + ONE_DAY
    start = datetime.combine(entry.on, entry.starts, ZONE)
    end = datetime.combine(entry.on, entry.ends, ZONE) if entry.ends else start + ONE_DAY / 12
    return start, end
