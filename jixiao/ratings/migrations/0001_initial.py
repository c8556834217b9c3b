import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "__first__"),
        ("org", "0001_initial"),
        ("schemes", "0002_frozen_when_published"),
    ]

    operations = [
        migrations.CreateModel(
            name="Poll",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("round", models.CharField(blank=True, max_length=30, verbose_name="轮次编码")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("residents", "居民评议"),
                            ("mutual", "双向评议"),
                            ("leaders", "领导评价"),
                            ("ranking", "领导排名"),
                            ("staff", "民主测评"),
                        ],
                        max_length=10,
                        verbose_name="类别",
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="名称")),
                ("raters", models.CharField(max_length=60, verbose_name="谁来评")),
                ("minimum", models.PositiveSmallIntegerField(verbose_name="最少几人")),
                (
                    "ballots",
                    models.PositiveSmallIntegerField(default=1, verbose_name="每个评议人几票"),
                ),
                ("codes", models.PositiveIntegerField(default=0, verbose_name="发了几个评议码")),
                ("opens_on", models.DateField(verbose_name="开始日期")),
                ("closes_on", models.DateField(verbose_name="截止日期")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "筹备"),
                            ("open", "收票"),
                            ("closed", "已截止"),
                            ("accepted", "已采用"),
                            ("withdrawn", "已作废"),
                        ],
                        default="planned",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "planned_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="筹备时间"
                    ),
                ),
                ("opened_at", models.DateTimeField(null=True, verbose_name="开始收票时间")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="截止收票时间")),
                ("accepted_at", models.DateTimeField(null=True, verbose_name="采用时间")),
                ("withdrawn_at", models.DateTimeField(null=True, verbose_name="作废时间")),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="修改次数"),
                ),
                (
                    "accepted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="谁采用的",
                    ),
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="谁开始的",
                    ),
                ),
                (
                    "planned_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="谁筹备的",
                    ),
                ),
                (
                    "version_of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="polls",
                        to="schemes.schemeversion",
                        verbose_name="办法",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="谁作废的",
                    ),
                ),
            ],
            options={
                "verbose_name": "评议",
                "verbose_name_plural": "评议",
                "ordering": ["-opens_on", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["residents", "mutual", "leaders", "ranking", "staff"])
                        ),
                        name="poll_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["planned", "open", "closed", "accepted", "withdrawn"])
                        ),
                        name="poll_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closes_on__isnull", True),
                            ("closes_on__gte", models.F("opens_on")),
                            _connector="OR",
                        ),
                        name="poll_days",
                        violation_error_message="止日不能早于起日",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("opened_at__isnull", False), ("opened_by__isnull", False)),
                            models.Q(("opened_at__isnull", True), ("opened_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="poll_opened",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                            models.Q(("closed_at__isnull", True), ("closed_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="poll_closed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("accepted_at__isnull", False), ("accepted_by__isnull", False)
                            ),
                            models.Q(("accepted_at__isnull", True), ("accepted_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="poll_accepted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)
                            ),
                            models.Q(
                                ("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="poll_withdrawn",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ballots__gte", 1), ("minimum__gte", 3)),
                        name="poll_minimum",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="poll_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("opened_at__isnull", True), ("state", "planned")),
                            ("state", "withdrawn"),
                            models.Q(
                                ("opened_at__isnull", False),
                                ("state__in", ("open", "closed", "accepted")),
                            ),
                            _connector="OR",
                        ),
                        name="poll_state_opened",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at__isnull", False), ("state__in", ("closed", "accepted"))
                            ),
                            ("state", "withdrawn"),
                            models.Q(
                                ("closed_at__isnull", True), ("state__in", ("planned", "open"))
                            ),
                            _connector="OR",
                        ),
                        name="poll_state_closed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "accepted"), _negated=True),
                            ("accepted_at__isnull", False),
                            _connector="OR",
                        ),
                        name="poll_state_accepted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("accepted_by__isnull", True),
                            models.Q(("closed_by", models.F("accepted_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="poll_two_persons",
                        violation_error_message="截止和采用要由两个人办理",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "withdrawn"), ("withdrawn_at__isnull", False)),
                            models.Q(
                                models.Q(("state", "withdrawn"), _negated=True),
                                ("withdrawn_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="poll_state_withdrawn",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaperBatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("papers", models.PositiveIntegerField(verbose_name="几张")),
                ("counts", models.JSONField(default=list, verbose_name="各项票数")),
                (
                    "entered_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="录入时间"
                    ),
                ),
                ("checked_at", models.DateTimeField(null=True, verbose_name="核对时间")),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="修改次数"),
                ),
                (
                    "checked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="谁核对的",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="谁录入的",
                    ),
                ),
                (
                    "poll",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batches",
                        to="ratings.poll",
                        verbose_name="评议",
                    ),
                ),
            ],
            options={
                "verbose_name": "纸质票",
                "verbose_name_plural": "纸质票",
                "ordering": ["poll_id", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("checked_at__isnull", False), ("checked_by__isnull", False)),
                            models.Q(("checked_at__isnull", True), ("checked_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="batch_checked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("papers__gt", 0)), name="batch_papers"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("checked_by__isnull", True),
                            models.Q(("checked_by", models.F("entered_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="batch_two_persons",
                        violation_error_message="录入和核对要由两个人办理",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=30, verbose_name="项目编码")),
                ("name", models.CharField(max_length=80, verbose_name="项目")),
                (
                    "poll",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="ratings.poll",
                        verbose_name="评议",
                    ),
                ),
            ],
            options={
                "verbose_name": "评议项目",
                "verbose_name_plural": "评议项目",
                "ordering": ["poll_id", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("poll", "code"), name="question_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Rated",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="办法里的名称")),
                ("group", models.CharField(max_length=60, verbose_name="组别")),
                (
                    "poll",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rated",
                        to="ratings.poll",
                        verbose_name="评议",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.unit",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "评议对象",
                "verbose_name_plural": "评议对象",
                "ordering": ["poll_id", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("poll", "name"), name="rated_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Rater",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("cast", models.PositiveSmallIntegerField(default=0, verbose_name="已投几票")),
                ("allowed", models.PositiveSmallIntegerField(default=1, verbose_name="可投几票")),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="领导",
                    ),
                ),
                (
                    "poll",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rater_rows",
                        to="ratings.poll",
                        verbose_name="评议",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.unit",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "评议人",
                "verbose_name_plural": "评议人",
                "ordering": ["poll_id", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("cast__lte", models.F("allowed"))), name="rater_cast"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("account__isnull", False), ("unit__isnull", True)),
                            models.Q(("account__isnull", True), ("unit__isnull", False)),
                            _connector="OR",
                        ),
                        name="rater_who",
                    ),
                    models.UniqueConstraint(fields=("poll", "unit"), name="rater_unit_once"),
                    models.UniqueConstraint(fields=("poll", "account"), name="rater_account_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Option",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("label", models.CharField(max_length=60, verbose_name="选项")),
                ("column", models.CharField(blank=True, max_length=60, verbose_name="数据列")),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="options",
                        to="ratings.question",
                        verbose_name="评议项目",
                    ),
                ),
            ],
            options={
                "verbose_name": "选项",
                "verbose_name_plural": "选项",
                "ordering": ["question_id", "id"],
            },
        ),
        migrations.CreateModel(
            name="OneTimeCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True, verbose_name="摘要")),
                ("is_used", models.BooleanField(default=False, verbose_name="用过")),
                (
                    "poll",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="code_rows",
                        to="ratings.poll",
                        verbose_name="评议",
                    ),
                ),
                (
                    "rated",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ratings.rated",
                        verbose_name="只评谁",
                    ),
                ),
            ],
            options={
                "verbose_name": "评议码",
                "verbose_name_plural": "评议码",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("votes", models.PositiveIntegerField(default=0, verbose_name="票数")),
                (
                    "option",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tallies",
                        to="ratings.option",
                        verbose_name="选项",
                    ),
                ),
                (
                    "rated",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tallies",
                        to="ratings.rated",
                        verbose_name="评议对象",
                    ),
                ),
            ],
            options={
                "verbose_name": "票数",
                "verbose_name_plural": "票数",
                "ordering": ["rated_id", "option_id"],
                "constraints": [
                    models.UniqueConstraint(fields=("rated", "option"), name="tally_once")
                ],
            },
        ),
    ]
