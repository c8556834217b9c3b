"""Which runs, objections to them and tiers of earlier years are kept?"""

from jixiao.results.models.history import PastResult, PastTier
from jixiao.results.models.reviews import Amendment, Review, ReviewFile
from jixiao.results.models.runs import ResultRound, ResultStep, ResultUnit, SealedResult

__all__ = [
    "Amendment",
    "PastResult",
    "PastTier",
    "ResultRound",
    "ResultStep",
    "ResultUnit",
    "Review",
    "ReviewFile",
    "SealedResult",
]
