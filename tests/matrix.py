"""Who may open what, at home and elsewhere? The declared matrix; `test_matrix.py` walks all of it.

One line declares routes that the same people may open: their names, who, and what differs. To add a
route, write its name into the line of those who may open it; where its address has a number, say of
which row (`of=`, an attribute of `matrix_world.Side`); what stands behind the question mark is `"?"`. *Own* means: in the person's own unit, group
or item; *foreign*: in another one. People of the county's offices are at home everywhere.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from jixiao.access.models import Account
from jixiao.access.permissions import Role
from tests.matrix_world import Side

Roles = frozenset[Role]
Arguments = Callable[[Side, Account], dict[str, Any]]

EVERYBODY = frozenset(Role)
SYSTEM, SECURITY = frozenset({Role.SYSTEM_ADMIN}), frozenset({Role.SECURITY_ADMIN})
AUDIT, HEAD = frozenset({Role.AUDIT_ADMIN}), frozenset({Role.OFFICE_HEAD})
BUSINESS = EVERYBODY - SYSTEM - SECURITY - AUDIT
OFFICE = HEAD | {Role.OFFICE}
PERSONNEL = frozenset({Role.PERSONNEL})
COUNTY = OFFICE | {Role.LEADER, Role.ASSESSOR}
UNIT = frozenset({Role.GROUP_CONTACT, Role.UNIT_LEAD, Role.LIAISON})
"""Who deals with a unit's own matters: within it or within its group."""
SIGNS = frozenset({Role.UNIT_LEAD, Role.LIAISON})
ASSESSORS = frozenset({Role.ASSESSOR})
KEEPERS = frozenset({Role.ITEM_KEEPER})
SEES_UNITS = BUSINESS | SYSTEM | SECURITY
SEES_MARKS = OFFICE | {Role.LEADER}
SEES_RESULTS = SEES_MARKS | PERSONNEL
IN_CHARGE = OFFICE | PERSONNEL
"""Who sees the tables of people's grades of every unit."""
NOBODY: Roles = frozenset()

TO_SIGN_IN, UNKNOWN, ASKS_FOR_TOKEN = 302, 404, 401
DONE_OR_REFUSED = (200, 409, 422)
"""What programs get who may do it: done, or refused by the rules; never for lack of permission."""


@dataclass(frozen=True)
class Route:
    """One address: who opens it in the own and in a foreign place, and what each of them gets."""

    own: Roles
    foreign: Roles
    arguments: Arguments
    method: str
    opens: tuple[int, ...]
    shut: tuple[int, ...]
    outside: int


ROUTES: dict[str, Route] = {}
WRITES: dict[str, Route] = {}
"""By the action's name; the interface for programs has one address for each."""


def routes(
    names: str,
    own: Roles,
    *,
    foreign: Roles | None = None,
    of: "str | Arguments | None" = None,
    method: str = "GET",
    **answers: Any,
) -> None:
    """Declare the routes ``names``; without ``foreign`` the place makes no difference."""
    for name in names.split():
        assert name not in ROUTES, f"{name} is declared twice"
        ROUTES[name] = Route(
            own, own if foreign is None else foreign, _arguments(of), method,
            _several(answers.get("opens", 302 if method == "POST" else 200)),
            _several(answers.get("shut", 403)), answers.get("outside", TO_SIGN_IN),
        )  # fmt: skip


def writes(names: str, own: Roles, *, foreign: Roles | None = None) -> None:
    """Declare actions, as programs call them."""
    for name in names.split():
        foreign_too = own if foreign is None else foreign
        WRITES[name] = Route(
            own, foreign_too, _arguments(None), "POST", DONE_OR_REFUSED, (403,), ASKS_FOR_TOKEN
        )


def _several(statuses: "int | tuple[int, ...]") -> tuple[int, ...]:
    return statuses if isinstance(statuses, tuple) else (statuses,)


def _arguments(of: "str | Arguments | None") -> Arguments:
    if of is None:
        return lambda _side, _who: {}
    if isinstance(of, str):
        return lambda side, _who: {"pk": getattr(side, of).pk}
    return of


def number(of: str) -> Arguments:
    """The address calls the row's number ``number``."""
    return lambda side, _who: {"number": getattr(side, of).pk}


# A table: one line a kind of address.
# fmt: off
# ── Signing in and one's own account ────────────────────────────────────────────────────────
routes("account_login", EVERYBODY, opens=302, outside=200)
routes("mfa_login_webauthn", EVERYBODY, opens=302)
routes("mfa_authenticate", EVERYBODY, opens=302)
routes("account_inactive socialaccount_login_cancelled", EVERYBODY, outside=200)
routes("openid_connect_login openid_connect_callback", NOBODY, of=lambda *_: {"provider_id": "gov"}, shut=UNKNOWN, outside=UNKNOWN)
routes("account_logout", EVERYBODY)
routes("account_security mfa_index mfa_list_webauthn account_change_password", EVERYBODY)
routes("account_reauthenticate mfa_activate_totp mfa_add_webauthn token_new", EVERYBODY)
routes("mfa_reauthenticate mfa_reauthenticate_webauthn", EVERYBODY, opens=302)
routes("mfa_generate_recovery_codes", EVERYBODY, opens=200)
routes("mfa_view_recovery_codes mfa_deactivate_totp", NOBODY, shut=UNKNOWN)
routes("mfa_edit_webauthn mfa_remove_webauthn", NOBODY, of=lambda *_: {"pk": 1}, shut=UNKNOWN)
routes("token_revoke", EVERYBODY, foreign=NOBODY, of=lambda side, who: {"pk": side.token_of(who).pk}, method="POST", shut=UNKNOWN)

# ── Home ────────────────────────────────────────────────────────────────────────────────────
routes("home search help standing_in", EVERYBODY)
routes("stand_in", NOBODY, of="delegation", shut=UNKNOWN)
routes("stand_back", EVERYBODY, method="POST")

# ── The three administrators ────────────────────────────────────────────────────────────────
routes("accounts account_open", SYSTEM)
routes("account account_disable account_enable account_reset", SYSTEM, of="account")
routes("grants grants_before locked", SECURITY)
routes("grant second_factor_reset", SECURITY, of="account")
routes("unlock", SECURITY, of="account", method="POST")
routes("grant_end", SECURITY, of="grant")
routes("audit_entries audit_verify audit_export", AUDIT)
routes("audit_entry", AUDIT, of="event")
routes("audit_day", AUDIT, of=lambda *_: {"day": "2026-01-31"})
routes("audit_person", AUDIT, of=lambda side, _: {"person": side.account.pk})
routes("audit_row", AUDIT, of=lambda *_: {"row": "org.unit:1"})
routes("register roles", EVERYBODY)
writes("access.open_account access.disable_account access.enable_account access.reset_password", SYSTEM)
writes("access.unlock_account access.reset_second_factor access.grant_role access.end_grant", SECURITY)
writes("access.change_password access.make_token access.revoke_token", EVERYBODY)

# ── The year ────────────────────────────────────────────────────────────────────────────────
routes("cycle", EVERYBODY)
routes("cycle_plan", OFFICE)
routes("stage_change", OFFICE, of="stage")
writes("periods.plan_cycle periods.change_stage", OFFICE)

# ── Units and people ────────────────────────────────────────────────────────────────────────
routes("units units_below units_villages units_closed unit_tree units_on people people_gone", SEES_UNITS)
routes("stability conditions reorganizations", SEES_UNITS)
routes("units_on_day", SEES_UNITS, of=lambda *_: {"day": "2026-01-31"})
routes("unit unit_people unit_history", SEES_UNITS, of=number("unit"))
routes("person", SEES_UNITS, of=number("person"))
routes("merge unit_found person_add org_workbook org_imports", OFFICE)
routes("unit_rename unit_move unit_classify unit_split unit_close alias_add", OFFICE, of=number("unit"))
routes("alias_end", OFFICE, of=number("alias"))
routes("person_change person_account person_leave post_add", OFFICE, of=number("person"))
routes("post_end", OFFICE, of=number("post"))
routes("org_import", OFFICE, of=number("org_import"))
routes("org_import_drop", OFFICE, of=number("org_import"), method="POST")
routes("duty_add delegation_add", OFFICE | UNIT, foreign=OFFICE, of=number("unit"))
routes("duty_end", OFFICE | UNIT, foreign=OFFICE, of=number("duty"))
routes("delegation_end", OFFICE | UNIT, foreign=OFFICE, of=number("delegation"))
routes("condition", OFFICE | UNIT, foreign=OFFICE, of=lambda side, _: {"number": side.unit.pk, "kind": "office"})
writes("org.assign_duty org.end_duty org.delegate org.end_delegation", OFFICE | UNIT, foreign=OFFICE)
writes("org.record_condition org.check_condition", OFFICE | UNIT, foreign=OFFICE)
writes("org.add_person org.change_person org.link_account org.leave org.appoint org.end_post", OFFICE)
writes("org.hand_in_workbook org.apply_workbook org.drop_workbook", OFFICE)
writes("org.found_unit org.rename_unit org.move_unit org.classify_unit org.add_alias org.end_alias", OFFICE)
writes("org.merge_units org.unite_units org.split_unit org.close_unit org.dissolve_unit", OFFICE)

# ── Notices and opinions ────────────────────────────────────────────────────────────────────
routes("notices", BUSINESS - PERSONNEL)
routes("notice_send", OFFICE)
routes("notice", COUNTY, of="notice")
routes("receipt", COUNTY | UNIT | {Role.CADRE}, foreign=COUNTY, of="receipt")
routes("receipt_read", COUNTY | UNIT | {Role.CADRE}, foreign=COUNTY, of="receipt", method="POST", opens=204)
routes("receipt_sign", SIGNS, foreign=NOBODY, of="receipt", method="POST")
routes("opinions opinions_mine opinions_published opinion_write", EVERYBODY)
routes("opinion", EVERYBODY, foreign=OFFICE, of=lambda side, who: {"pk": side.opinion_of(who).pk}, shut=UNKNOWN)
routes("opinion_see", EVERYBODY, foreign=OFFICE, of=lambda side, who: {"pk": side.opinion_of(who).pk}, method="POST", shut=UNKNOWN)
routes("opinion_publish", OFFICE, of=lambda side, who: {"pk": side.opinion_of(who).pk}, method="POST")
routes("opinion_withdraw", OFFICE, of=lambda side, who: {"pk": side.opinion_of(who).pk})
writes("notices.write_opinion notices.see_answer", EVERYBODY)
writes("notices.answer_opinion notices.publish_opinion notices.withdraw_opinion notices.send_notice", OFFICE)
writes("notices.read_notice", COUNTY | UNIT | {Role.CADRE}, foreign=COUNTY)
writes("notices.acknowledge", SIGNS, foreign=NOBODY)

# ── Schemes ─────────────────────────────────────────────────────────────────────────────────
routes("schemes", BUSINESS)
routes("scheme scheme_compare", BUSINESS, of="published")
routes("scheme_file", BUSINESS, of=lambda side, _: {"pk": side.published.pk, "form": "yaml"})
routes("scheme_start", OFFICE)
routes("scheme_edit scheme_import", OFFICE, of="draft")
routes("scheme_simulate", OFFICE, of="draft")
routes("scheme_preview", OFFICE, of="draft", method="POST", opens=200)
routes("scheme_move scheme_remove scheme_keep scheme_replace", OFFICE, of="draft", method="POST", opens=(302, 200))
routes("scheme_submit scheme_discard scheme_amend", OFFICE, of="draft", method="POST", opens=(302, 200))
routes("scheme_send_back scheme_approve scheme_publish", HEAD, of="draft", method="POST", opens=(302, 200))
writes("schemes.start_draft schemes.amend schemes.change_part schemes.add_part schemes.move_part", OFFICE)
writes("schemes.remove_part schemes.replace_document schemes.keep_remark schemes.submit schemes.discard", OFFICE)
writes("schemes.send_back schemes.approve schemes.publish", HEAD)

# ── Rectification ───────────────────────────────────────────────────────────────────────────
routes("cases case_themes reminders", COUNTY | UNIT)
routes("case_raise", OFFICE | ASSESSORS)
routes("case", COUNTY | UNIT, foreign=COUNTY, of="case")
routes("proof", COUNTY | UNIT, foreign=COUNTY, of="proof")
routes("case_plan case_prove", SIGNS, foreign=NOBODY, of="case", method="POST", opens=(302, 200))
routes("case_verify case_send_back case_recheck case_relapse case_withdraw", OFFICE | ASSESSORS, of="case", method="POST", opens=(302, 200))
routes("case_extend", OFFICE, of="case", method="POST", opens=(302, 200))
routes("reminder_send", OFFICE)
routes("reminder reminder_paper", COUNTY | UNIT, foreign=COUNTY, of="reminder")
routes("reminder_reply", SIGNS, foreign=NOBODY, of="reminder", method="POST", opens=(302, 200))
routes("reminder_return reminder_settle", OFFICE, of="reminder", method="POST", opens=(302, 200))
writes("rectification.raise_case rectification.verify rectification.send_back rectification.recheck", OFFICE | ASSESSORS)
writes("rectification.relapse rectification.withdraw", OFFICE | ASSESSORS)
writes("rectification.extend rectification.send_reminder", OFFICE)
writes("rectification.send_back_reply rectification.settle_reminder", OFFICE)
writes("rectification.report_plan rectification.report_proof rectification.reply_reminder", SIGNS, foreign=NOBODY)

# ── Grades of people ────────────────────────────────────────────────────────────────────────
routes("grades", BUSINESS, opens=(200, 302))
routes("my_grades", BUSINESS)
routes("grade_open", PERSONNEL)
routes("grade_campaign", IN_CHARGE | SIGNS, foreign=IN_CHARGE, of="campaign", opens=(200, 302), shut=(403, 404))
routes("grade_above grade_above_book", PERSONNEL, of="campaign")
routes("grade_table grade_book", IN_CHARGE | SIGNS, foreign=IN_CHARGE, of="unittable")
routes("grade_fill grade_submit grade_notify", SIGNS, foreign=NOBODY, of="unittable", method="POST", opens=(302, 422))
routes("grade_publicize grade_approve grade_close grade_send_back", PERSONNEL, of="unittable", method="POST", opens=(302, 422))
routes("grade_raise_share grade_keep_basis", PERSONNEL, of="unittable", method="POST", opens=(302, 422))
routes("grade_take_in", SIGNS, foreign=NOBODY, of="unittable")
routes("grade_notice", IN_CHARGE | SIGNS | {Role.CADRE}, foreign=IN_CHARGE, of="unittable")
routes("grade_settle", PERSONNEL, of="grade_objection")
routes("grade", BUSINESS, foreign=IN_CHARGE, of=lambda side, who: {"pk": side.grade_of(who).pk})
routes("grade_letter", BUSINESS, foreign=IN_CHARGE, of=lambda side, who: {"pk": side.grade_of(who).pk, "?": {"form": "docx"}})
routes("grade_sign grade_review", BUSINESS, foreign=NOBODY, of=lambda side, who: {"pk": side.grade_of(who).pk})
routes("grade_withdraw", BUSINESS, foreign=NOBODY, of=lambda side, who: {"pk": side.grade_review_of(who).pk}, method="POST")
routes("grade_witness grade_second grade_propose", SIGNS, foreign=NOBODY, of="grade")
routes("grade_decide", PERSONNEL, of="gradereview")
writes("grades.open_campaign grades.publicize_table grades.approve_table grades.send_back_table", PERSONNEL)
writes("grades.raise_share grades.keep_basis grades.close_table grades.take_from_above", PERSONNEL)
writes("grades.decide_review grades.settle_objection", PERSONNEL)
writes("grades.fill_table grades.take_in grades.second_person grades.submit_table", SIGNS, foreign=NOBODY)
writes("grades.grade_seconded grades.notify_people grades.witness_grade", SIGNS, foreign=NOBODY)
writes("grades.object_grades", IN_CHARGE | SIGNS | {Role.CADRE}, foreign=IN_CHARGE)
writes("grades.sign_grade grades.apply_review grades.withdraw_review", NOBODY)  # the row is somebody else's

# ── Assessment on site: rounds, teams, ties, draws, the plan ────────────────────────────────
routes("rounds", COUNTY | UNIT)
routes("round teams schedule schedule_workbook schedule_calendar draws", COUNTY, of="round")
routes("draw draw_file", COUNTY, of="draw")
routes("visits_mine_calendar", ASSESSORS)
routes("ties tie_declare", OFFICE | ASSESSORS)
routes("tie_end", OFFICE | ASSESSORS, foreign=OFFICE, of="tie", shut=(403, 404))
routes("round_plan", OFFICE)
routes("round_reopen round_change round_drop round_add team_form teams_assign schedule_fill draw_commit", OFFICE, of="round")
routes("round_open round_close schedule_announce", OFFICE, of="round", method="POST")
routes("team_rename seat_add", OFFICE, of="team")
routes("team_drop", OFFICE, of="team", method="POST")
routes("seat_remove seat_head", OFFICE, of="seat", method="POST")
routes("visit_team visit_schedule visit_excuse visit_resume", OFFICE, of="visit")
routes("draw_do", OFFICE, of="draw")
writes("visits.form_team visits.rename_team visits.drop_team visits.add_seat visits.remove_seat visits.set_head", OFFICE)
writes("visits.assign_teams visits.assign_team visits.commit_draw visits.draw_units", OFFICE)
writes("visits.change_round visits.drop_round", OFFICE)
writes("visits.plan_days visits.schedule_visit visits.announce_visits", OFFICE)
writes("visits.declare_tie", OFFICE)  # for somebody else; an assessor only for himself
writes("visits.end_tie", OFFICE | ASSESSORS, foreign=OFFICE)
writes("visits.plan_round visits.add_units visits.open_round visits.close_round visits.reopen_round", OFFICE)
writes("visits.excuse_unit visits.resume_unit", OFFICE)

# ── Assessment on site: records without network ─────────────────────────────────────────────
routes("onsite onsite_worker onsite_day", ASSESSORS)
routes("onsite_sync onsite_files", ASSESSORS, method="POST", opens=422)
routes("onsite_piece", ASSESSORS, foreign=NOBODY, of=lambda side, _: {"key": side.attachment.key}, method="POST", opens=405)
routes("onsite_file", OFFICE | {Role.LEADER, Role.ASSESSOR}, foreign=SEES_MARKS, of=lambda side, _: {"key": side.kept_file.key})
writes("visits.save_entries visits.settle_record", ASSESSORS, foreign=NOBODY)
writes("visits.note_finding visits.announce_file visits.take_piece visits.drop_file", ASSESSORS, foreign=NOBODY)

# ── Assessment on site: feedback, confirmation, corrections, self-marks ─────────────────────
routes("my_visits", ASSESSORS)
routes("visit", COUNTY | UNIT, foreign=SEES_MARKS, of="visit")
routes("visit_record", COUNTY, foreign=SEES_MARKS, of=lambda side, _: {"pk": side.visit.pk, "code": "1.2"})
routes("visit_sheet", COUNTY, foreign=SEES_MARKS, of=lambda side, _: {"pk": side.visit.pk, "form": "docx"})
routes("visit_feed_back visit_confirm visit_close", ASSESSORS, foreign=NOBODY, of="visit", method="POST")
routes("visit_take_back", ASSESSORS, foreign=NOBODY, of="visit")
routes("visit_settle", ASSESSORS, foreign=NOBODY, of="record", method="POST")
routes("visit_agree self_marks", SIGNS, foreign=NOBODY, of="visit")
routes("visit_unsigned", OFFICE, of="visit")
routes("visit_correct", OFFICE, of="record")
writes("visits.feed_back visits.take_back visits.confirm visits.close_visit", ASSESSORS, foreign=NOBODY)
writes("visits.confirm_for_unit visits.give_self_marks", SIGNS, foreign=NOBODY)
writes("visits.close_unsigned visits.correct_record", OFFICE)

# ── Assessment on site: data provided, marks flowing on, scales of raters ───────────────────
routes("data_items", OFFICE | KEEPERS)
routes("data_item data_workbook", OFFICE | KEEPERS, of=lambda side, _: {"number": side.told_round.pk, "code": "1.1"})
routes("round_summary round_sheet", SEES_MARKS, of=number("round"))
routes("round_raters", OFFICE, of=number("round"))
routes("round_adjust", HEAD, of=number("round"))
routes("adjustment_revoke", HEAD, of=number("adjustment"))
writes("visits.provide_data", OFFICE)
writes("visits.adopt_adjustment visits.revoke_adjustment", HEAD)

# ── Internal appraisal ──────────────────────────────────────────────────────────────────────
routes("quarters", SEES_MARKS | UNIT)
routes("quarter_open", OFFICE)
routes("quarter", SEES_MARKS, of="quarter")
routes("quarter_close", OFFICE, of="quarter", method="POST")
routes("quarter_report", SEES_MARKS | UNIT, foreign=SEES_MARKS, of=lambda side, _: {"pk": side.report.quarter_id, "unit": side.unit.pk})
routes("report_return", OFFICE, of=lambda side, _: {"pk": side.report.quarter_id, "unit": side.unit.pk})
writes("appraisals.open_quarter appraisals.return_report appraisals.close_quarter", OFFICE)
writes("appraisals.report_quarter", SIGNS, foreign=NOBODY)

# ── Ratings ─────────────────────────────────────────────────────────────────────────────────
routes("polls", SEES_MARKS | UNIT)
routes("poll", SEES_MARKS, of="poll")
routes("poll_plan", OFFICE)
routes("poll_new", OFFICE, of=lambda side, _: {"pk": side.poll.version_of_id, "code": "1"})
routes("poll_open poll_close poll_accept", OFFICE, of="poll", method="POST")
routes("poll_extend poll_withdraw poll_codes poll_papers", OFFICE, of="poll")
routes("papers papers_drop", OFFICE, of="paperbatch")
routes("papers_check", OFFICE, of="paperbatch", method="POST")
routes("rating_vote", SIGNS, foreign=NOBODY, of="rater", shut=(403, 404))
routes("rating_result", SEES_MARKS | UNIT, foreign=SEES_MARKS, of="rated")
routes("rate rate_thanks", EVERYBODY, outside=200)
writes("ratings.plan_poll ratings.open_poll ratings.extend_poll ratings.close_poll ratings.accept_poll", OFFICE)
writes("ratings.withdraw_poll ratings.make_codes ratings.enter_papers ratings.check_papers ratings.drop_papers", OFFICE)
writes("ratings.vote", SIGNS | {Role.LEADER}, foreign=frozenset({Role.LEADER}))  # refused to leaders by the rules
# ── Matters that add or take points ─────────────────────────────────────────────────────────
routes("matters", SEES_MARKS | UNIT)
routes("matters_noticed", EVERYBODY)
routes("matter", SEES_MARKS | UNIT, foreign=SEES_MARKS, of="matter")
routes("matter_file", SEES_MARKS | UNIT, foreign=SEES_MARKS, of="evidence")
routes("matter_apply", OFFICE | SIGNS, of="adjusted")
routes("matter_change", OFFICE | SIGNS, foreign=OFFICE, of="matter")
routes("matter_withdraw matter_answer", OFFICE | SIGNS, foreign=OFFICE, of="matter", method="POST", opens=(302, 200))
routes("matters_import matters_blank", OFFICE, of="adjusted")
routes("matter_check matter_notice matter_file_sign matter_send_back matter_reject matter_restore", OFFICE, of="matter", method="POST", opens=(302, 200))
routes("matter_sign", HEAD | {Role.LEADER}, of="matter", method="POST", opens=(302, 200))
routes("matter_object", EVERYBODY, of="matter", method="POST")
routes("objection_answer", OFFICE, of="matter_objection", method="POST")
writes("events.apply_matter events.change_matter events.answer_matter events.withdraw_matter", OFFICE | SIGNS, foreign=OFFICE)
writes("events.import_matters events.check_matter events.put_on_notice events.file_signature", OFFICE)
writes("events.send_back_matter events.reject_matter events.restore_points events.answer_objection", OFFICE)
writes("events.sign_matter", HEAD | {Role.LEADER})
writes("events.raise_objection", EVERYBODY)

# ── Results ─────────────────────────────────────────────────────────────────────────────────
routes("results", BUSINESS)
routes("result", BUSINESS, of="result")
routes("results_kept result_load", OFFICE)
routes("result_way", OFFICE, of="result")
routes("result_notify result_publish result_discard result_rescore", OFFICE, of="result", method="POST", opens=(302, 200))
routes("result_review result_send_back result_approve result_revoke result_adopt", HEAD, of="result", method="POST", opens=(302, 200))
routes("result_workbook", SEES_RESULTS, of="result", shut=(403, 404))
routes("result_unit", SEES_RESULTS | UNIT, foreign=SEES_RESULTS, of=lambda side, _: {"pk": side.result.pk, "unit": side.unit.pk})
routes("result_item", SEES_RESULTS | UNIT,
    foreign=SEES_RESULTS, shut=(403, 404), of=lambda side, _: {"pk": side.result.pk, "unit": side.unit.pk, "code": "1.1"})
routes("rounds_score rounds_sheet", OFFICE, of="published")
routes("reviews", SEES_MARKS | UNIT)
routes("review", SEES_MARKS | UNIT, foreign=SEES_MARKS, of="review")
routes("review_file", SEES_MARKS | UNIT, foreign=SEES_MARKS, of="review_file")
routes("review_apply", SIGNS, foreign=NOBODY, of=lambda side, _: {"pk": side.result.pk, "unit": side.unit.pk})
routes("review_take", OFFICE, of=lambda side, _: {"pk": side.result.pk, "unit": side.unit.pk})
routes("review_appeal review_withdraw", SIGNS, foreign=NOBODY, of="review", method="POST", opens=(302, 422))
routes("review_decide", OFFICE, of="review", method="POST", opens=(302, 422))
routes("review_register", HEAD, of="review", method="POST", opens=(302, 422))
writes("results.apply_review results.appeal_decision results.withdraw_review", SIGNS, foreign=NOBODY)
writes("results.take_late_review results.decide_review results.rescore", OFFICE)
writes("results.register_appeal", HEAD)
routes("result_analysis", SEES_RESULTS, of="result", shut=(403, 404))
routes("pasts", BUSINESS)
routes("past", BUSINESS, of="pastresult")
routes("past_enter past_template", OFFICE)
routes("past_correct past_reopen past_withdraw", OFFICE, of="pastresult")
routes("past_confirm", OFFICE, of="pastresult", method="POST")
writes("results.load_result results.score_rounds results.notify_units results.publish_result results.discard_result", OFFICE)
writes("results.enter_past results.correct_past results.confirm_past results.reopen_past results.withdraw_past", OFFICE)
writes("results.review_result results.send_back_result results.approve_result results.revoke_approval results.adopt_result", HEAD)

# ── Bulletins ───────────────────────────────────────────────────────────────────────────────
routes("bulletins bulletins_issued", BUSINESS)
routes("bulletin_read bulletin_file", BUSINESS, foreign=SEES_RESULTS, of="bulletin", shut=(403, 404))
routes("public_bulletins", EVERYBODY, outside=200)
routes("public_bulletin public_file", EVERYBODY, of="public_bulletin", outside=200)
routes("bulletin_start bulletin_templates template_make", OFFICE)
routes("bulletin bulletin_frame bulletin_audience bulletin_paper bulletin_return", OFFICE, of="bulletin_draft")
routes("bulletin_redraft", OFFICE, of="bulletin")
routes("bulletin_block bulletin_arrange bulletin_keep", OFFICE, of="bulletin_draft", method="POST", opens=(302, 422))
routes("bulletin_submit bulletin_issue bulletin_discard", OFFICE, of="bulletin_draft", method="POST", opens=(302, 422))
routes("bulletin_send_back bulletin_sign_off bulletin_recall bulletin_withdraw", HEAD, of="bulletin_draft", method="POST", opens=(302, 422))
routes("bulletin_template bulletin_template_frame", OFFICE, of="bulletin_template")
routes("bulletin_template_block bulletin_template_arrange bulletin_template_retire", OFFICE, of="bulletin_template", method="POST", opens=(302, 422))
writes("bulletins.start_bulletin bulletins.redraft_bulletin bulletins.rewrite_bulletin bulletins.set_audience bulletins.take_back_docx", OFFICE)
writes("bulletins.keep_reminder bulletins.submit_bulletin bulletins.issue_bulletin bulletins.discard_bulletin", OFFICE)
writes("bulletins.send_back_bulletin bulletins.sign_off_bulletin bulletins.recall_bulletin bulletins.withdraw_bulletin", HEAD)
writes("bulletins.make_template bulletins.rewrite_template bulletins.retire_template", OFFICE)
# ── Consequences ────────────────────────────────────────────────────────────────────────────
routes("consequences", SEES_RESULTS | UNIT, opens=(200, 302))
routes("consequences_of", SEES_RESULTS, of="result")
routes("consequences_draw", OFFICE, of="result")
routes("listing listing_paper", SEES_RESULTS, of="listing")
routes("listing_amount", OFFICE, of="listing")
routes("unit_consequences", SEES_RESULTS | UNIT, foreign=SEES_RESULTS, of="unit")
routes("measures measure_write", OFFICE)
routes("measure measure_end", OFFICE, of="measure")
routes("measure_approve", OFFICE, of="measure", method="POST")
routes("decisions", OFFICE | PERSONNEL, shut=(403, 404))
routes("decisions_mine", BUSINESS)
routes("decision_propose", OFFICE, of="listed_unit")
routes("decision", OFFICE | PERSONNEL, of="proposal", shut=(403, 404))
routes("decision_decide decision_again decision_tell", PERSONNEL, of="proposal", method="POST", opens=(302, 200))
routes("decision_withdraw", OFFICE, of="proposal", method="POST", opens=(302, 200))
routes("decision_paper", PERSONNEL, of="decided")
writes("consequences.draw_up consequences.set_amount consequences.propose_person consequences.withdraw_proposal", OFFICE)
writes("consequences.write_measure consequences.approve_measure consequences.end_measure", OFFICE)
writes("consequences.decide_person consequences.decide_again consequences.tell_person", PERSONNEL)

# ── The interface for programs ──────────────────────────────────────────────────────────────
routes("api_reference api_openapi", EVERYBODY)
routes("api_unknown", NOBODY, of=lambda *_: {"rest": "x"}, shut=UNKNOWN, outside=UNKNOWN)
routes("api_me api_tokens api_cycles api_opinions api_opinions_published", EVERYBODY, outside=ASKS_FOR_TOKEN)
routes("api_accounts", SYSTEM, outside=ASKS_FOR_TOKEN)
routes("api_grants", SECURITY, outside=ASKS_FOR_TOKEN)
routes("api_audit", AUDIT, outside=ASKS_FOR_TOKEN)
routes("api_units api_reorganizations api_duties api_delegations api_people api_posts api_conditions api_stability", SEES_UNITS, outside=ASKS_FOR_TOKEN)
routes("api_unit", SEES_UNITS, of="unit", outside=ASKS_FOR_TOKEN)
routes("api_workbooks api_opinions_waiting api_opinions_answered", OFFICE, outside=ASKS_FOR_TOKEN)
routes("api_schemes api_results api_pasts", BUSINESS, outside=ASKS_FOR_TOKEN)
routes("api_bulletins", BUSINESS, outside=ASKS_FOR_TOKEN)
routes("api_bulletin", BUSINESS, foreign=SEES_RESULTS, of="bulletin", shut=(403, 404), outside=ASKS_FOR_TOKEN)
routes("api_receipts", BUSINESS - PERSONNEL, outside=ASKS_FOR_TOKEN)
routes("api_notices", COUNTY, outside=ASKS_FOR_TOKEN)
routes("api_cases api_reminders", COUNTY | UNIT, outside=ASKS_FOR_TOKEN)
routes("api_case", COUNTY | UNIT, foreign=COUNTY, of="case", shut=(403, 404), outside=ASKS_FOR_TOKEN)
routes("api_polls", SEES_MARKS | UNIT, outside=ASKS_FOR_TOKEN)
routes("api_poll", SEES_MARKS, of="poll", shut=(403, 404), outside=ASKS_FOR_TOKEN)
routes("api_matters", SEES_MARKS | UNIT, outside=ASKS_FOR_TOKEN)
routes("api_matters_noticed", EVERYBODY, outside=ASKS_FOR_TOKEN)
routes("api_rounds", COUNTY, outside=ASKS_FOR_TOKEN)
routes("api_round_visits api_round_teams api_draws", COUNTY, of="round", outside=ASKS_FOR_TOKEN)
routes("api_round_gaps api_round_sheet", SEES_MARKS, of="round", outside=ASKS_FOR_TOKEN)
routes("api_my_visits", ASSESSORS, outside=ASKS_FOR_TOKEN)
routes("api_our_visits", COUNTY | UNIT, outside=ASKS_FOR_TOKEN)
routes("api_visit", COUNTY | UNIT, foreign=SEES_MARKS, of="visit", shut=(403, 404), outside=ASKS_FOR_TOKEN)
routes("api_scheme", BUSINESS, of="published", outside=ASKS_FOR_TOKEN)
routes("api_scheme_changes", BUSINESS, of=lambda side, _: {"pk": side.published.pk, "?": {"base": side.published.pk}}, outside=ASKS_FOR_TOKEN)
routes("api_notice_receipts", COUNTY, of="notice", shut=(403, 404), outside=ASKS_FOR_TOKEN)
routes("api_reviews", SEES_MARKS | UNIT, outside=ASKS_FOR_TOKEN)
routes("api_result_tiers", BUSINESS, of="result", outside=ASKS_FOR_TOKEN)
routes("api_past_tiers", BUSINESS, of="pastresult", outside=ASKS_FOR_TOKEN)
routes("api_result_analysis", SEES_RESULTS, of="result", shut=(403, 404), outside=ASKS_FOR_TOKEN)
routes("api_result_marks", SEES_RESULTS | UNIT, of="result", outside=ASKS_FOR_TOKEN)
routes("api_result_card api_result_why", SEES_RESULTS | UNIT,
    foreign=SEES_RESULTS, of=lambda side, _: {"pk": side.result.pk, "unit": side.unit.pk, "?": {"code": "1.1"}}, shut=(403, 404), outside=ASKS_FOR_TOKEN)
routes("api_consequences", SEES_RESULTS | UNIT, outside=ASKS_FOR_TOKEN)
routes("api_consequences_of_unit", SEES_RESULTS | UNIT, foreign=SEES_RESULTS, of="unit", shut=(403, 404), outside=ASKS_FOR_TOKEN)
routes("api_listing_entries", SEES_RESULTS, of="listing", shut=(403, 404), outside=ASKS_FOR_TOKEN)
# fmt: on
