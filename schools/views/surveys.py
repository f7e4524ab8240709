"""What it brings: planning a survey, answering it with a link, and what came out, added up."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from coaching.lib.access import allow, members, public
from coaching.lib.sheets import CSV_TYPE, csv_file
from coaching.lib.states import MoveRefused, StaleMove

from .. import surveys
from ..models import Board, ConsentKind, School, SurveyLink, SurveyWave, WaveState
from ..requests import MemberRequest, posted, told
from ..submissions import once
from ..survey_charts import Chart
from ..survey_forms import AnswerForm, LanguageAsked, PlanSurveyForm
from ..survey_items import SCALE
from ..survey_links import by_token, own_token
from ..survey_results import COLOURS, COLUMNS, Outcome, outcome_of, outcome_of_board, table_of
from ..switches import allows

# -- what came out -----------------------------------------------------------------------------------------


@allow(School, "has_as_member")
def survey_results(request: MemberRequest, school: School) -> HttpResponse:
    today = timezone.localdate()
    running = SurveyWave.objects.running(today).filter(school=school).select_related("school").first()
    planned = school.survey_waves.filter(state=WaveState.PLANNED)
    context = {
        "school": school,
        "agreed": allows(school, ConsentKind.SURVEYS),
        "running": running,
        "asks_me": running is not None and surveys.asks(running, request.user, today),
        "may_run": school.is_coordinated_by(request.user),
        "planned": planned,
        **shown(outcome_of(school)),
    }
    return render(request, "schools/surveys/results.html", context)


def shown(outcome: Outcome) -> dict[str, Any]:
    return {
        "outcome": outcome,
        "newest_first": outcome.rounds[::-1],
        "chart": Chart(outcome),
        "key": list(zip(COLOURS, COLUMNS, strict=True)),
    }


@allow(School, "has_as_member")
def survey_csv(request: MemberRequest, school: School) -> HttpResponse:
    """Of what the page shows, nothing else."""
    return download(outcome_of(school))


def download(outcome: Outcome) -> HttpResponse:
    reply = HttpResponse(csv_file(*table_of(outcome)), content_type=CSV_TYPE)
    reply["Content-Disposition"] = 'attachment; filename="wat-levert-het-op.csv"'
    return reply


@members
def board_surveys(request: MemberRequest) -> HttpResponse:
    """Of the boards that whoever asks directs today; for everybody else there is no such page."""
    found = [(board, outcome_of_board(board)) for board in boards_of(request)]
    context = {
        "parts": [(board, shown(outcome)) for board, outcome in found],
        "has_rounds": any(outcome.rounds for _board, outcome in found),
    }
    return render(request, "schools/surveys/board.html", context)


@members
def board_surveys_csv(request: MemberRequest) -> HttpResponse:
    rounds = [each for board in boards_of(request) for each in outcome_of_board(board).rounds]
    return download(Outcome(rounds))


def boards_of(request: MemberRequest) -> list[Board]:
    if not request.user.boards_now:
        raise Http404
    return request.user.boards_now


# -- planning ----------------------------------------------------------------------------------------------


@allow(School, "is_coordinated_by")
def plan_survey(request: MemberRequest, school: School) -> HttpResponse:
    form = PlanSurveyForm(posted(request))
    if form.is_valid():
        data = form.cleaned_data
        days = data["opens"], data["closes"]
        try:
            once(data["once_key"], lambda: surveys.plan(school, data["kind"], *days, timezone.now()))
        except MoveRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The survey is planned. Everybody gets the mail on its first day."))
            return redirect("survey_results", school.pk)
    asked = surveys.staff_asked(school, timezone.localdate()).count()
    return render(request, "schools/surveys/plan.html", {"school": school, "form": form, "asked": asked})


@allow(SurveyWave, "can_be_run_by")
@require_POST
def remind_survey(request: MemberRequest, wave: SurveyWave) -> HttpResponse:
    return done(request, wave, surveys.remind, _("Everybody gets the mail once more."))


@allow(SurveyWave, "can_be_run_by")
@require_POST
def close_survey(request: MemberRequest, wave: SurveyWave) -> HttpResponse:
    return done(request, wave, surveys.close, _("The survey is closed. What may be shown stands below."))


@allow(SurveyWave, "can_be_run_by")
@require_POST
def drop_survey(request: MemberRequest, wave: SurveyWave) -> HttpResponse:
    return done(request, wave, lambda wave, _at: surveys.drop(wave), _("The survey will not be held."))


def done(request: MemberRequest, wave: SurveyWave, verb: Any, words: str) -> HttpResponse:
    with told(request):
        verb(wave, timezone.now())
        messages.success(request, words)
    return redirect("survey_results", wave.school_id)


# -- answering ---------------------------------------------------------------------------------------------


@allow(SurveyWave)
@require_POST
def my_survey(request: MemberRequest, wave: SurveyWave) -> HttpResponse:
    """To one's own link, the same as in the mail. That somebody asked for it is noted nowhere."""
    if not surveys.asks(wave, request.user, timezone.localdate()):
        messages.info(request, _("This survey is not open for you. It may be closed, or you came later."))
        return redirect("survey_results", wave.school_id)
    return redirect("answer_survey", own_token(wave, request.user.pk))


@public
@never_cache
@sensitive_post_parameters()
def answer_survey(request: HttpRequest, token: str) -> HttpResponse:
    """No log-in, nothing kept on the way, and after it nothing but higher counts."""
    link = by_token(token)
    if link is None:
        return render(request, "schools/surveys/over.html", status=410)
    if request.method == "POST" and "switch" in request.POST:
        return in_other_language(request, link)
    form = AnswerForm(posted(request), number=link.wave.items)
    if form.is_valid():
        try:
            surveys.answer(link, form.answers, timezone.now())
        except StaleMove:
            return render(request, "schools/surveys/over.html", status=410)
        return redirect("survey_thanks")
    return questions(request, link, form)


def in_other_language(request: HttpRequest, link: SurveyLink) -> HttpResponse:
    """The questions again, with what was chosen. A log-in's own language stays as it was."""
    asked = LanguageAsked(request.POST)
    language = asked.cleaned_data["switch"] if asked.is_valid() else settings.LANGUAGE_CODE
    with translation.override(language):
        form = AnswerForm(request.POST, number=link.wave.items)
        response = questions(request, link, form, keep=True)
    response.headers["Content-Language"] = language
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, language, max_age=365 * 24 * 3600, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


def questions(
    request: HttpRequest, link: SurveyLink, form: AnswerForm, *, keep: bool = False
) -> HttpResponse:
    """``keep``: only shown again; nothing is wrong with it."""
    return render(
        request,
        "schools/surveys/answer.html",
        {"wave": link.wave, "form": form, "scale": SCALE, "keep": keep},
    )


@public
def survey_thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "schools/surveys/thanks.html")
