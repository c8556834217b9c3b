from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("results", "0004_into_states")]

    operations = [
        migrations.AddConstraint(
            model_name="sealedresult",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "draft",
                            "reviewed",
                            "notified",
                            "approved",
                            "published",
                            "superseded",
                            "discarded",
                        ],
                    )
                ),
                name="result_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="sealedresult",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reviewed_at__isnull", False), ("reviewed_by__isnull", False)),
                    models.Q(("reviewed_at__isnull", True), ("reviewed_by__isnull", True)),
                    _connector="OR",
                ),
                name="result_reviewed",
            ),
        ),
        migrations.AddConstraint(
            model_name="sealedresult",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("notified_at__isnull", False),
                        ("notified_by__isnull", False),
                        ("apply_until__isnull", False),
                    ),
                    models.Q(
                        ("notified_at__isnull", True),
                        ("notified_by__isnull", True),
                        ("apply_until__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="result_notified",
            ),
        ),
        migrations.AddConstraint(
            model_name="sealedresult",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("approved_at__isnull", False),
                        ("approved_by__isnull", False),
                        ("met_on__isnull", False),
                    ),
                    models.Q(
                        ("approved_at__isnull", True),
                        ("approved_by__isnull", True),
                        ("met_on__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="result_approved",
            ),
        ),
        migrations.AddConstraint(
            model_name="sealedresult",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state__in", ("reviewed", "notified", "approved", "published")),
                        _negated=True,
                    ),
                    ("reviewed_at__isnull", False),
                    _connector="OR",
                ),
                name="result_state_reviewed",
            ),
        ),
        migrations.AddConstraint(
            model_name="sealedresult",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("approved", "published")), _negated=True),
                    models.Q(
                        ("approved_at__isnull", False),
                        ("notified_at__isnull", False),
                        models.Q(("meeting", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="result_state_approved",
            ),
        ),
        migrations.AddConstraint(
            model_name="sealedresult",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("published_at__isnull", False), ("state", "published")),
                    ("state", "superseded"),
                    models.Q(
                        ("published_at__isnull", True),
                        ("state__in", ("draft", "reviewed", "notified", "approved", "discarded")),
                    ),
                    _connector="OR",
                ),
                name="result_state_date",
            ),
        ),
        migrations.AddConstraint(
            model_name="sealedresult",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reviewed_by", None),
                    models.Q(("reviewed_by", models.F("loaded_by")), _negated=True),
                    _connector="OR",
                ),
                name="result_two_review",
                violation_error_message="计分和审核要由两个人办理",
            ),
        ),
        migrations.AddConstraint(
            model_name="sealedresult",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by", None),
                    models.Q(("approved_by", models.F("loaded_by")), _negated=True),
                    _connector="OR",
                ),
                name="result_two_approve",
                violation_error_message="计分和登记审定要由两个人办理",
            ),
        ),
        migrations.AddConstraint(
            model_name="sealedresult",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("published_by", None),
                    ("meeting", "升级前已公布"),
                    models.Q(("published_by", models.F("approved_by")), _negated=True),
                    _connector="OR",
                ),
                name="result_two_people",
                violation_error_message="登记审定和公布要由两个人办理",
            ),
        ),
    ]
