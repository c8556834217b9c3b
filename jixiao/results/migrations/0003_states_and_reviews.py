import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "__first__"),
        ("org", "0001_initial"),
        ("results", "0002_result_rounds"),
        ("schemes", "0002_frozen_when_published"),
    ]

    operations = [
        migrations.CreateModel(
            name="PastResult",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("title", models.CharField(max_length=120, verbose_name="名称")),
                ("document", models.CharField(max_length=60, verbose_name="文号")),
                (
                    "entered_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="录入时间"
                    ),
                ),
                ("confirmed_at", models.DateTimeField(null=True, verbose_name="核对时间")),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="修改次数"),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="谁核对",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="谁录入",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="past",
                        to="schemes.schemeline",
                        verbose_name="哪个办法",
                    ),
                ),
            ],
            options={
                "verbose_name": "历史等次",
                "verbose_name_plural": "历史等次",
                "ordering": ["-year", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("confirmed_at__isnull", False), ("confirmed_by__isnull", False)
                            ),
                            models.Q(
                                ("confirmed_at__isnull", True), ("confirmed_by__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="past_confirmed",
                    ),
                    models.UniqueConstraint(
                        fields=("line", "year"),
                        name="past_once",
                        violation_error_message="这个办法这一年的历史等次已经录入",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_by", None),
                            models.Q(("confirmed_by", models.F("entered_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="past_two_people",
                        violation_error_message="录入和核对要由两个人办理",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ResultStep",
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
                            ("review", "审核通过"),
                            ("send_back", "退回重算"),
                            ("notify", "告知各单位"),
                            ("approve", "登记审定"),
                            ("revoke", "撤回审定"),
                            ("publish", "公布"),
                            ("discard", "作废"),
                            ("adopt", "登记平台外的审定"),
                            ("supersede", "被取代"),
                        ],
                        max_length=10,
                        verbose_name="办理",
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=500, verbose_name="说明")),
                (
                    "taken_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="办理时间"
                    ),
                ),
                (
                    "result",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="results.sealedresult",
                        verbose_name="结果",
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="谁办的",
                    ),
                ),
            ],
            options={
                "verbose_name": "结果办理经过",
                "verbose_name_plural": "结果办理经过",
                "ordering": ["result", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "review",
                                    "send_back",
                                    "notify",
                                    "approve",
                                    "revoke",
                                    "publish",
                                    "discard",
                                    "adopt",
                                    "supersede",
                                ],
                            )
                        ),
                        name="result_step_kind",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Review",
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
                        choices=[("review", "复核"), ("appeal", "申诉")],
                        default="review",
                        max_length=8,
                        verbose_name="类别",
                    ),
                ),
                ("code", models.CharField(blank=True, max_length=20, verbose_name="项目编码")),
                ("item", models.CharField(max_length=60, verbose_name="项目")),
                ("claim", models.TextField(max_length=2000, verbose_name="理由")),
                ("asked", models.CharField(max_length=200, verbose_name="请求")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("applied", "办理中"),
                            ("granted", "成立"),
                            ("partly", "部分成立"),
                            ("rejected", "不成立"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="applied",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "late_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="逾期受理的理由"),
                ),
                (
                    "applied_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="申请时间"
                    ),
                ),
                ("due_on", models.DateField(verbose_name="决定期限")),
                (
                    "decision",
                    models.TextField(blank=True, max_length=2000, verbose_name="决定和理由"),
                ),
                ("basis", models.CharField(blank=True, max_length=200, verbose_name="依据")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="决定时间")),
                ("appeal_until", models.DateField(null=True, verbose_name="申诉截止")),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="修改次数"),
                ),
                (
                    "applied_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="谁申请的",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="谁决定的",
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appeals",
                        to="results.review",
                        verbose_name="不服哪个复核决定",
                    ),
                ),
                (
                    "led_to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="came_from",
                        to="results.sealedresult",
                        verbose_name="重算的结果",
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="results.resultunit",
                        verbose_name="哪份成绩单",
                    ),
                ),
            ],
            options={
                "verbose_name": "复核申诉",
                "verbose_name_plural": "复核申诉",
                "ordering": ["-applied_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["review", "appeal"])), name="review_kind"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["applied", "granted", "partly", "rejected", "withdrawn"])
                        ),
                        name="review_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            models.Q(("decided_at__isnull", True), ("decided_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="review_decided",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("claim", ""), _negated=True),
                            models.Q(("asked", ""), _negated=True),
                        ),
                        name="review_claim",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", False),
                                ("state__in", ("granted", "partly", "rejected")),
                                models.Q(("decision", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(
                                    ("state__in", ("granted", "partly", "rejected")), _negated=True
                                ),
                                ("decided_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="review_state_decided",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("led_to__isnull", True),
                            ("state__in", ("granted", "partly")),
                            _connector="OR",
                        ),
                        name="review_state_led_to",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("first__isnull", False), ("kind", "appeal")),
                            models.Q(("first__isnull", True), ("kind", "review")),
                            _connector="OR",
                        ),
                        name="review_kind_first",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "applied")),
                        fields=("part", "code"),
                        name="review_open_once",
                        violation_error_message="这一项的复核申请正在办理",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Amendment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("round", models.CharField(blank=True, max_length=20, verbose_name="轮次")),
                ("column", models.CharField(max_length=60, verbose_name="记分表的列")),
                ("before", models.BigIntegerField(null=True, verbose_name="更正前")),
                ("after", models.BigIntegerField(verbose_name="更正后")),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amendments",
                        to="results.review",
                        verbose_name="复核申诉",
                    ),
                ),
            ],
            options={
                "verbose_name": "复核更正",
                "verbose_name_plural": "复核更正",
                "ordering": ["review_id", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("review", "round", "column"), name="amendment_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PastTier",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="当时的名称")),
                ("group", models.CharField(blank=True, max_length=30, verbose_name="组别")),
                ("tier", models.CharField(max_length=20, verbose_name="等次")),
                (
                    "past",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tiers",
                        to="results.pastresult",
                        verbose_name="历史等次",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="past_tiers",
                        to="org.unit",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "单位历史等次",
                "verbose_name_plural": "单位历史等次",
                "ordering": ["past", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("past", "unit"), name="past_unit_once"),
                    models.CheckConstraint(
                        condition=models.Q(("tier", ""), _negated=True), name="past_tier"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file", models.FileField(upload_to="复核/", verbose_name="文件")),
                ("name", models.CharField(max_length=120, verbose_name="文件名")),
                ("media", models.CharField(max_length=80, verbose_name="类型")),
                ("size", models.PositiveIntegerField(verbose_name="大小")),
                ("digest", models.CharField(max_length=80, verbose_name="摘要")),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="results.review",
                        verbose_name="复核申诉",
                    ),
                ),
            ],
            options={
                "verbose_name": "复核材料",
                "verbose_name_plural": "复核材料",
                "ordering": ["review_id", "id"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="sealedresult",
            name="result_state",
        ),
        migrations.RemoveConstraint(
            model_name="sealedresult",
            name="result_state_date",
        ),
        migrations.RemoveConstraint(
            model_name="sealedresult",
            name="result_two_people",
        ),
        migrations.AddField(
            model_name="sealedresult",
            name="appeal_workdays",
            field=models.PositiveSmallIntegerField(default=3, verbose_name="申诉工作日"),
        ),
        migrations.AddField(
            model_name="sealedresult",
            name="apply_until",
            field=models.DateField(null=True, verbose_name="申请复核截止"),
        ),
        migrations.AddField(
            model_name="sealedresult",
            name="apply_workdays",
            field=models.PositiveSmallIntegerField(default=3, verbose_name="申请复核工作日"),
        ),
        migrations.AddField(
            model_name="sealedresult",
            name="approved_at",
            field=models.DateTimeField(null=True, verbose_name="登记审定时间"),
        ),
        migrations.AddField(
            model_name="sealedresult",
            name="approved_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="谁登记审定",
            ),
        ),
        migrations.AddField(
            model_name="sealedresult",
            name="decide_workdays",
            field=models.PositiveSmallIntegerField(default=10, verbose_name="复核决定工作日"),
        ),
        migrations.AddField(
            model_name="sealedresult",
            name="document",
            field=models.CharField(blank=True, max_length=60, verbose_name="审定文件"),
        ),
        migrations.AddField(
            model_name="sealedresult",
            name="follows",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="followers",
                to="results.sealedresult",
                verbose_name="接替哪一次",
            ),
        ),
        migrations.AddField(
            model_name="sealedresult",
            name="line",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="results",
                to="schemes.schemeline",
                verbose_name="哪个办法",
            ),
        ),
        migrations.AddField(
            model_name="sealedresult",
            name="meeting",
            field=models.CharField(blank=True, max_length=80, verbose_name="审定会议"),
        ),
        migrations.AddField(
            model_name="sealedresult",
            name="met_on",
            field=models.DateField(null=True, verbose_name="会议日期"),
        ),
        migrations.AddField(
            model_name="sealedresult",
            name="notified_at",
            field=models.DateTimeField(null=True, verbose_name="告知时间"),
        ),
        migrations.AddField(
            model_name="sealedresult",
            name="notified_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="谁告知",
            ),
        ),
        migrations.AddField(
            model_name="sealedresult",
            name="reason",
            field=models.CharField(blank=True, max_length=300, verbose_name="为何重算"),
        ),
        migrations.AddField(
            model_name="sealedresult",
            name="reviewed_at",
            field=models.DateTimeField(null=True, verbose_name="审核时间"),
        ),
        migrations.AddField(
            model_name="sealedresult",
            name="reviewed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="谁审核",
            ),
        ),
        migrations.AddField(
            model_name="sealedresult",
            name="scheme_version",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="results",
                to="schemes.schemeversion",
                verbose_name="办法版本",
            ),
        ),
        migrations.AddField(
            model_name="sealedresult",
            name="through",
            field=models.CharField(blank=True, max_length=20, verbose_name="算到哪一轮"),
        ),
        migrations.AlterField(
            model_name="sealedresult",
            name="loaded_at",
            field=models.DateTimeField(
                default=django.utils.timezone.now, editable=False, verbose_name="计分时间"
            ),
        ),
        migrations.AlterField(
            model_name="sealedresult",
            name="loaded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="谁计分、录入",
            ),
        ),
        migrations.AlterField(
            model_name="sealedresult",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "初算"),
                    ("reviewed", "已审核"),
                    ("notified", "已告知，复核期"),
                    ("approved", "已审定"),
                    ("published", "已公布"),
                    ("superseded", "被取代"),
                    ("discarded", "作废"),
                ],
                default="draft",
                max_length=10,
                verbose_name="状态",
            ),
        ),
        migrations.AlterField(
            model_name="sealedresult",
            name="title",
            field=models.CharField(max_length=120, verbose_name="办法名称"),
        ),
    ]
