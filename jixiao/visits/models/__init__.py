"""Who assesses whom on site, what was recorded, and what did both sides say to it?"""

from jixiao.visits.models.records import Attachment, Correction, Entry, Record, SelfMark
from jixiao.visits.models.rounds import Adjustment, Draw, Round, Seat, Team, Tie
from jixiao.visits.models.visits import Confirmation, Finding, Visit

__all__ = [
    "Adjustment",
    "Attachment",
    "Confirmation",
    "Correction",
    "Draw",
    "Entry",
    "Finding",
    "Record",
    "Round",
    "Seat",
    "SelfMark",
    "Team",
    "Tie",
    "Visit",
]
