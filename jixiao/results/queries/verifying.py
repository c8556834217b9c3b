"""Is a stored run still what was sealed, and does it follow from its own scheme and sheet?"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from jixiao.access.moves import Condition
from jixiao.results.amended import up_to
from jixiao.results.models import SealedResult
from jixiao.results.pipeline import evaluate
from jixiao.results.result import Result, SealError, from_bytes, scheme_json
from jixiao.scoring.scheme import SchemeError
from jixiao.scoring.sheet import digest

SHORTEST = 8
"""So many characters of a digest name a run."""
DIGESTS = {"scheme": "办法", "sheet": "记分表", "outputs": "得分", "seal": "封条"}


@dataclass(frozen=True)
class Verified:
    """What was compared, and the marks that recomputing gives."""

    kept: SealedResult
    checks: tuple[Condition, ...]
    again: str = ""

    @property
    def is_sound(self) -> bool:
        """Whether everything fits."""
        return all(each.is_met for each in self.checks)


def run_named(words: str) -> SealedResult | None:
    """A run by its number, or by the beginning of its seal or of the digest of its marks."""
    if words.isascii() and words.isdigit() and len(words) < SHORTEST:
        return SealedResult.objects.filter(pk=int(words)).first()
    wanted = words if words.startswith("sha256:") else f"sha256:{words}"
    if len(wanted) < len("sha256:") + SHORTEST:
        return None
    for column in ("seal", "outputs_digest"):
        found = SealedResult.objects.filter(**{f"{column}__startswith": wanted}).first()
        if found is not None:
            return found
    return None


def verified(kept: SealedResult) -> Verified:
    """Recompute from the stored body and compare every digest, in the row and in the frozen scheme."""
    try:
        sealed = from_bytes(zlib.decompress(bytes(kept.body)), name=kept.number)
    except (SealError, zlib.error) as error:
        return Verified(
            kept, (Condition(f"封存的内容读得出、没有被改动（{error}）", is_met=False),)
        )
    again = evaluate(sealed.scheme, sealed.sheet).outputs_digest
    return Verified(kept, tuple(_checks(kept, sealed, again)), again)


def _checks(kept: SealedResult, sealed: Result, again: str) -> Iterator[Condition]:
    yield Condition("封存的内容没有被改动", is_met=True)
    yield Condition("按封存的办法和记分表重算，得分一致", again == sealed.outputs_digest)
    told = sealed.as_json()["digests"]
    stored = {
        "scheme": kept.scheme_digest, "sheet": kept.sheet_digest,
        "outputs": kept.outputs_digest, "seal": kept.seal,
    }  # fmt: skip
    for name, words in DIGESTS.items():
        yield Condition(f"登记的{words}摘要与封存的一致", stored[name] == told[name])
    version = kept.scheme_version
    if version is not None:
        yield Condition(f"封存的办法就是发布的{version}", told["scheme"] == _frozen_digest(kept))


def _frozen_digest(kept: SealedResult) -> str:
    """The digest of the published version, up to the run's round."""
    version = kept.scheme_version
    try:
        return digest(scheme_json(up_to(version.scheme, kept.through))) if version else ""
    except SchemeError:
        return ""
