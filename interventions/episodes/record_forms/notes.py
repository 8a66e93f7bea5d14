"""Forms about a contact's note: go on with it, amend it, countersign it, star the contact."""

from typing import Any

from django.db.models import QuerySet

from interventions.episodes import actions
from interventions.episodes.contact_rules import CountersigningState
from interventions.episodes.forms import AmendmentForm, CountersigningForm, NotesForm, StarringForm
from interventions.episodes.models import CareContact, CountersignStep, NotePart
from interventions.episodes.record_forms.episodes import EpisodeRecordForm
from pairs.submissions.edits import EditForm


class ContactForm(EpisodeRecordForm):
    """A form about a contact with its note and its people."""

    record: CareContact

    def get_records(self) -> QuerySet[Any]:
        return CareContact.objects.with_all()


class EditNote(ContactForm, EditForm):
    """One's own note that is not signed yet."""

    form_class = NotesForm

    def get_initial(self) -> dict[str, Any]:
        return {note.part: note.text for note in self.record.notes.all()}

    def save(self, form: NotesForm) -> CareContact:
        by = self.request.user
        written = actions.rewrite_notes(contact=self.record, notes=form.notes(), by=by)
        return actions.sign_contact(contact=written, by=by) if form.cleaned_data["sign"] else written


class AmendNote(EpisodeRecordForm):
    """A signed part of a note: both texts are kept."""

    form_class = AmendmentForm

    def get_records(self) -> QuerySet[Any]:
        return NotePart.objects.select_related("care_contact__episode")

    def get_initial(self) -> dict[str, Any]:
        return {"text": self.record.text}

    def save(self, form: AmendmentForm) -> NotePart:
        return actions.amend_note(part=self.record, by=self.request.user, **form.cleaned_data)


class CountersignNote(ContactForm):
    """A trainee's note: it stands, or its author is asked to amend it."""

    form_class = CountersigningForm

    def save(self, form: CountersigningForm) -> CountersignStep:
        if form.cleaned_data["outcome"] == CountersigningState.DONE:
            return actions.countersign(contact=self.record, by=self.request.user)
        reason = form.cleaned_data["reason"]
        return actions.ask_for_amendment(contact=self.record, reason=reason, by=self.request.user)


class StarContact(EpisodeRecordForm):
    """One's own star, for supervision: on or off."""

    model, form_class = CareContact, StarringForm

    def save(self, form: StarringForm) -> CareContact:
        change = actions.star_contact if form.cleaned_data["star"] else actions.remove_star
        change(contact=self.record, by=self.request.user)
        return self.record
