"""Pages for recording a contact with the family, a message, or liaison about them."""

import functools
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.forms import BaseFormSet
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from interventions.episodes import actions
from interventions.episodes.deliveries import (
    Delivery,
    build_delivery_queries,
    describe_begun,
    describe_deliveries,
    load_deliveries,
)
from interventions.episodes.forms import (
    ColleagueChoices,
    ContactPeopleFormSet,
    FamilyPeople,
    NewContactForm,
    WarnedForm,
    build_colleague_queries,
    label_rows,
)
from interventions.episodes.models import CareContact, Episode, Goal, Intervention, query_hidden_prompts
from interventions.episodes.models.contacts import CareContactQuerySet
from interventions.episodes.models.episodes import EpisodeQuerySet
from interventions.episodes.next_steps import describe_next_steps, query_next_steps
from interventions.episodes.record_forms.contacts import (
    RecordContact,
    RecordLiaison,
    RecordMessage,
    build_time_initial,
)
from interventions.episodes.rules import Location, Mechanism
from pairs.access import policy
from pairs.access.batch_query import Query
from pairs.access.prepared_records import PreparedRecords
from pairs.access.requests import ScopedRequest
from pairs.access.scope import TemplateScope
from pairs.access.visible_records import annotate_family_id, get_parts_or_404, record_family_listed
from pairs.families.access import OpenedFamily, open_family_with, prepare_opened_with
from pairs.families.banner import describe_caution
from pairs.families.last_day import list_living
from pairs.families.record_forms import FamilyFormPage
from pairs.service.refusals import ActionRefused
from pairs.submissions.form_page import PageOf
from pairs.submissions.form_submission import (
    FormSubmission,
    add_refusal_to_form,
    clear_form_errors,
    query_unfinished_drafts,
)
from pairs.village.sharing_panel import build_panel_from_parts, build_panel_parts

PROMPT_WISHES = ("show", "hide")  # what the button on the form sends


def _build_episode_query(scope: TemplateScope, episode: UUID) -> dict[str, EpisodeQuerySet]:
    return {"episode": annotate_family_id(Episode.objects.visible_to(scope).filter(pk=episode))}


def _build_opened_queries(scope: TemplateScope, episode: UUID) -> dict[Any, Any]:
    """The episode, what may be chosen, and what that says of whoever leads it."""
    lead = Episode.objects.visible_to(scope).filter(pk=episode).values("lead")
    ways = {"ways": Intervention.objects.offered().only("code", "name")}
    return _build_episode_query(scope, episode) | ways | dict(enumerate(build_delivery_queries(lead)))


_PREPARED_EPISODE_AND_INTERVENTIONS = PreparedRecords(_build_opened_queries)


class ContactSidebar:
    """What stands beside the contact forms: last time's next step, goals, sharing agreements, drafts, prompts.

    Loaded in one query with the family and its banner, on first use; a contact that is saved without showing the page
    never loads it.
    """

    def __init__(self, request: ScopedRequest, episode: Episode, submission: FormSubmission) -> None:
        self.request, self.episode, self.typed = request, episode, submission
        self.colleagues = ColleagueChoices(lambda: self.parts, but=request.user)

    @functools.cached_property
    def _loaded(self) -> tuple[OpenedFamily, dict[str, list[Any]]]:
        ids = {"episode": self.episode.pk, "user": self.request.user.pk}
        return open_family_with(
            self.request, _PREPARED_SIDEBAR, self.episode.family_id, self.typed.kind, **ids
        )

    @property
    def opened(self) -> OpenedFamily:
        return self._loaded[0]

    @property
    def parts(self) -> dict[str, list[Any]]:
        return self._loaded[1]

    def context(self, people: FamilyPeople) -> dict[str, Any]:
        """For the page's template."""
        opened = self.opened
        family = opened.family
        if self.parts["agreements"] or self.parts["limits"]:
            record_family_listed(self.request, family.pk)
        return {
            "episode": self.episode,
            "banner": opened.build_family_banner(self.request),
            "last": describe_next_steps(self.parts["next_step"]).get(self.episode.pk),
            "goals": self.parts["goals"],
            "babys_voice": _get_voice(people),
            "begun": self.typed.find_unfinished_among(self.parts["begun"]),
            "sharing": build_panel_from_parts(self.parts, family.pk, timezone.localdate()),
            "prompts": not self.parts["prompts_hidden"],
        }


def _get_voice(people: FamilyPeople) -> str:
    """Whose words "what the baby told us" may be put in: the first name, where there is one baby."""
    living = list_living(people.infants)
    return living[0].given_name if len(living) == 1 else ""


def _build_sidebar_queries(
    scope: TemplateScope, kind: str, *, episode: UUID, family: UUID, user: UUID
) -> dict[str, Any]:
    """By the ids of an episode and its family, which were fetched in scope."""
    in_use = Intervention.objects.under_way(episode)
    return {
        **build_colleague_queries(family),
        **build_panel_parts(family),
        "begun": query_unfinished_drafts(user, kind),
        "prompts_hidden": query_hidden_prompts(user).only("hidden"),
        "newest": _query_newest_contact(episode),
        "next_step": query_next_steps(scope, [episode]),
        "goals": Goal.objects.live().current().of_the_living().filter(episode=episode).only("words"),
        "in_use": Query(in_use, {"code": "code"}, lambda row: [row["code"]]),
    }


_PREPARED_SIDEBAR = prepare_opened_with(_build_sidebar_queries)


def _query_newest_contact(episode: UUID) -> CareContactQuerySet:
    """The episode's newest contact with the family, as a list of one or none."""
    contacts = CareContact.objects.live().with_family().filter(episode=episode).newest_first()
    worked = Intervention.objects.filter(contacts=OuterRef("pk")).values("code")
    return contacts.annotate(codes=ArraySubquery(worked)).only("mechanism", "location")[:1]


def handle_prompts_button(request: ScopedRequest, submission: FormSubmission, *forms: Any) -> bool:
    """Whether the button that hides or shows the prompts was pressed; the form is kept, not saved."""
    wish = request.POST.get("prompts") if submission.posted else None
    if wish not in PROMPT_WISHES:
        return False
    actions.set_prompts_shown(show=wish == "show", by=request.user)
    for form in forms:
        clear_form_errors(form)
    return True


def _build_people_initial(
    people: FamilyPeople, expected: dict[UUID, str] | None, *, since: date
) -> list[dict[str, Any]]:
    """Everybody as attended; from a booking, the people it was made for. Then who died since the episode began."""
    rows = people.expected()
    if expected is not None:
        rows = [row | {"attendance": expected.get(row["person"], "")} for row in rows]
    return rows + people.died_since(since)


def _build_new_contact_initial(parts: dict[str, list[Any]]) -> dict[str, Any]:
    """An hour ago, with last time's values; for a first contact, face to face at home."""
    usual = build_time_initial() | {"minutes": 60}
    for last in parts["newest"]:
        return usual | {"mechanism": last.mechanism, "location": last.location, "interventions": last.codes}
    return usual | {
        "mechanism": Mechanism.FACE_TO_FACE,
        "location": Location.FAMILY_HOME,
        "interventions": parts["in_use"],
    }


class NewContactPage(FamilyFormPage):
    """A page that writes up a message or liaison, with the sidebar of the contact form."""

    autosaves = True
    back = PageOf("episode", "record", "Episode page")

    @functools.cached_property
    def sidebar(self) -> ContactSidebar:
        return ContactSidebar(self.request, self.record, self.submission)

    @property
    def opened(self) -> OpenedFamily:
        return self.sidebar.opened

    @functools.cached_property
    def colleagues(self) -> ColleagueChoices:
        return self.sidebar.colleagues

    def build_form(self, data: Any) -> Any:
        return super().build_form(data).offer_subjects(self.people)

    def find_begun_draft(self, form: Any, formsets: dict[str, Any]) -> Any:
        return None  # the sidebar has read it already

    def get_unchanged_family(self) -> Any:
        return self.family

    def get_success_path(self, made: CareContact) -> str:
        """To the family once it is signed; to the note while that is still to be done."""
        if made.signed_at:
            return reverse("family", args=[self.record.family_id])
        return reverse("care-contact", args=[made.pk])

    def get_message(self) -> str | SafeString:
        """What was done, with the note itself and what usually comes next; the page it appears on names the family."""
        if not self.made.signed_at:
            return self.message
        links = [("care-contact", self.made.pk, "Read the note")]
        if list_living(self.people.infants):
            links.append(("new-appointment", self.record.pk, "Book the next visit"))
        linked = format_html_join(
            " · ",
            '<a class="nhsuk-link" href="{}">{}</a>',
            ((reverse(page, args=[of]), words) for page, of, words in links),
        )
        return format_html("{} {}", self.message, linked)

    def confirm(self, message: str) -> str:
        return message if self.made and self.made.signed_at else super().confirm(message)

    def get_context(self, form: Any) -> dict[str, Any]:
        return {"family": self.family, **self.sidebar.context(self.people)}


class FamilyContactPage(NewContactPage, RecordContact):
    """A contact with the family on one page; the form is filled in as far as possible.

    ``expected``: {person: attendance} where the contact was booked.
    """

    kind = "new-contact"
    template_name = "episodes/new_contact.html"
    title = "Log a contact"
    message = "Contact saved."
    expected: dict[UUID, str] | None = None
    apart: Sequence[Any] = ()  # cautions to be shown now, nothing being saved yet

    @functools.cached_property
    def ways(self) -> list[Intervention]:
        """The interventions that are offered."""
        return list(Intervention.objects.offered())

    @functools.cached_property
    def deliveries(self) -> list[Delivery]:
        """Whether the episode's lead may deliver each of them."""
        return load_deliveries(self.record.lead_id)

    def get_message(self) -> str | SafeString:
        """Also that a supervisor is asked about an intervention which this contact began."""
        said = super().get_message()
        begun = {str(use.intervention.code) for use in self.made.uses_begun}
        to_sign_off = describe_begun(self.deliveries, begun) if begun else ""
        return format_html("{} {}", said, to_sign_off) if to_sign_off else said

    def get_initial(self) -> dict[str, Any]:
        return {} if self.submission.data else _build_new_contact_initial(self.sidebar.parts)

    def build_form(self, data: Any) -> Any:
        form = super().build_form(data)
        form.fields["interventions"].offer(self.ways)
        return form

    def build_formsets(self, data: Any) -> dict[str, Any]:
        first = _build_people_initial(self.people, self.expected, since=self.record.opened_on)
        return {
            "participants": ContactPeopleFormSet(data, initial=first),
            "others": self.colleagues.rows(data),
        }

    def save_once(self, form: Any, formsets: dict[str, Any]) -> str | None:
        sent = {name: each for name, each in formsets.items() if each.is_bound}
        if handle_prompts_button(self.request, self.submission, form, *formsets.values()):
            return None
        self.apart = self._list_pending_cautions(form, formsets["participants"])
        if self.apart:
            self._show_errors_too(form, sent)
            return None
        return super().save_once(form, sent)

    def _show_errors_too(self, form: Any, formsets: dict[str, Any]) -> None:
        """What else stops this form from being saved is said together with whom to keep apart."""
        self.submission.is_valid(form, *formsets.values())
        more = ActionRefused(dict(self.find_more_errors(form, **formsets)))
        add_refusal_to_form(form, more, formsets=tuple(formsets.values()))

    def _list_pending_cautions(self, form: NewContactForm, rows: BaseFormSet) -> list[Any]:
        """Cautions about people who came that the user has not seen. They delay saving once, never forbid it."""
        posted = self.submission.posted
        warned = WarnedForm(self.submission.data if posted else {})
        if not posted or not (rows.is_valid() and warned.is_valid()):
            return []
        found = self.people.together(rows, str(form["location"].value() or ""))
        return found if warned.list_unseen_warnings(found) else []

    def get_context(self, form: Any) -> dict[str, Any]:
        rows, context = self.formsets["participants"], super().get_context(form)
        said = describe_deliveries(self.deliveries, under_way=self.sidebar.parts["in_use"])
        form.option_hints = {"interventions": said}
        return context | {
            "rows": rows,
            "expected": label_rows(rows, self.people),
            "others": self.formsets["others"],
            "working_with": self._format_interventions(form),
            "apart": [describe_caution(each) for each in self.apart],
            "warned": WarnedForm.of(self.apart),
        }

    def _format_interventions(self, form: NewContactForm) -> str:
        """The ways of working that are ticked, in words."""
        ticked = {str(code) for code in form["interventions"].value() or ()}
        return ", ".join(way.name for way in self.ways if str(way.code) in ticked)


@policy.permission("write_records")
class AddContactPage(FamilyContactPage):
    """Record a contact of an episode."""

    def get_record(self, may: Any) -> Episode:
        parts = get_parts_or_404(
            self.request, _PREPARED_EPISODE_AND_INTERVENTIONS, may=may, episode=self.record_id
        )
        self.ways = parts.pop("ways")
        [episode] = parts.pop("episode")
        self.deliveries = [each for found in parts.values() for each in found]
        return episode


@policy.permission("write_records")
class AddMessagePage(NewContactPage, RecordMessage):
    """Record a text message or e-mail with one or more carers."""

    template_name = "episodes/new_message.html"
    title = "Log a message"
    message = "Message saved."


@policy.permission("write_records")
class AddLiaisonPage(NewContactPage, RecordLiaison):
    """Record liaison with a colleague about the family. It does not count as a contact with them."""

    template_name = "episodes/new_liaison.html"
    title = "Log a conversation with a colleague"
    message = "Conversation saved."
    field_names = {"others": "others.0.who"}

    def build_formsets(self, data: Any) -> dict[str, Any]:
        """Without any row of colleagues in what was posted, one empty row counts as posted."""
        if data is not None and "others-TOTAL_FORMS" not in data:
            data = data.copy()
            data.update({"others-TOTAL_FORMS": "1", "others-INITIAL_FORMS": "0"})
        return {"others": self.colleagues.rows(data)}
