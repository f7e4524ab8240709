"""Everything that comes in from a session's screens."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coaching.lib.forms import DateInput, HouseForm, HouseModelForm, LongText, OneLine
from popgroups.seating import leaders
from portfolio.models import ActionPlan, PlanState, TipMark
from schools.models import Membership, Role, User

from .models import ROLES, Case, Kind, Method, Session, SessionParticipant, Taps, VoteKind
from .writing import KINDS

CARD_LENGTH = 2_000
SUPPORTED = [*KINDS, "none", "look_back", "question_of_case", "note", "action_plan", "learning"]


class OpenForm(HouseForm):
    """Which method, and how long: the minutes of the steps are scaled to it."""

    submit_label = _("Open the session")
    method = forms.ModelChoiceField(Method.objects.none(), label=_("Way of working"), empty_label=None)
    minutes = forms.IntegerField(label=_("Minutes in all"), min_value=20, max_value=240)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fitting = Method.objects.visible_to(user).exclude(steps__in=unsupported_steps())
        field: Any = self.fields["method"]
        field.queryset = fitting.distinct().prefetch_related("steps")
        field.label_from_instance = lambda method: method.title


def unsupported_steps() -> Any:
    """Steps with a kind of writing the screens do not have yet (scores, ratings of questions)."""
    from .models import Step

    return Step.objects.exclude(captures__in=SUPPORTED)


class StepForm(forms.Form):
    """``seen``: the position the screen showed when the button was pressed."""

    seen = forms.IntegerField(min_value=0, max_value=100)


class ParadeForm(forms.Form):
    shown = forms.IntegerField(min_value=0, max_value=1000)


class ReadyForm(StepForm):
    ready = forms.BooleanField(required=False)


class VoteForm(forms.Form):
    kind = forms.ChoiceField(choices=VoteKind)


class MarkForm(forms.Form):
    mark = forms.ChoiceField(choices=[("", "-"), *TipMark.choices], required=False)


class SwitchForm(forms.Form):
    on = forms.BooleanField(required=False)


class RoleForm(forms.Form):
    role = forms.ChoiceField(choices=[(role, role) for role in ROLES])
    participant = forms.ModelChoiceField(SessionParticipant.objects.none(), required=False)

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["participant"]
        field.queryset = session.participants.select_related("person")


class CardForm(HouseForm):
    """One card; ``author`` only for the facilitator who types on behalf of somebody."""

    text = LongText(rows=3, max_length=CARD_LENGTH, required=False)
    kind = forms.ChoiceField(choices=Kind, required=False)
    author = forms.ModelChoiceField(SessionParticipant.objects.none(), required=False)
    step = forms.IntegerField(min_value=1)
    done = forms.BooleanField(required=False)

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["author"]
        field.queryset = session.participants.select_related("person")


class TextForm(HouseForm):
    """The presenter's question or chosen hypothesis."""

    text = LongText(rows=3, max_length=CARD_LENGTH, required=False)
    done = forms.BooleanField(required=False)


class LearningForm(HouseForm):
    submit_label = _("Keep in my portfolio")
    text = OneLine(label=_("What do you take away? One line is enough."), max_length=200)


class TapsForm(HouseModelForm):
    submit_label = _("Send")

    class Meta:
        model = Taps
        fields = ["safe", "useful", "fits"]
        widgets = {
            name: forms.RadioSelect(choices=[(3, _("yes")), (2, _("a bit")), (1, _("no"))])
            for name in ("safe", "useful", "fits")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("safe", "useful", "fits"):
            self.fields[name].validators.append(MinValueValidator(1))


class CaseForm(HouseModelForm):
    """A case prepared in private: every box may stay empty."""

    class Meta:
        model = Case
        fields = ["situation", "tried", "question"]
        widgets = {name: forms.Textarea(attrs={"rows": 4}) for name in ("situation", "tried", "question")}

    situation = LongText(label=_("What is going on?"), required=False)
    tried = LongText(label=_("What have you tried?"), required=False)
    question = LongText(
        label=_("Your question: how can I ..."),
        rows=2,
        max_length=CARD_LENGTH,
        required=False,
        help_text=_("Only this line can be shown to the group, and only when you bring in this case."),
    )


class SessionPlanForm(HouseModelForm):
    """PAP in five minutes: one line is enough, the rest helps."""

    submit_label = _("Save my action plan")
    owner = forms.ModelChoiceField(
        SessionParticipant.objects.none(), required=False, label=_("Whose plan is this?")
    )

    class Meta:
        model = ActionPlan
        fields = ["intention", "where", "due", "works_when", "if_then", "buddy", "group_sees_title"]
        widgets = {
            "intention": forms.Textarea(attrs={"rows": 3}),
            "due": DateInput(),
        }

    def __init__(self, *args: Any, session: Session, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people: Any = self.fields["owner"]
        people.queryset = session.participants.select_related("person").filter(guest=False)
        buddy: Any = self.fields["buddy"]
        buddy.queryset = User.objects.filter(took_part__session=session, took_part__guest=False).exclude(
            pk=user.pk
        )
        here = [p for p in session.everyone if not p.guest]
        people.choices = [(p.pk, p.person.name) for p in here]
        others = [(p.person_id, p.person.name) for p in here if p.person_id != user.pk]
        buddy.choices = [("", _("nobody")), *others]
        if not (session.one_laptop and session.can_be_guided_by(user)):
            del self.fields["owner"]


class LookBackForm(HouseForm):
    submit_label = _("Save how it went")
    result = forms.ChoiceField(
        label=_("How does it stand?"),
        choices=[c for c in PlanState.choices if c[0] != PlanState.PLANNED],
        widget=forms.RadioSelect,
    )
    happened = LongText(label=_("What happened, and what was the effect?"), rows=2, required=False)


class GuestForm(HouseForm):
    submit_label = _("Ask as a guest")
    person = forms.ModelChoiceField(User.objects.none(), label=_("Outside consultant"))

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = Membership.objects.current().filter(school=session.meeting.group.school_id)
        consultants = here.filter(roles__role=Role.CONSULTANT)
        field: Any = self.fields["person"]
        field.queryset = User.objects.filter(pk__in=consultants.values("person")).exclude(
            Q(guest_in__session=session) | leaders(session.participants.values("membership__school"))
        )
        self.somebody_to_ask = list(field.queryset)
        field.choices = [(person.pk, person.name) for person in self.somebody_to_ask]
