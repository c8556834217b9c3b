"""Which addresses belong to visits?"""

from django.urls import path

from jixiao.visits.views import draws, rounds, schedule, teams

urlpatterns = [
    path("rounds/", rounds.rounds, name="rounds"),
    path("rounds/plan/", rounds.round_plan, name="round_plan"),
    path("rounds/mine/", schedule.visits_mine, name="visits_mine"),
    path("rounds/mine/calendar/", schedule.visits_mine_calendar, name="visits_mine_calendar"),
    path("rounds/ties/", teams.ties, name="ties"),
    path("rounds/ties/declare/", teams.tie_declare, name="tie_declare"),
    path("rounds/ties/<int:pk>/end/", teams.tie_end, name="tie_end"),
    path("rounds/<int:pk>/", rounds.round_, name="round"),
    path("rounds/<int:pk>/open/", rounds.round_open, name="round_open"),
    path("rounds/<int:pk>/close/", rounds.round_close, name="round_close"),
    path("rounds/<int:pk>/reopen/", rounds.round_reopen, name="round_reopen"),
    path("rounds/<int:pk>/add/", rounds.round_add, name="round_add"),
    path("rounds/<int:pk>/teams/", teams.teams, name="teams"),
    path("rounds/<int:pk>/teams/form/", teams.team_form, name="team_form"),
    path("rounds/<int:pk>/teams/assign/", teams.teams_assign, name="teams_assign"),
    path("rounds/<int:pk>/schedule/", schedule.schedule, name="schedule"),
    path("rounds/<int:pk>/schedule/fill/", schedule.schedule_fill, name="schedule_fill"),
    path("rounds/<int:pk>/schedule/tell/", schedule.schedule_announce, name="schedule_announce"),
    path("rounds/<int:pk>/schedule/excel/", schedule.schedule_workbook, name="schedule_workbook"),
    path(
        "rounds/<int:pk>/schedule/calendar/", schedule.schedule_calendar, name="schedule_calendar"
    ),
    path("rounds/<int:pk>/draws/", draws.draws, name="draws"),
    path("rounds/<int:pk>/draws/promise/", draws.draw_commit, name="draw_commit"),
    path("rounds/draws/<int:pk>/", draws.draw, name="draw"),
    path("rounds/draws/<int:pk>/draw/", draws.draw_do, name="draw_do"),
    path("rounds/draws/<int:pk>/file/", draws.draw_file, name="draw_file"),
    path("rounds/teams/<int:pk>/rename/", teams.team_rename, name="team_rename"),
    path("rounds/teams/<int:pk>/drop/", teams.team_drop, name="team_drop"),
    path("rounds/teams/<int:pk>/add/", teams.seat_add, name="seat_add"),
    path("rounds/seats/<int:pk>/remove/", teams.seat_remove, name="seat_remove"),
    path("rounds/seats/<int:pk>/head/", teams.seat_head, name="seat_head"),
    path("visits/<int:pk>/team/", teams.visit_team, name="visit_team"),
    path("visits/<int:pk>/schedule/", schedule.visit_schedule, name="visit_schedule"),
    path("visits/<int:pk>/excuse/", rounds.visit_excuse, name="visit_excuse"),
    path("visits/<int:pk>/resume/", rounds.visit_resume, name="visit_resume"),
]
