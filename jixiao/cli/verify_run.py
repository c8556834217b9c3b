"""Is a run in the platform's database still what was sealed? The part of ``verify`` that needs it."""

from django.db import DatabaseError

from jixiao import __version__
from jixiao.cli.output import DIFFERENT, OK, BadInputError, say, say_json
from jixiao.results.queries.verifying import run_named, verified


def verify(words: str, *, as_json: bool) -> int:
    """Recompute the run of this number or digest, compare every digest, and say so."""
    try:
        kept = run_named(words)
    except DatabaseError:
        raise BadInputError([f"没有文件“{words}”，这里也没有平台的数据库"]) from None
    if kept is None:
        raise BadInputError(
            [f"没有文件“{words}”，平台里也没有这个编号或摘要的结果；编号见“得分等次”的“各次结果”"]
        )
    found = verified(kept)
    if as_json:
        checks = [{"what": each.words, "ok": each.is_met} for each in found.checks]
        say_json({
            "ok": found.is_sound, "run": kept.pk, "sealed": kept.outputs_digest,
            "again": found.again, "checks": checks,
        })  # fmt: skip
        return OK if found.is_sound else DIFFERENT
    say(f"{kept}（{kept.number}，{kept.get_state_display()}）")
    for each in found.checks:
        say(f"{'✓' if each.is_met else '✗'} {each.words}")
    if found.is_sound:
        say(f"全部一致，得分摘要 {kept.outputs_digest}")
        return OK
    say(f"不一致！计分时程序为 {kept.engine} 版，现在是 {__version__} 版")
    return DIFFERENT
