"""Addresses of this room."""

from __future__ import annotations

from django.urls import URLPattern, path

from .views import agreements, celebrations, groups, maps, meetings, members, planner, policy

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
    path("scholen/<int:pk>/schoolplan/doelen/", policy.plan_line_goals, name="plan_line_goals"),
    path("groepen/<int:pk>/kaart/", maps.group_map, name="group_map"),
    path("groepen/<int:pk>/kaart/meedoen/", maps.join_map, name="join_map"),
    path("groepen/<int:pk>/kaart/terugnemen/", maps.leave_map, name="leave_map"),
    path("groepen/<int:pk>/kaart/maken/", maps.make_map, name="make_map"),
    path("groepen/<int:pk>/kaart/nodig/", maps.map_needs, name="map_needs"),
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
]
