"""Pages for recording a contact with the family, a message, or liaison about them."""

import functools
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.forms import BaseFormSet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from interventions.episodes import actions
from interventions.episodes.forms import (
    ColleagueChoices,
    ExpectedPeopleFormSet,
    FamilyPeople,
    NewContactForm,
    WarnedForm,
    build_colleague_queries,
    get_display_name,
    label_rows,
)
from interventions.episodes.forms.colleagues import ColleagueBaseFormSet
from interventions.episodes.models import CareContact, Episode, Intervention, query_hidden_prompts
from interventions.episodes.models.contacts import CareContactQuerySet
from interventions.episodes.models.episodes import EpisodeQuerySet
from interventions.episodes.record_forms.contacts import (
    RecordLiaison,
    RecordMessage,
    build_time_initial,
    create_contact_from_forms,
)
from interventions.episodes.rules import Location, Mechanism
from interventions.episodes.views.record_pages import (
    get_contact_path,
    get_episode_link,
    render_episode_record_page,
)
from pairs.access import policy
from pairs.access.batch_query import Query
from pairs.access.prepared_records import PreparedRecords
from pairs.access.requests import ScopedRequest
from pairs.access.scope import TemplateScope
from pairs.access.visible_records import annotate_family_id, get_parts_or_404, record_family_listed
from pairs.families.access import OpenedFamily, open_family
from pairs.families.banner import describe_caution
from pairs.families.presenters import list_carer_contact_limits
from pairs.families.record_forms import FamilyFormPage
from pairs.submissions.form_page import Link
from pairs.submissions.form_submission import FormSubmission, clear_form_errors, query_unfinished_drafts
from pairs.village.sharing_panel import build_panel_from_parts, build_panel_parts


@policy.permission("write_records")
def add_contact(request: ScopedRequest, episode_id: UUID) -> HttpResponse:
    """Record a contact on one page; the form is filled in as far as possible."""
    parts = get_parts_or_404(
        request, _PREPARED_EPISODE_AND_INTERVENTIONS, may="write_records", episode=episode_id
    )
    return render_contact_form(request, parts["episode"][0], ways=parts["ways"])


def _build_episode_query(scope: TemplateScope, episode: UUID) -> dict[str, EpisodeQuerySet]:
    return {"episode": annotate_family_id(Episode.objects.visible_to(scope).filter(pk=episode))}


_PREPARED_EPISODE_AND_INTERVENTIONS = PreparedRecords(
    lambda scope, episode: (
        _build_episode_query(scope, episode) | {"ways": Intervention.objects.offered().only("code", "name")}
    )
)


def render_contact_form(
    request: ScopedRequest,
    episode: Any,
    *,
    ways: list[Intervention] | None = None,
    usual: Any = None,
    expected: dict[UUID, str] | None = None,
    then: Callable[..., Any] | None = None,
) -> HttpResponse:
    """Handle a new contact's form. ``ways``: interventions offered; ``usual``: initial values from a booking;
    ``expected``: {person: attendance} from a booking; ``then``: called with the saved contact, in
    the same transaction."""
    opened, submission = open_family(request, episode.family_id), FormSubmission(request, kind="new-contact")
    people, beside = FamilyPeople(opened.family), ContactSidebar(request, episode, opened, submission)
    initial = {} if submission.data else _build_new_contact_initial(beside.parts)
    form = NewContactForm(submission.data, initial=initial | (usual or {})).offer_subjects(people)
    form.fields["interventions"].offer(list(Intervention.objects.offered()) if ways is None else ways)
    rows = ExpectedPeopleFormSet(submission.data, initial=_build_people_initial(people, expected))
    others = beside.colleagues.rows(submission.data)
    apart = _list_pending_cautions(submission, people, rows)
    asked = handle_prompts_button(request, submission, form, rows, others)
    done = (
        None
        if apart or asked
        else submission.save_once(
            form,
            *_get_bound_formsets(rows, others),
            make=lambda: _run_follow_up(
                create_contact_from_forms(
                    episode,
                    people,
                    form,
                    rows,
                    request.user,
                    others=_read_colleagues(beside.colleagues, others),
                ),
                then,
            ),
            path_of=get_contact_path,
        )
    )
    if done:
        messages.success(request, "The contact is saved.")
        return redirect(done)
    context = {"form": form, "rows": rows, "expected": label_rows(rows, people)}
    context |= {"in_use": set(beside.parts["in_use"]), "others": others}
    context |= {"apart": [describe_caution(each) for each in apart], "warned": WarnedForm.of(apart)}
    return render_episode_record_page(
        request, "new_contact", opened.family, submission, **beside.context(people), **context
    )


class ContactSidebar:
    """The sidebar of the contact forms: safe contact, sharing agreements, drafts, prompts.

    Loaded in one query on first use; a contact that is saved without showing the page never loads it.
    """

    def __init__(
        self, request: ScopedRequest, episode: Episode, opened: OpenedFamily, submission: FormSubmission
    ) -> None:
        self.request, self.episode, self.opened, self.typed = request, episode, opened, submission
        self.colleagues = ColleagueChoices(lambda: self.parts, but=request.user)

    @functools.cached_property
    def parts(self) -> dict[str, list[Any]]:
        family = self.opened.family
        ids = {"episode": self.episode.pk, "family": family.pk, "site": family.site_id}
        return _PREPARED_SIDEBAR.rows(self.request.scope, self.typed.kind, **ids, user=self.request.user.pk)

    def context(self, people: FamilyPeople) -> dict[str, Any]:
        """For the page's template."""
        family = self.opened.family
        if self.parts["agreements"] or self.parts["limits"]:
            record_family_listed(self.request, family.pk)
        return {
            "episode": self.episode,
            "banner": self.opened.build_family_banner(self.request),
            "reaching": [
                (get_display_name(carer), list_carer_contact_limits(carer)) for carer in people.caregivers
            ],
            "begun": self.typed.find_unfinished_among(self.parts["begun"]),
            "sharing": build_panel_from_parts(self.parts, family.pk, timezone.localdate()),
            "prompts": not self.parts["prompts_hidden"],
        }


def _build_sidebar_queries(
    scope: TemplateScope, kind: str, *, episode: UUID, family: UUID, site: UUID, user: UUID
) -> dict[str, Any]:
    """By the ids of an episode and its family, which were fetched in scope."""
    in_use = Intervention.objects.under_way(episode)
    return {
        **build_colleague_queries(family, site),
        **build_panel_parts(family),
        "begun": query_unfinished_drafts(user, kind),
        "prompts_hidden": query_hidden_prompts(user).only("hidden"),
        "newest": _query_newest_contact(episode),
        "in_use": Query(in_use, {"code": "code"}, lambda row: [row["code"]]),
    }


_PREPARED_SIDEBAR = PreparedRecords(_build_sidebar_queries)


def _query_newest_contact(episode: UUID) -> CareContactQuerySet:
    """The episode's newest contact with the family, as a list of one or none."""
    contacts = CareContact.objects.live().with_family().filter(episode=episode).newest_first()
    worked = Intervention.objects.filter(contacts=OuterRef("pk")).values("code")
    return contacts.annotate(codes=ArraySubquery(worked)).only("mechanism", "location")[:1]


def _get_bound_formsets(*formsets: Any) -> list[BaseFormSet]:
    """The formsets that were sent."""
    return [each for each in formsets if each.is_bound]


def _read_colleagues(colleagues: ColleagueChoices, others: ColleagueBaseFormSet) -> list[actions.Colleague]:
    return colleagues.of(others) if others.is_bound else []


def handle_prompts_button(request: ScopedRequest, submission: FormSubmission, *forms: Any) -> bool:
    """Whether the button that hides or shows the prompts was pressed; the form is kept, not saved."""
    wish = request.POST.get("prompts") if submission.posted else None
    if not wish:
        return False
    actions.set_prompts_shown(show=wish == "show", by=request.user)
    for form in forms:
        clear_form_errors(form)
    return True


def _run_follow_up(contact: CareContact, then: Callable[..., Any] | None) -> CareContact:
    if then:
        then(contact)
    return contact


def _build_people_initial(people: FamilyPeople, expected: dict[UUID, str] | None) -> list[dict[str, Any]]:
    """Everybody as attended; from a booking, the people it was made for."""
    rows = people.expected()
    return (
        rows if expected is None else [row | {"attendance": expected.get(row["person"], "")} for row in rows]
    )


def _list_pending_cautions(submission: FormSubmission, people: FamilyPeople, rows: BaseFormSet) -> list[Any]:
    """Cautions about people who came that the user has not seen. They delay saving once, never forbid it."""
    warned = WarnedForm(submission.data if submission.posted else {})
    if not submission.posted or not (rows.is_valid() and warned.is_valid()):
        return []
    return people.together(rows) if warned.list_unseen_warnings(people.together(rows)) else []


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

    @functools.cached_property
    def sidebar(self) -> ContactSidebar:
        return ContactSidebar(self.request, self.record, self.opened, self.submission)

    @functools.cached_property
    def colleagues(self) -> ColleagueChoices:
        return self.sidebar.colleagues

    def build_form(self, data: Any) -> Any:
        return super().build_form(data).offer_subjects(self.people)

    def get_back_link(self) -> Link:
        return get_episode_link(self.record.pk)

    def get_success_path(self, made: CareContact) -> str:
        return get_contact_path(made)

    def get_context(self, form: Any) -> dict[str, Any]:
        return {"family": self.family, **self.sidebar.context(self.people)}


@policy.permission("write_records")
class AddMessagePage(NewContactPage, RecordMessage):
    """Record a text message or e-mail with one or more carers."""

    kind = "new-message"
    template_name = "episodes/new_message.html"
    title = "Log a message"
    message = "The message is saved."


@policy.permission("write_records")
class AddLiaisonPage(NewContactPage, RecordLiaison):
    """Record liaison with a colleague about the family. It does not count as a contact with them."""

    kind = "new-liaison"
    template_name = "episodes/new_liaison.html"
    title = "Log a talk with a colleague"
    message = "What was said is saved."
    field_names = {"others": "others.0.who"}

    def build_formsets(self, data: Any) -> dict[str, Any]:
        """Without any row of colleagues in what was posted, one empty row counts as posted."""
        if data is not None and "others-TOTAL_FORMS" not in data:
            data = data.copy()
            data.update({"others-TOTAL_FORMS": "1", "others-INITIAL_FORMS": "0"})
        return {"others": self.colleagues.rows(data)}
