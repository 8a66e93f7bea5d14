"""What each form of filming is about and does, for pages and API alike."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from interventions.episodes.models import Episode, Intervention
from interventions.filming import actions, forms
from interventions.filming.models import FilmCycle
from interventions.filming.presenters import suggest_filming_initial
from pairs.access.visible_records import list_visible
from pairs.families.forms import EnteredInErrorForm
from pairs.families.record_forms import OwnSiteLookup
from pairs.submissions.edits import EditForm
from pairs.submissions.record_forms import RecordForm


class BeginCycle(OwnSiteLookup, RecordForm):
    """A new cycle of an episode, with the family's consent."""

    model, form_class, may = Episode, forms.NewFilmCycleForm, "write_records"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"family": self.family}

    def get_initial(self) -> dict[str, Any]:
        in_use = Intervention.objects.under_way(self.record).order_by("order").first()
        first = in_use or Intervention.objects.offered().first()
        focus = self.record.focus.live().first()
        return {
            "consented_on": timezone.localdate(),
            "intervention": first.code if first else None,
            "dyad": focus and focus.pk,
            "consent_by": focus and focus.caregiver_id,
        }

    def save(self, form: forms.NewFilmCycleForm) -> FilmCycle:
        return actions.begin_film_cycle(episode=self.record, by=self.request.user, **form.cleaned_data)


class FilmStep(OwnSiteLookup, RecordForm):
    """A step of one cycle. ``act``: the action, which takes what the form asks; ``day_field``: begins as today."""

    may = "write_records"
    act: ClassVar[Callable[..., FilmCycle]]
    day_field: ClassVar[str] = ""

    def get_records(self) -> QuerySet[Any]:
        return FilmCycle.objects.with_names()

    def get_initial(self) -> dict[str, Any]:
        return {self.day_field: timezone.localdate()}

    def save(self, form: Any) -> FilmCycle:
        return self.act(film=self.record, by=self.request.user, **form.cleaned_data)


class RecordFilming(FilmStep, EditForm):
    """The film was made; a second time it corrects where it is kept and until when."""

    form_class, act = forms.FilmingForm, staticmethod(actions.record_filming)

    def get_initial(self) -> dict[str, Any]:
        film = self.record
        known = {name: getattr(film, name) for name in ("filmed_on", "kept_where", "delete_by")}
        return known if film.filmed_on else suggest_filming_initial(timezone.localdate())

    def get_known(self, initial: Mapping[str, Any]) -> dict[str, Any]:
        """Also while there is no film: of two who record it at once, the second sees what the first wrote."""
        return {name: getattr(self.record, name) for name in ("filmed_on", "kept_where", "delete_by")}


class RecordSharedReview(FilmStep, EditForm):
    """It was watched together; a second time it corrects when."""

    form_class, act = forms.SharedReviewForm, staticmethod(actions.record_shared_review)

    def get_initial(self) -> dict[str, Any]:
        return {"reviewed_on": self.record.reviewed_on or timezone.localdate()}

    def get_known(self, initial: Mapping[str, Any]) -> dict[str, Any]:
        return {"reviewed_on": self.record.reviewed_on}


class WithdrawConsent(FilmStep):
    form_class, act = forms.WithdrawConsentForm, staticmethod(actions.withdraw_film_consent)
    day_field = "withdrawn_on"


class RecordDeletion(FilmStep):
    form_class, act = forms.DeletionForm, staticmethod(actions.record_deletion)
    day_field = "deleted_on"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"family": self.family}


class MarkFilmInError(FilmStep):
    form_class, act = EnteredInErrorForm, staticmethod(actions.mark_film_in_error)

    def get_initial(self) -> dict[str, Any]:
        return {}


class DeleteSealedRecording(RecordForm):
    """Of a record that an adoption sealed: for information governance alone."""

    form_class = forms.SealedDeletionForm

    def get_record(self, may: Any) -> FilmCycle:
        """Listed, not opened: the record stays sealed, and its page names nobody."""
        held = FilmCycle.objects.recordings().filter(pk=self.record_id)
        for film in list_visible(self.request, held, within="sealed_away"):
            return film
        raise Http404

    def get_initial(self) -> dict[str, Any]:
        return {"deleted_on": timezone.localdate()}

    def save(self, form: forms.SealedDeletionForm) -> FilmCycle:
        return actions.record_deletion(film=self.record, by=self.request.user, **form.cleaned_data)
