"""Made-up audit entries for tests."""

import factory

from jixiao.audit.models import Event


class EventFactory(factory.django.DjangoModelFactory):
    """An entry as an action leaves it."""

    class Meta:
        model = Event

    action = "access.disable_account"
    label = "停用账号"
    actor_id = 7
    actor = "陈一"
    acting_for = "林二"
    subject = factory.Sequence(lambda number: f"access.account:{number}")
    subject_label = factory.Sequence(lambda number: f"张三{number}")
    changes = factory.LazyAttribute(
        lambda made: [
            {
                "row": made.subject,
                "label": made.subject_label,
                "before": {"is_active": True},
                "after": {"is_active": False},
            }
        ]
    )
    reason = "调离"
    origin = "10.0.0.7"
    once = factory.Sequence(lambda number: f"表单{number}")
