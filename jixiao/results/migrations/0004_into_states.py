from typing import Any

from django.db import migrations
from django.db.models import F
from django.db.models.functions import TruncDate


def into_states(apps: Any, _editor: object) -> None:
    """Loaded results become drafts; published ones keep who published them, as approved before this."""
    results = apps.get_model("results", "SealedResult").objects
    results.filter(state="loaded").update(state="draft")
    results.filter(state="published").update(
        reviewed_at=F("published_at"), reviewed_by=F("published_by"),
        notified_at=F("published_at"), notified_by=F("published_by"),
        apply_until=TruncDate("published_at"),
        approved_at=F("published_at"), approved_by=F("published_by"),
        met_on=TruncDate("published_at"), meeting="升级前已公布",
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("results", "0003_states_and_reviews")]

    operations = [
        migrations.RunPython(into_states, migrations.RunPython.noop),
    ]
