"""Which runs, objections to them and tiers of earlier years are kept?"""

from jixiao.results.models.history import PastResult, PastTier
from jixiao.results.models.reviews import Amendment, Review, ReviewFile
from jixiao.results.models.runs import (
    ResultQuerySet,
    ResultRound,
    ResultStep,
    ResultUnit,
    SealedResult,
    Subject,
)

__all__ = [
    "Amendment",
    "PastResult",
    "PastTier",
    "ResultQuerySet",
    "ResultRound",
    "ResultStep",
    "ResultUnit",
    "Review",
    "ReviewFile",
    "SealedResult",
    "Subject",
]
