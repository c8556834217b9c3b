import django.db.models.deletion
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
            name="Case",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("source", models.CharField(max_length=60, verbose_name="来源")),
                ("code", models.CharField(blank=True, max_length=20, verbose_name="项目编码")),
                ("item", models.CharField(max_length=60, verbose_name="项目")),
                ("theme", models.CharField(blank=True, max_length=20, verbose_name="归类")),
                ("fact", models.TextField(max_length=1000, verbose_name="事实")),
                ("evidence", models.TextField(blank=True, max_length=500, verbose_name="依据")),
                ("cause", models.TextField(blank=True, max_length=500, verbose_name="原因")),
                ("opinion", models.TextField(blank=True, max_length=500, verbose_name="整改意见")),
                ("workdays", models.PositiveSmallIntegerField(verbose_name="整改工作日")),
                ("due_on", models.DateField(null=True, verbose_name="期限")),
                ("points", models.BigIntegerField(null=True, verbose_name="预扣分")),
                ("given_back_at", models.DateTimeField(null=True, verbose_name="恢复时间")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("noted", "现场记下"),
                            ("told", "待报方案"),
                            ("planned", "整改中"),
                            ("proven", "待核实"),
                            ("verified", "待复查成效"),
                            ("closed", "已销号"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="noted",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("turn", models.PositiveSmallIntegerField(default=1, verbose_name="第几轮整改")),
                (
                    "found_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="发现时间"
                    ),
                ),
                ("told_at", models.DateTimeField(null=True, verbose_name="反馈时间")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="销号时间")),
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
                        verbose_name="谁销号的",
                    ),
                ),
                (
                    "found_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="谁发现的",
                    ),
                ),
                (
                    "given_back_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="谁恢复的",
                    ),
                ),
                (
                    "repeats",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="repeated",
                        to="rectification.case",
                        verbose_name="重复哪一条",
                    ),
                ),
                (
                    "told_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="谁反馈的",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="org.unit",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "问题",
                "verbose_name_plural": "问题",
                "ordering": ["-found_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "noted",
                                    "told",
                                    "planned",
                                    "proven",
                                    "verified",
                                    "closed",
                                    "withdrawn",
                                ],
                            )
                        ),
                        name="case_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("told_at__isnull", False), ("told_by__isnull", False)),
                            models.Q(("told_at__isnull", True), ("told_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="case_told",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                            models.Q(("closed_at__isnull", True), ("closed_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="case_closed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("given_back_at__isnull", False), ("given_back_by__isnull", False)
                            ),
                            models.Q(
                                ("given_back_at__isnull", True), ("given_back_by__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="case_given_back",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("fact", ""), _negated=True), name="case_fact"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("points__isnull", True), ("points__gt", 0), _connector="OR"
                        ),
                        name="case_points",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ("told", "planned", "proven", "verified", "closed")),
                                _negated=True,
                            ),
                            models.Q(
                                ("due_on__isnull", False),
                                ("told_at__isnull", False),
                                models.Q(("opinion", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="case_state_told",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "closed"), _negated=True),
                            ("closed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="case_state_closed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseStep",
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
                            ("told", "反馈"),
                            ("plan", "整改方案"),
                            ("proof", "整改结果"),
                            ("send_back", "退回"),
                            ("verify", "核实到位"),
                            ("recheck", "复查有效"),
                            ("relapse", "复查反弹"),
                            ("extend", "同意延期"),
                            ("withdraw", "撤回"),
                        ],
                        max_length=10,
                        verbose_name="办理",
                    ),
                ),
                ("turn", models.PositiveSmallIntegerField(default=1, verbose_name="第几轮整改")),
                ("text", models.TextField(blank=True, max_length=2000, verbose_name="说明")),
                ("where", models.CharField(blank=True, max_length=60, verbose_name="哪一次")),
                ("due_on", models.DateField(null=True, verbose_name="当时的期限")),
                (
                    "taken_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="办理时间"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="rectification.case",
                        verbose_name="问题",
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
                "verbose_name": "整改经过",
                "verbose_name_plural": "整改经过",
                "ordering": ["case_id", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "told",
                                    "plan",
                                    "proof",
                                    "send_back",
                                    "verify",
                                    "recheck",
                                    "relapse",
                                    "extend",
                                    "withdraw",
                                ],
                            )
                        ),
                        name="step_kind",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=40, unique=True, verbose_name="编号")),
                ("subject", models.CharField(max_length=80, verbose_name="事由")),
                ("facts", models.TextField(max_length=2000, verbose_name="情况")),
                ("asked", models.TextField(max_length=1000, verbose_name="要求")),
                ("due_on", models.DateField(verbose_name="回复期限")),
                (
                    "state",
                    models.CharField(
                        choices=[("sent", "待回复"), ("replied", "已回复"), ("settled", "已办结")],
                        default="sent",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "sent_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="发出时间"
                    ),
                ),
                ("settled_at", models.DateTimeField(null=True, verbose_name="办结时间")),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="修改次数"),
                ),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminders",
                        to="rectification.case",
                        verbose_name="哪个问题",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="谁发的",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="谁办结的",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminders",
                        to="org.unit",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "督促通知单",
                "verbose_name_plural": "督促通知单",
                "ordering": ["-sent_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["sent", "replied", "settled"])),
                        name="reminder_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at__isnull", False), ("settled_by__isnull", False)),
                            models.Q(("settled_at__isnull", True), ("settled_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="reminder_settled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at__isnull", False), ("state", "settled")),
                            models.Q(
                                models.Q(("state", "settled"), _negated=True),
                                ("settled_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="reminder_state_settled",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Proof",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file", models.FileField(upload_to="整改/", verbose_name="文件")),
                ("name", models.CharField(max_length=120, verbose_name="文件名")),
                ("media", models.CharField(max_length=80, verbose_name="类型")),
                ("size", models.PositiveIntegerField(verbose_name="大小")),
                ("digest", models.CharField(max_length=80, verbose_name="摘要")),
                (
                    "step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="rectification.casestep",
                        verbose_name="办理",
                    ),
                ),
            ],
            options={
                "verbose_name": "整改材料",
                "verbose_name_plural": "整改材料",
                "ordering": ["step_id", "id"],
            },
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(max_length=2000, verbose_name="回复")),
                (
                    "replied_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="回复时间"
                    ),
                ),
                (
                    "sent_back",
                    models.CharField(blank=True, max_length=500, verbose_name="退回理由"),
                ),
                ("sent_back_at", models.DateTimeField(null=True, verbose_name="退回时间")),
                (
                    "reminder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replies",
                        to="rectification.reminder",
                        verbose_name="督促通知单",
                    ),
                ),
                (
                    "replied_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="谁回复的",
                    ),
                ),
                (
                    "sent_back_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="谁退回的",
                    ),
                ),
            ],
            options={
                "verbose_name": "督促回复",
                "verbose_name_plural": "督促回复",
                "ordering": ["reminder_id", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="reply_text"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("sent_back_at__isnull", False), ("sent_back_by__isnull", False)
                            ),
                            models.Q(
                                ("sent_back_at__isnull", True), ("sent_back_by__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="reply_sent_back",
                    ),
                ],
            },
        ),
    ]
