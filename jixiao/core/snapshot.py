"""What does a row say at this moment? Plain data for the audit: column → value."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model

Snapshot = dict[str, Any]
UNTOLD = "（不记录内容）"


def snapshot(row: Model) -> Snapshot:
    """Every column of ``row`` as JSON values; columns named in ``untold`` keep only that they changed."""
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    plain: Snapshot = json.loads(json.dumps(values, cls=DjangoJSONEncoder, default=str))
    return plain


def differences(row: Model, before: Snapshot, after: Snapshot) -> tuple[Snapshot, Snapshot]:
    """The columns that differ, as they were and as they are."""
    untold: frozenset[str] = getattr(row, "untold", frozenset())
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]

    def told(side: Snapshot) -> Snapshot:
        return {name: UNTOLD if name in untold else side[name] for name in names if name in side}

    return told(before), told(after)
