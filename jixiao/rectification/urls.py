"""Which addresses belong to rectification?"""

from django.urls import path

from jixiao.rectification.views import cases, reminders

urlpatterns = [
    path("cases/", cases.cases, name="cases"),
    path("cases/themes/", cases.case_themes, name="case_themes"),
    path("cases/raise/", cases.case_raise, name="case_raise"),
    path("cases/proofs/<int:pk>/", cases.proof, name="proof"),
    path("cases/<int:pk>/", cases.case, name="case"),
    path("cases/<int:pk>/plan/", cases.case_plan, name="case_plan"),
    path("cases/<int:pk>/prove/", cases.case_prove, name="case_prove"),
    path("cases/<int:pk>/verify/", cases.case_verify, name="case_verify"),
    path("cases/<int:pk>/send-back/", cases.case_send_back, name="case_send_back"),
    path("cases/<int:pk>/recheck/", cases.case_recheck, name="case_recheck"),
    path("cases/<int:pk>/relapse/", cases.case_relapse, name="case_relapse"),
    path("cases/<int:pk>/extend/", cases.case_extend, name="case_extend"),
    path("cases/<int:pk>/withdraw/", cases.case_withdraw, name="case_withdraw"),
    path("cases/reminders/", reminders.reminders, name="reminders"),
    path("cases/reminders/send/", reminders.reminder_send, name="reminder_send"),
    path("cases/reminders/<int:pk>/", reminders.reminder, name="reminder"),
    path("cases/reminders/<int:pk>/reply/", reminders.reminder_reply, name="reminder_reply"),
    path("cases/reminders/<int:pk>/return/", reminders.reminder_return, name="reminder_return"),
    path("cases/reminders/<int:pk>/settle/", reminders.reminder_settle, name="reminder_settle"),
    path("cases/reminders/<int:pk>/paper/", reminders.reminder_paper, name="reminder_paper"),
]
