"""Page for a contact in the wrong record: mark it as entered in error, or refile it."""

from typing import Any

from interventions.episodes.contact_rules import ContactKind
from interventions.episodes.forms import ExpectedPeopleFormSet, FamilyPeople, WrongRecordForm, label_rows
from interventions.episodes.models import CareContact, Episode
from interventions.episodes.record_forms.refiling import (
    MarkContactInError,
    find_target_episode,
    query_writable_episodes,
)
from interventions.episodes.views.record_pages import get_contact_path, get_episode_path
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_page, list_visible
from pairs.families.banner import get_family_name
from pairs.families.models import Family
from pairs.families.record_forms import FamilyFormPage
from pairs.service.refusals import ActionRefused
from pairs.submissions.form_page import PageOf
from pairs.web.formats import format_day, format_moment, format_short_day

MAX_OFFERED = 200


@policy.permission("write_records")
class ContactInErrorPage(MarkContactInError, FamilyFormPage):
    """Mark a contact as entered in error, with the reason.

    If it belongs to another episode, its people are chosen when the page is shown a second time.
    """

    form_class = WrongRecordForm
    template_name = "episodes/contact_in_error.html"
    title = "Was this contact entered in error?"
    danger = True
    back = PageOf("care-contact", "record", "The contact")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"choices": list_episode_choices(self.request, self.record)}

    def build_form(self, data: Any) -> WrongRecordForm:
        form = super().build_form(data)
        self.to = self._read_target_episode(form) if self.submission.posted else None
        return form

    def _read_target_episode(self, form: WrongRecordForm) -> Episode | None:
        """The chosen or named episode; None if there is none or the form has errors."""
        if not form.is_valid():
            return None
        try:
            return find_target_episode(self.request, self.record, form)
        except ActionRefused as refused:
            for name, said in refused.errors.items():
                form.add_error(name, said)
            return None

    def build_formsets(self, data: Any) -> dict[str, Any]:
        """Who was expected in the right family: asked, and not read, until the page has shown that family."""
        if self.to is None or self.record.kind == ContactKind.LIAISON:
            return {}
        shown = self.request.POST.get("people_of") == str(self.to.pk)
        initial = _build_refiling_initial(self.record, self.people)
        return {"participants": ExpectedPeopleFormSet(data if shown else None, initial=initial)}

    def get_success_path(self, made: CareContact) -> str:
        return get_contact_path(made) if self.to else get_episode_path(made.episode)

    def get_consequences(self) -> list[str]:
        here = [
            f"the contact of {format_moment(self.record.starts_at)}, with its note and attendance, is "
            "hidden from this record",
            "it no longer counts on this record, the caseload or reports",
            "a sealed copy is kept, and information governance is told",
        ]
        if self.to is None:
            return here
        whose = f"{get_family_name(self.right_family)} from {format_day(self.to.opened_on)}"
        return [*here, f"it is moved to the episode of {whose}, with its note, author and times"]

    def get_button(self) -> str:
        return "Move to the right record" if self.to else "Mark as entered in error"

    def get_message(self) -> str:
        if self.to:
            return "Contact moved to the right record."
        return "Contact marked as entered in error. Information governance has been told."

    def get_context(self, form: Any) -> dict[str, Any]:
        context = super().get_context(form) | {"to": self.to}
        if self.to:
            context |= {"to_name": get_family_name(self.right_family), "people": self.people}
        return context | {"label_rows": label_rows}


def _build_refiling_initial(contact: CareContact, people: FamilyPeople) -> list[dict[str, Any]]:
    """Initial rows for the right family; attendance is copied for people who are in both families."""
    came = {each.infant_id or each.caregiver_id: each.attendance for each in contact.participants.all()}
    return [row | {"attendance": came.get(row["person"], row["attendance"])} for row in people.expected()]


def list_episode_choices(request: ScopedRequest, contact: Any) -> list[tuple[str, str]]:
    """[(id, label)]: the family's other episodes, then the user's own open ones."""
    same = (
        query_writable_episodes(request)
        .filter(family=contact.episode.family_id)
        .exclude(pk=contact.episode_id)
    )
    mine = query_writable_episodes(request).filter(lead=request.user, ended_on=None)
    mine = mine.exclude(family=contact.episode.family_id)
    episodes = [
        *list_visible(request, same.order_by("-opened_on")),
        *get_visible_page(request, mine.order_by("-opened_on", "pk"), per_page=MAX_OFFERED).object_list,
    ]
    named = Family.objects.with_people().filter(pk__in=[each.family_id for each in episodes])
    families = {each.pk: each for each in list_visible(request, named)}
    return [(str(each.pk), _format_episode_label(each, families[each.family_id])) for each in episodes]


def _format_episode_label(episode: Episode, family: Family) -> str:
    return (
        f"{get_family_name(family)}, episode from {format_short_day(episode.opened_on)}"
        f" ({episode.referral.reference})"
    )
