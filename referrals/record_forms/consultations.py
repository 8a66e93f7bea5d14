"""A consultation: asked for by a professional, arranged and written down by the team, or called off by either."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils import timezone

from pairs.service.hooks import collect_from_hooks
from pairs.service.models import Site
from pairs.submissions.edits import EditForm
from pairs.submissions.record_forms import RecordForm
from referrals.actions import consultations as actions
from referrals.actions.consultation_log import log_consultation
from referrals.clinicians import list_clinicians
from referrals.diary_entries import USUAL_MINUTES
from referrals.draft import get_asker_initial
from referrals.forms.consultations import (
    ArrangeConsultationForm,
    FollowUpForm,
    LogConsultationForm,
    NewConsultationForm,
    ProfessionalBaseFormSet,
    ProfessionalFormSet,
    RecordConsultationForm,
    WithdrawConsultationForm,
)
from referrals.models import Consultation

HOLDERS = ("triage_referrals", "write_records")  # any of which lets somebody hold consultations at a site


class AskForConsultation(RecordForm):
    """About an unnamed family, a named one, or that of a referral (the record) which they have made."""

    form_class, within = NewConsultationForm, "made_by"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"referral": self.record}

    def get_initial(self) -> dict[str, Any]:
        return get_asker_initial(self.request.user)

    def save(self, form: NewConsultationForm) -> Consultation:
        return actions.ask_for_consultation(by=self.request.user, referral=self.record, **form.details())


class ConsultationForm(RecordForm):
    """About a consultation, for the team that triages where it was asked for."""

    may: ClassVar[str | tuple[str, ...] | None] = "triage_referrals"

    def get_records(self) -> QuerySet[Any]:
        return Consultation.objects.with_steps()


class ArrangeConsultation(ConsultationForm, EditForm):
    """Who thinks with them, and when; may be arranged anew."""

    form_class = ArrangeConsultationForm

    def get_initial(self) -> dict[str, Any]:
        at = self.record.arranged_for and timezone.localtime(self.record.arranged_for)
        return {"clinician": self.record.clinician_id, "on": at and at.date(), "at": at and at.time()}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"clinicians": list_clinicians(self.record.site)}

    def list_warnings(self, form: ArrangeConsultationForm) -> list[str]:
        """What else whoever thinks with them is booked for then (the diary's rule)."""
        wanted = form.details()
        staff, times = [wanted["clinician"].pk], [(wanted["at"], USUAL_MINUTES)]
        besides = {self.record.pk}
        return collect_from_hooks("booking_warnings", "list_staff_warnings", staff, times, besides=besides)

    def save(self, form: ArrangeConsultationForm) -> Consultation:
        actions.arrange_consultation(consultation=self.record, by=self.request.user, **form.details())
        return self.record


class HeldConsultationForm(ConsultationForm):
    """About a consultation, also for the colleague who holds it."""

    may = HOLDERS


class RecordConsultation(HeldConsultationForm):
    """It was held: who took part, what we thought together, and what came of it."""

    form_class = RecordConsultationForm
    formset_classes = {"others": ProfessionalFormSet}

    def get_form_kwargs(self) -> dict[str, Any]:
        booked = self.record.arranged_for
        return {"booked_on": timezone.localdate(booked) if booked else None}

    def get_initial(self) -> dict[str, Any]:
        booked = self.record.arranged_for
        return (
            {"held_on": timezone.localdate(booked), "held_at": timezone.localtime(booked)} if booked else {}
        )

    def save(self, form: RecordConsultationForm, others: ProfessionalBaseFormSet) -> Consultation:
        actions.hold_consultation(
            consultation=self.record, by=self.request.user, others=others.rows(), **form.details()
        )
        return self.record


class LogConsultation(RecordForm):
    """One at a drop-in clinic or by phone, which nobody requested first."""

    form_class = LogConsultationForm
    formset_classes = {"others": ProfessionalFormSet}

    def get_form_kwargs(self) -> dict[str, Any]:
        sites = self.request.scope.sites(*HOLDERS)
        return {"sites": Site.objects.filter(pk__in=sites).order_by("name")}

    def get_initial(self) -> dict[str, Any]:
        return {"held_on": timezone.localdate()}

    def save(self, form: LogConsultationForm, others: ProfessionalBaseFormSet) -> Consultation:
        return log_consultation(by=self.request.user, others=others.rows(), **form.details())


class FollowUpConsultation(HeldConsultationForm, EditForm):
    """What happened next; may be corrected."""

    form_class = FollowUpForm

    def get_initial(self) -> dict[str, Any]:
        return {"happened_next": self.record.happened_next}

    def save(self, form: FollowUpForm) -> Consultation:
        return actions.follow_up_consultation(
            consultation=self.record, by=self.request.user, **form.cleaned_data
        )


class WithdrawConsultation(ConsultationForm):
    """It does not take place: with the reason, which whoever asked can read."""

    form_class = WithdrawConsultationForm

    def save(self, form: WithdrawConsultationForm) -> Consultation:
        actions.withdraw_consultation(consultation=self.record, by=self.request.user, **form.cleaned_data)
        return self.record


class WithdrawOwnConsultation(WithdrawConsultation):
    """Whoever asked does not need it any more."""

    may, within = None, "made_by"
