import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "__first__"),
        ("org", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Quarter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("number", models.PositiveSmallIntegerField(verbose_name="第几季度")),
                ("due_on", models.DateField(verbose_name="报送期限")),
                (
                    "due_column",
                    models.CharField(blank=True, max_length=60, verbose_name="现场记录的应评数"),
                ),
                (
                    "done_column",
                    models.CharField(blank=True, max_length=60, verbose_name="现场记录的已评数"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "报送中"), ("closed", "已截止")],
                        default="open",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                (
                    "opened_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="布置时间"
                    ),
                ),
                ("closed_at", models.DateTimeField(null=True, verbose_name="截止时间")),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="修改次数"),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="谁截止的",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="谁布置的",
                    ),
                ),
            ],
            options={
                "verbose_name": "内部绩效季度",
                "verbose_name_plural": "内部绩效季度",
                "ordering": ["-year", "-number"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "closed"])), name="quarter_state"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                            models.Q(("closed_at__isnull", True), ("closed_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="quarter_closed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1), ("number__lte", 4)),
                        name="quarter_number",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", False), ("state", "closed")),
                            models.Q(("closed_at__isnull", True), ("state", "open")),
                            _connector="OR",
                        ),
                        name="quarter_state_closed",
                    ),
                    models.UniqueConstraint(
                        fields=("year", "number"),
                        name="quarter_once",
                        violation_error_message="这个季度已经布置过",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "months",
                    models.PositiveSmallIntegerField(default=0, verbose_name="自查并公示的月数"),
                ),
                (
                    "problems",
                    models.TextField(blank=True, max_length=1000, verbose_name="自查发现的问题"),
                ),
                ("measures", models.TextField(blank=True, max_length=1000, verbose_name="怎么改")),
                ("note", models.TextField(blank=True, max_length=500, verbose_name="说明")),
                (
                    "state",
                    models.CharField(
                        choices=[("reported", "已报"), ("returned", "退回")],
                        default="reported",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "first_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now,
                        editable=False,
                        verbose_name="首次报送时间",
                    ),
                ),
                (
                    "reported_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="报送时间"
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="修改次数"),
                ),
                (
                    "quarter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="appraisals.quarter",
                        verbose_name="季度",
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="谁报的",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="org.unit",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "内部绩效季报",
                "verbose_name_plural": "内部绩效季报",
                "ordering": ["quarter", "unit__order", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["reported", "returned"])),
                        name="report_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("months__lte", 3)), name="report_months"
                    ),
                    models.UniqueConstraint(fields=("quarter", "unit"), name="report_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("leaders", "班子成员"),
                            ("sections", "职能科室"),
                            ("below", "下属单位和村"),
                        ],
                        max_length=10,
                        verbose_name="责任主体",
                    ),
                ),
                ("due", models.PositiveIntegerField(verbose_name="应评")),
                ("done", models.PositiveIntegerField(verbose_name="已评")),
                ("top", models.PositiveIntegerField(default=0, verbose_name="好")),
                ("good", models.PositiveIntegerField(default=0, verbose_name="较好")),
                ("fair", models.PositiveIntegerField(default=0, verbose_name="一般")),
                ("poor", models.PositiveIntegerField(default=0, verbose_name="较差")),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="appraisals.report",
                        verbose_name="季报",
                    ),
                ),
            ],
            options={
                "verbose_name": "季报各类主体",
                "verbose_name_plural": "季报各类主体",
                "ordering": ["report", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["leaders", "sections", "below"])),
                        name="report_line_subject",
                    ),
                    models.UniqueConstraint(fields=("report", "kind"), name="report_line_once"),
                    models.CheckConstraint(
                        condition=models.Q(("done__lte", models.F("due"))), name="report_line_done"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "done",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("top"), "+", models.F("good")
                                        ),
                                        "+",
                                        models.F("fair"),
                                    ),
                                    "+",
                                    models.F("poor"),
                                ),
                            )
                        ),
                        name="report_line_grades",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportReturn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="退回理由")),
                (
                    "returned_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="退回时间"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="returns",
                        to="appraisals.report",
                        verbose_name="季报",
                    ),
                ),
                (
                    "returned_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="谁退回的",
                    ),
                ),
            ],
            options={
                "verbose_name": "季报退回",
                "verbose_name_plural": "季报退回",
                "ordering": ["report", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="report_return_reason",
                    )
                ],
            },
        ),
    ]
