"""make bench-web: every page of the navigation beside a bare view that reads one row, in one run."""

import os
import statistics
import tempfile

import django
from django.conf import settings

SIZES = ((70, 1_000), (700, 10_000))
"""Units and people."""
TURNS = 15
GOAL = 12
YEARS = 3


def main() -> None:
    """Print each page's time, its ratio to the bare view and its queries, at 70 and 700 units."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "jixiao.config.settings"
    os.environ["JIXIAO_DEMO"] = "1"  # administrators without a second factor
    os.environ["JIXIAO_DATA"] = tempfile.mkdtemp(prefix="jixiao-bench-")
    django.setup()
    from benchmarks import web_pages

    settings.ROOT_URLCONF = "benchmarks.web_urls"
    settings.ALLOWED_HOSTS = ["testserver"]
    web_pages.prepare()
    before: dict[str, float] = {}
    for units, people in SIZES:
        web_pages.fill(units=units, people=people, years=YEARS)
        found = web_pages.measure(TURNS)
        before = _tell(units, people, found, before)


def _tell(
    units: int, people: int, found: "dict[str, tuple[float, int]]", before: dict[str, float]
) -> dict[str, float]:
    bare = found.pop("空页")[0]
    print(f"\n{units}个单位、{people}人、{YEARS}年；空页（读一行）{bare:.1f}毫秒")
    ratios = {}
    for name, (spent, queries) in sorted(found.items(), key=lambda each: -each[1][0]):
        ratios[name] = spent / bare
        grown = f"，为70个单位时的{ratios[name] / before[name]:.2f}倍" if name in before else ""
        print(f"  {name:<36} {spent:7.1f}毫秒 {ratios[name]:5.1f}倍 {queries:3d}次查询{grown}")
    median = statistics.median(ratios.values())
    print(
        f"  中位数 {median:.1f}倍（目标不超过{GOAL}倍），查询最多 {max(q for _, q in found.values())} 次（不超过15次）"
    )
    return ratios


if __name__ == "__main__":
    main()
