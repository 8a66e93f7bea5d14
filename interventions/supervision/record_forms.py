"""What each form of supervision is about and does, for pages and API alike."""

from datetime import date, time, timedelta
from functools import cached_property
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import BaseFormSet, Form
from django.utils import timezone

from interventions.diary.booking_warnings import list_staff_warnings
from interventions.supervision import actions
from interventions.supervision.actions.planned import query_sessions_to_move
from interventions.supervision.agreement_rows import describe_interval
from interventions.supervision.forms import (
    AgendaItemForm,
    AgreementForm,
    DecisionFormSet,
    DiscussionFormSet,
    GroupSessionForm,
    NewAgreementForm,
    NewSupervisionForm,
    PlanSupervisionForm,
    SessionForm,
    list_decisions,
    list_discussed,
    make_rows_about,
    query_families_with_open_work,
)
from interventions.supervision.frequency import annotate_standing, get_usual_frequency, suggest_next
from interventions.supervision.models import (
    AgendaItem,
    CaseDecision,
    PlannedSupervision,
    SupervisionAgreement,
    SupervisionSession,
)
from interventions.supervision.rules import suggest_next_day
from interventions.supervision.session_agenda import AgendaFamily, load_caseload_agenda
from pairs.families.record_forms import FamilyRecordLookup
from pairs.service.models import User
from pairs.submissions.actions import parse_token
from pairs.submissions.edits import EditForm
from pairs.submissions.record_forms import RecordForm
from pairs.web.local_days import get_start_of_day

USUAL_TIME = time(10)
PEOPLE = ("supervisor", "supervisee", "site")


class PlanSupervision(RecordForm):
    """A session that is to be: it is in the diaries of all who come."""

    form_class = PlanSupervisionForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"scope": self.request.scope, "by": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        """For the agreement that the address names: its person, and the day that is due."""
        pk = parse_token(self.request.GET.get("agreement"))
        rows = SupervisionAgreement.objects.visible_to(self.request.scope).filter(pk=pk)
        agreement = annotate_standing(rows, timezone.now()).first() if pk else None
        if agreement is None:
            return {}
        last = max([agreement.starts_on, *agreement.held_days])
        return build_agreed_initial(agreement) | {
            "starts_on": suggest_next(agreement, last, timezone.localdate()),
            "starts_time": USUAL_TIME,
        }

    def list_warnings(self, form: PlanSupervisionForm) -> list[str]:
        wanted = form.details()
        everyone = [self.request.user.pk, wanted["supervisee"].pk, *(each.pk for each in wanted["others"])]
        return list_staff_warnings(everyone, [(wanted["starts_at"], wanted["minutes"])])

    def save(self, form: PlanSupervisionForm) -> PlannedSupervision:
        return actions.plan_supervision(by=self.request.user, **form.details())


def build_agreed_initial(agreement: SupervisionAgreement) -> dict[str, Any]:
    """What an agreement says of a session of its own."""
    return {
        "supervisee": agreement.supervisee_id,
        "site": agreement.site_id,
        "sort": agreement.kind,
        "minutes": agreement.minutes,
    }


class RecordSupervision(RecordForm):
    """A session that was, of anybody whom one supervises."""

    form_class: ClassVar[type[SessionForm]] = NewSupervisionForm
    formset_classes = {"decisions": DecisionFormSet, "discussions": DiscussionFormSet}
    planned: PlannedSupervision | None = None
    agreement: Any = None

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"scope": self.request.scope, "by": self.request.user, "items": self.query_items()}

    def query_items(self) -> QuerySet[AgendaItem]:
        """What is on the agenda of this session; without an agreement, on all of one's own."""
        items = AgendaItem.objects.visible_to(self.request.scope).open()
        mine = items.filter(agreement__supervisor=self.request.user)
        return mine if self.agreement is None else mine.filter(agreement=self.agreement)

    def get_people(self) -> dict[str, Any]:
        """Who was there, where and of which kind, as far as the form does not ask."""
        return {}

    def get_formset_classes(self) -> dict[str, type[BaseFormSet]]:
        families = list(query_families_with_open_work(self.request.scope))
        return {name: make_rows_about(each, families) for name, each in self.formset_classes.items()}

    def get_initial(self) -> dict[str, Any]:
        today = timezone.localdate()
        return {"held_on": today} | self.suggest_next_session(today)

    def suggest_next_session(self, held_on: date) -> dict[str, Any]:
        """The next session that is planned already, else the day that would be due and the time of this one."""
        if at := self.agreement and self.agreement.next_at:
            local = timezone.localtime(at)
            return {"next_on": local.date(), "next_time": local.time()}
        at_time = timezone.localtime(self.planned.starts_at).time() if self.planned else USUAL_TIME
        return {"next_on": self._suggest_next_day(held_on), "next_time": at_time}

    def _suggest_next_day(self, held_on: date) -> date:
        today = timezone.localdate()
        if self.agreement:
            return suggest_next(self.agreement, held_on, today)
        usual = get_usual_frequency().usual_days
        return suggest_next_day(held_on=held_on, interval=usual, away=(), on=today)

    def list_warnings(self, form: SessionForm) -> list[str]:
        """Who is already booked when the next session is to be; the one that will move there is no clash."""
        asked = self.get_people() | form.details()
        if asked["next_at"] is None:
            return []
        people = [asked["supervisee"], *asked.get("others", ())]
        moved = query_sessions_to_move(
            site=asked["site"], people=people, kind=asked["kind"], by=self.request.user
        )
        return list_staff_warnings(
            [self.request.user.pk, *(each.pk for each in people)],
            [(asked["next_at"], asked["minutes"])],
            besides=set(moved.values_list("pk", flat=True)),
        )

    def save(self, form: SessionForm, decisions: BaseFormSet, discussions: BaseFormSet) -> SupervisionSession:
        return actions.record_supervision(
            decisions=[*list_decisions(discussions), *list_decisions(decisions)],
            discussed=list_discussed(discussions),
            planned=self.planned,
            by=self.request.user,
            **self.get_people() | form.details(),
        )


class RecordKnownSupervision(RecordSupervision):
    """A session of somebody in particular: the families of their caseload are its rows."""

    form_class = SessionForm
    people: list[User]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"items": self.query_items()}

    def get_people(self) -> dict[str, Any]:
        of = self.record
        return {"supervisee": of.supervisee, "site": of.site, "kind": of.kind}

    @cached_property
    def agenda(self) -> list[AgendaFamily]:
        return load_caseload_agenda(self.request, [person.pk for person in self.people], timezone.localdate())

    def get_formset_classes(self) -> dict[str, type[BaseFormSet]]:
        families = [row.family for row in self.agenda]
        return self.formset_classes | {"discussions": make_rows_about(DiscussionFormSet, families)}

    def get_formset_initial(self, name: str) -> list[dict[str, Any]]:
        return [{"family": row.family.pk} for row in self.agenda] if name == "discussions" else []


class RecordAgreedSupervision(RecordKnownSupervision):
    """Of an agreement of one's own; the session of it that was planned for today or before is recorded as held."""

    def get_records(self) -> QuerySet[Any]:
        rows = SupervisionAgreement.objects.visible_to(self.request.scope).select_related(*PEOPLE)
        return annotate_standing(rows.filter(supervisor=self.request.user), timezone.now())

    def get_record(self, may: Any) -> Any:
        self.agreement = super().get_record(may)
        self.people = [self.agreement.supervisee]
        self.planned = self._find_planned()
        return self.agreement

    def _find_planned(self) -> PlannedSupervision | None:
        end_of_day = get_start_of_day(timezone.localdate() + timedelta(days=1))
        rows = PlannedSupervision.objects.standing().visible_to(self.request.scope)
        mine = rows.filter(
            supervisor=self.request.user,
            supervisee=self.agreement.supervisee_id,
            kind=self.agreement.kind,
            site=self.agreement.site_id,
        )
        return mine.filter(starts_at__lt=end_of_day).order_by("-starts_at").first()

    def get_initial(self) -> dict[str, Any]:
        today = timezone.localdate()
        held_on = timezone.localdate(self.planned.starts_at) if self.planned else today
        known = {"held_on": held_on, "minutes": self.agreement.minutes}
        return known | self.suggest_next_session(held_on)


class RecordPlannedSupervision(RecordKnownSupervision):
    """One's own that was planned, of one person or of a group."""

    def get_records(self) -> QuerySet[Any]:
        return (
            PlannedSupervision.objects.standing().filter(supervisor=self.request.user).select_related(*PEOPLE)
        )

    def get_record(self, may: Any) -> Any:
        self.planned = super().get_record(may)
        self.people = self._list_people()
        self.agreement = self._find_agreement()
        return self.planned

    def get_form_class(self, data: Any) -> Any:
        return GroupSessionForm if len(self.people) > 1 else SessionForm

    def get_form_kwargs(self) -> dict[str, Any]:
        others = [person.pk for person in self.people[1:]]
        if not others:
            return super().get_form_kwargs()
        colleagues = User.objects.with_permission("write_records", at=self.request.scope.sites("supervise"))
        return super().get_form_kwargs() | {"people": colleagues.filter(pk__in=others)}

    def _list_people(self) -> list[User]:
        """Whose record the address names first."""
        if not self.planned.together:
            return [self.planned.supervisee]
        rows = PlannedSupervision.objects.standing().visible_to(self.request.scope)
        rows = rows.filter(together=self.planned.together).exclude(pk=self.planned.pk)
        return [self.planned.supervisee, *(row.supervisee for row in rows.select_related("supervisee"))]

    def _find_agreement(self) -> Any:
        rows = SupervisionAgreement.objects.visible_to(self.request.scope).going_on(timezone.localdate())
        rows = rows.filter(
            supervisee=self.planned.supervisee_id, kind=self.planned.kind, site=self.planned.site_id
        )
        return annotate_standing(rows, timezone.now()).first()

    def get_initial(self) -> dict[str, Any]:
        planned = self.planned
        held_on = min(timezone.localdate(planned.starts_at), timezone.localdate())
        known = {"minutes": planned.minutes, "held_on": held_on}
        others = [person.pk for person in self.people[1:]]
        return known | {"others": others} | self.suggest_next_session(held_on)


class DecisionForm(FamilyRecordLookup, RecordForm):
    """About what supervision decided."""

    may, form_class = "write_records", Form

    def get_records(self) -> QuerySet[Any]:
        return CaseDecision.objects.select_related("owner")


class FinishDecision(DecisionForm):
    def save(self, form: Form) -> CaseDecision:
        return actions.finish_decision(decision=self.record, by=self.request.user)


class ReopenDecision(DecisionForm):
    """It was marked as done by mistake."""

    def save(self, form: Form) -> CaseDecision:
        return actions.reopen_decision(decision=self.record, by=self.request.user)


class CancelSupervision(RecordForm):
    """One's own that will not be."""

    form_class = Form

    def get_records(self) -> QuerySet[Any]:
        return PlannedSupervision.objects.standing().filter(supervisor=self.request.user)

    def save(self, form: Form) -> PlannedSupervision:
        return actions.cancel_supervision(planned=self.record, by=self.request.user)


def describe_usual_frequency() -> str:
    """What goes where nothing else was agreed, in a sentence."""
    usual = get_usual_frequency()
    new, later = describe_interval(usual.new_days), describe_interval(usual.usual_days)
    return (
        f"Where nothing else is agreed: an hour {new} with fewer than {usual.new_years} years of work with "
        f"under-twos, an hour {later} with more. Part-timers have it less often, in proportion, and days away "
        "are not counted."
    )


class AgreeSupervision(RecordForm):
    """How often somebody has supervision, and with whom: of sites that one supervises."""

    form_class = NewAgreementForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"scope": self.request.scope}

    def get_initial(self) -> dict[str, Any]:
        return {"supervisor": self.request.user.pk, "starts_on": timezone.localdate()}

    def save(self, form: NewAgreementForm) -> SupervisionAgreement:
        return actions.agree_supervision(by=self.request.user, **form.details())


class ChangeAgreement(EditForm):
    """Its frequency, hours or last day: by whoever supervises at its site (else 403)."""

    form_class = AgreementForm
    may = "supervise"

    def get_records(self) -> QuerySet[Any]:
        return SupervisionAgreement.objects.select_related(*PEOPLE)

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.record, name) for name in AgreementForm.base_fields}

    def save(self, form: AgreementForm) -> SupervisionAgreement:
        return actions.change_agreement(agreement=self.record, by=self.request.user, **form.cleaned_data)


class AddAgendaItem(RecordForm):
    """By either of the two; whoever else supervises at the site may read the agreement and add nothing (403)."""

    form_class = AgendaItemForm
    may = ("write_records", "supervise")

    def get_records(self) -> QuerySet[Any]:
        rows = SupervisionAgreement.objects.visible_to(self.request.scope).select_related(*PEOPLE)
        return annotate_standing(rows, timezone.now())

    def get_record(self, may: Any) -> SupervisionAgreement:
        agreement = super().get_record(may)
        if may and not is_one_of_two(agreement, self.request.user):
            raise PermissionDenied
        return agreement

    def save(self, form: AgendaItemForm) -> AgendaItem:
        return actions.add_agenda_item(
            agreement=self.record, text=form.cleaned_data["text"], by=self.request.user
        )


def is_one_of_two(agreement: SupervisionAgreement, user: User) -> bool:
    """Whether the agreement is this person's own, on either side."""
    return user.pk in (agreement.supervisor_id, agreement.supervisee_id)


class CloseAgendaItem(RecordForm):
    """By either of the two: nobody else finds it."""

    form_class = Form

    def get_records(self) -> QuerySet[Any]:
        return AgendaItem.objects.open().select_related("agreement")

    def save(self, form: Form) -> AgendaItem:
        return actions.close_agenda_item(item=self.record, by=self.request.user)
