"""Addresses of intervision."""

from __future__ import annotations

from django.urls import URLPattern, path

from .views import cases, guiding, pages, writing

session_verbs = [
    ("meedoen", pages.join, "join"),
    ("start", guiding.start, "start"),
    ("verder", guiding.go_on, "go_on"),
    ("terug", guiding.go_back, "go_back"),
    ("ongedaan", guiding.undo, "undo"),
    ("klok", guiding.pause, "pause"),
    ("meer-tijd", guiding.more_time, "more_time"),
    ("verdeel-tijd", guiding.spread_time, "spread_time"),
    ("toon-alles", guiding.show_all, "show_all"),
    ("volgende-tip", guiding.next_tip, "next_tip"),
    ("volgende-spreker", guiding.pass_turn, "pass_turn"),
    ("kies/<int:card>", guiding.choose, "choose"),
    ("een-laptop", guiding.one_laptop, "one_laptop"),
    ("rol", guiding.set_role, "set_role"),
    ("rol/antwoord", guiding.accept_role, "accept_role"),
    ("overnemen", guiding.take_over_role, "take_over"),
    ("mondeling-akkoord/<int:member>", guiding.agreed_aloud, "agreed_aloud"),
    ("akkoord", guiding.agree, "agree_in_session"),
    ("gast", guiding.ask_guest, "ask_guest"),
    ("niet-doorgaan", guiding.cancel, "cancel_session"),
    ("schrijf", writing.write, "write"),
    ("klaar", writing.ready, "ready"),
    ("stem/<int:card>", writing.cast_vote, "vote"),
    ("vraag", writing.question, "question"),
    ("hypothese", writing.hypothesis, "hypothesis"),
    ("hypothese/<int:card>", writing.pick_hypothesis, "pick_hypothesis"),
    ("merk/<int:card>", writing.mark, "mark"),
    ("pap", writing.make_plan, "make_plan"),
    ("geleerd", writing.learn, "learn"),
    ("drie-tikken", writing.tap, "tap"),
    ("terugblik/<int:row>", writing.look_back, "look_back"),
]

urlpatterns: list[URLPattern] = [
    path("bijeenkomst/<int:pk>/sessie/", pages.open_session, name="open_session"),
    path("bijeenkomst/<int:pk>/casus/", cases.case, name="case"),
    path("casus/<int:pk>/weg/", cases.delete_case, name="delete_case"),
    path("sessie/<int:pk>/", pages.session, name="session"),
    path("sessie/<int:pk>/mijn/", pages.mine, name="mine"),
    path("sessie/<int:pk>/digibord/", pages.board, name="board"),
    path("sessie/<int:pk>/qr.svg", pages.qr, name="session_qr"),
    path("sessie/<int:pk>/stap/<int:order>/", pages.earlier, name="earlier"),
    path("sessie/<int:pk>/actieplan/", pages.late_plan, name="late_plan"),
    path("sessie/<int:pk>/intrekken/", cases.withdraw, name="withdraw"),
    path("kaart/<int:pk>/weg/", writing.remove_card, name="remove_card"),
    path("gast/<int:pk>/akkoord/", guiding.accept_guest, name="accept_guest"),
    *(path(f"sessie/<int:pk>/{address}/", view, name=name) for address, view, name in session_verbs),
]
