"""Addresses of this room."""

from __future__ import annotations

from django.urls import URLPattern, path

from .views import agreements, celebrations, groups, meetings, members, plan_reviews, plan_support, planner

urlpatterns: list[URLPattern] = [
    path("groepen/", groups.my_groups, name="my_groups"),
    path("scholen/<int:pk>/groepen/", groups.school_groups, name="school_groups"),
    path("scholen/<int:pk>/groepen/nieuw/", groups.new_group, name="new_group"),
    path("groepen/<int:pk>/", groups.group, name="group"),
    path("groepen/<int:pk>/naam/", groups.rename_group, name="rename_group"),
    path("groepen/<int:pk>/erbij/", members.propose_member, name="propose_member"),
    path("groepslid/<int:pk>/welkom/", members.welcome_member, name="welcome_member"),
    path("groepslid/<int:pk>/van-tot/", members.member_dates, name="member_dates"),
    path("groepslid/<int:pk>/eruit/", members.end_membership, name="end_membership"),
    path("groepen/<int:pk>/afspraak/", agreements.agreement_history, name="agreement_history"),
    path("groepen/<int:pk>/afspraak/wijzigen/", agreements.change_agreement, name="change_agreement"),
    path(
        "groepen/<int:pk>/afspraak/<int:version>/akkoord/",
        agreements.accept_agreement,
        name="accept_agreement",
    ),
    path("portfolio/<int:pk>/muur/", celebrations.celebrate, name="celebrate"),
    path("muur/<int:pk>/weg/", celebrations.take_back_celebration, name="take_back_celebration"),
    path("groepen/<int:pk>/bijeenkomst/", meetings.plan_meeting, name="plan_meeting"),
    path("bijeenkomst/<int:pk>/", meetings.meeting, name="meeting"),
    path("bijeenkomst/<int:pk>/wijzigen/", meetings.change_meeting, name="change_meeting"),
    path("bijeenkomst/<int:pk>/afzeggen/", meetings.cancel_meeting, name="cancel_meeting"),
    path("bijeenkomst/<int:pk>/gehouden/", meetings.hold_meeting, name="hold_meeting"),
    path("bijeenkomst/<int:pk>/toch-door/", meetings.restore_meeting, name="restore_meeting"),
    path("bijeenkomst/<int:pk>/uit-concept/", planner.drop_meeting, name="drop_meeting"),
    path("scholen/<int:pk>/jaarplanning/", planner.planner, name="planner"),
    path("scholen/<int:pk>/jaarplanning/reeks/", planner.plan_series, name="plan_series"),
    path("scholen/<int:pk>/jaarplanning/publiceren/", planner.publish_plan, name="publish_plan"),
    path("scholen/<int:pk>/jaarplanning/terugzetten/", planner.put_back_meeting, name="put_back_meeting"),
    path("bijeenkomst/<int:pk>/ik-kan-niet/", meetings.cannot_come, name="cannot_come"),
    path("bijeenkomst/<int:pk>/ik-kan-toch/", meetings.can_come, name="can_come"),
    path("scholen/<int:pk>/gops/", plan_reviews.plan_queue, name="plan_queue"),
    path("gop-versie/<int:pk>/", plan_reviews.plan_version, name="plan_version"),
    path(
        "gop-versie/<int:pk>/verschil/<int:other>/",
        plan_reviews.plan_version_difference,
        name="plan_version_difference",
    ),
    path("gop-versie/<int:pk>/pdf/", plan_reviews.plan_version_pdf, name="plan_version_pdf"),
    path(
        "gop-versie/<int:pk>/verschil/<int:other>/pdf/",
        plan_reviews.plan_version_difference_pdf,
        name="plan_version_difference_pdf",
    ),
    path("gop-versie/<int:pk>/reactie/", plan_reviews.plan_react, name="plan_react"),
    path("gop-versie/<int:pk>/opmerking/", plan_reviews.plan_comment, name="plan_comment"),
    path("gop-opmerking/<int:pk>/terug/", plan_reviews.take_back_comment, name="take_back_comment"),
    path("gop-versie/<int:pk>/toezegging/", plan_support.plan_promise, name="plan_promise"),
    path("gop-toezegging/<int:pk>/wijzigen/", plan_support.change_promise, name="change_promise"),
    path("gop-toezegging/<int:pk>/intrekken/", plan_support.withdraw_promise, name="withdraw_promise"),
]
