"""Who has an account, and which roles from when until when?"""

from datetime import date, timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from jixiao.access.permissions import Extent, Role
from jixiao.core.constraints import in_order, is_choice, together


class AccountQuerySet(models.QuerySet["Account"]):
    """Filters of accounts."""

    def active(self) -> Self:
        """Accounts that may sign in."""
        return self.filter(is_active=True)


class Accounts(BaseUserManager.from_queryset(AccountQuerySet)):  # type: ignore[misc]
    """How sign-in finds an account."""

    def get_by_natural_key(self, username: str) -> "Account":
        """The account of a sign-in name, in any case."""
        found: Account = self.get(username__iexact=username)
        return found


class Account(AbstractBaseUser):
    """A way to sign in. There is no superuser: what an account may do is said by its grants."""

    untold = frozenset({"password", "last_login"})

    username = models.CharField("登录名", max_length=30, unique=True)
    name = models.CharField("姓名", max_length=40)
    is_active = models.BooleanField("可以登录", default=True)
    must_change = models.BooleanField("下次登录须改密码", default=True)
    password_on = models.DateField("密码设定日期", default=timezone.localdate)
    made_at = models.DateTimeField("开设时间", auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar[Accounts] = Accounts()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = ""
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        """Order of names."""

        verbose_name = verbose_name_plural = "账号"
        ordering: ClassVar = ["username"]

    def __str__(self) -> str:
        return f"{self.name}（{self.username}）"

    @property
    def needs_new_password(self) -> bool:
        """Whether the password is a first one, or older than this installation allows."""
        days = settings.PASSWORD_DAYS
        old = days and self.password_on < timezone.localdate() - timedelta(days=days)
        return self.must_change or bool(old)

    def get_session_auth_hash(self) -> str:
        """Running sessions end when the password or anything else about the account changes."""
        told = f"{self.password} {self.version}"
        return salted_hmac("jixiao.access.session", told, algorithm="sha256").hexdigest()


class GrantQuerySet(models.QuerySet["Grant"]):
    """Filters of grants."""

    def on(self, day: date) -> Self:
        """Grants in force on a day."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)


class Grant(models.Model):
    """A role held by an account, where, from when until when, by which document."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="grants", verbose_name="账号")
    role = models.CharField("角色", max_length=20, choices=Role)
    extent = models.CharField("范围", max_length=10, choices=Extent)
    key = models.CharField("范围内的单位、组别或项目", max_length=80, blank=True)
    """A unit's number, a group's name or an item's code; empty for the county."""
    since = models.DateField("起", default=timezone.localdate)
    until = models.DateField("止", null=True, blank=True)
    document = models.CharField("依据", max_length=80, blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        """The half-truths that are refused."""

        verbose_name = verbose_name_plural = "授权"
        ordering: ClassVar = ["account", "role", "since"]
        constraints: ClassVar = [
            is_choice("role", Role, name="grant_role"),
            is_choice("extent", Extent, name="grant_extent"),
            in_order("since", "until", name="grant_days"),
            models.CheckConstraint(
                condition=Q(extent=Extent.COUNTY, key="") | ~Q(extent=Extent.COUNTY) & ~Q(key=""),
                name="grant_key",
                violation_error_message="全县的角色不写范围；其他角色要写明单位、组别或项目",
            ),
            models.UniqueConstraint(
                fields=["account", "role", "key"],
                condition=Q(until__isnull=True),
                name="grant_once",
                violation_error_message="这个账号已有这个角色",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account.name} {self.get_role_display()}"


class TokenQuerySet(models.QuerySet["Token"]):
    """Filters of tokens."""

    def usable_on(self, day: date) -> Self:
        """Tokens that open something on a day."""
        return self.filter(
            since__lte=day, until__gte=day, revoked_at__isnull=True, account__is_active=True
        )


class Token(models.Model):
    """A key with which a program does some of what its owner may do. Only its digest is kept."""

    untold = frozenset({"digest"})

    account = models.ForeignKey(Account, models.PROTECT, related_name="tokens", verbose_name="账号")
    name = models.CharField("用途", max_length=40)
    digest = models.CharField("摘要", max_length=64, unique=True)
    permissions = models.JSONField("权限")
    since = models.DateField("起", default=timezone.localdate)
    until = models.DateField("止")
    last_used_on = models.DateField("最近使用", null=True, blank=True)
    """A day is enough to tell a forgotten token; nobody's work is timed by it."""
    revoked_at = models.DateTimeField("作废时间", null=True, blank=True)
    revoked_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="作废人"
    )

    objects = TokenQuerySet.as_manager()

    class Meta:
        """Newest first."""

        verbose_name = verbose_name_plural = "接口令牌"
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            in_order("since", "until", name="token_days"),
            together("revoked_at", "revoked_by", name="token_revoked"),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.account.name}）"

    @property
    def is_usable(self) -> bool:
        """Whether it opens something today."""
        return self.revoked_at is None and self.since <= timezone.localdate() <= self.until
