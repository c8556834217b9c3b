"""Is this a signature drawn by hand, and how is it drawn again?

A signature is strokes of whole numbers in a field of 600 × 200, so that nothing but lines can come
out of it, whatever a device sends.
"""

from collections.abc import Sequence
from typing import TypeAlias

Strokes: TypeAlias = Sequence[Sequence[Sequence[int]]]
WIDTH, HEIGHT = 600, 200
MOST_STROKES, MOST_POINTS = 200, 5_000
LEAST_EXTENT = 20
"""Anything smaller is a finger that slipped."""


def stroke_fault(strokes: Strokes) -> str:
    """What is wrong with a drawn signature, in the user's words; empty where nothing is."""
    if not strokes or not all(strokes):
        return "请在签名框里手写签名"
    if len(strokes) > MOST_STROKES or sum(map(len, strokes)) > MOST_POINTS:
        return "签名笔画太多，请清除后重新签"
    if not all(_is_point(point) for stroke in strokes for point in stroke):
        return "签名笔迹不完整，请清除后重新签"
    if not _is_large(strokes):
        return "签名太小，看不清，请清除后重新签"
    return ""


def svg_path(strokes: Strokes) -> str:
    """The data of an SVG path: letters and whole numbers only."""
    return " ".join(
        "M" + " L".join(f"{int(x)} {int(y)}" for x, y in _visible(stroke)) for stroke in strokes
    )


def _visible(stroke: Sequence[Sequence[int]]) -> Sequence[Sequence[int]]:
    """A dot is a line to itself, which round ends make visible."""
    return [*stroke, *stroke] if len(stroke) == 1 else stroke


def _is_point(point: Sequence[int]) -> bool:
    if not isinstance(point, list | tuple) or [type(each) for each in point] != [int, int]:
        return False
    x, y = point
    return x in range(WIDTH + 1) and y in range(HEIGHT + 1)


def _is_large(strokes: Strokes) -> bool:
    return any(
        max(point[axis] for stroke in strokes for point in stroke)
        - min(point[axis] for stroke in strokes for point in stroke)
        >= LEAST_EXTENT
        for axis in (0, 1)
    )
