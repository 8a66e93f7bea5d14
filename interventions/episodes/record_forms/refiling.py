"""A contact in the wrong record: marked as entered in error, and put into the right record if that is named."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.forms import BaseFormSet

from interventions.episodes import actions
from interventions.episodes.forms import (
    ExpectedPeopleFormSet,
    FamilyPeople,
    WrongRecordByIdForm,
    WrongRecordForm,
)
from interventions.episodes.models import CareContact, Episode
from interventions.episodes.models.episodes import EpisodeQuerySet
from interventions.episodes.record_forms.notes import ContactForm
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404
from pairs.families.access import get_family
from pairs.families.models import Dyad
from pairs.service.models import User
from pairs.service.refusals import ActionRefused

TARGET_FIELDS = ("belongs_to", "reference")


class MarkContactInError(ContactForm):
    """With the reason; the episode that it belongs to is named by its id, or by a reference."""

    form_class = WrongRecordByIdForm
    formset_classes = {"participants": ExpectedPeopleFormSet}

    def save(self, form: WrongRecordForm, *, participants: BaseFormSet) -> CareContact:
        """The contact that was marked; if it is refiled, the new one."""
        by = self.request.user
        to = find_target_episode(self.request, self.record, form)
        if to is None:
            reason = form.cleaned_data["reason"]
            return actions.mark_contact_in_error(contact=self.record, reason=reason, by=by)
        people = FamilyPeople(get_family(self.request, to.family_id))
        return refile_from_forms(self.record, to, people, form, participants, by)


def refile_from_forms(
    contact: CareContact,
    to: Episode,
    people: FamilyPeople,
    form: WrongRecordForm,
    rows: BaseFormSet | None,
    by: User,
) -> CareContact:
    """Refile the contact as the form and rows say."""
    return actions.refile_contact(
        contact=contact,
        to=to,
        participants=people.came(rows) if rows is not None else [],
        babies=people.babies(rows) if rows is not None else {},
        reason=form.cleaned_data["reason"],
        by=by,
    )


def find_target_episode(
    request: ScopedRequest, contact: CareContact, form: WrongRecordForm
) -> Episode | None:
    """Another episode in which the user may write, as the valid form names it; None if it names none."""
    asked = {name: form.cleaned_data[name] for name in TARGET_FIELDS}
    return _get_named_episode(request, contact, **asked)


def _get_named_episode(
    request: ScopedRequest, contact: CareContact, *, belongs_to: str | UUID | None, reference: str
) -> Any:
    if belongs_to:
        return get_visible_or_404(request, query_writable_episodes(request), pk=belongs_to)
    if not reference:
        return None
    named = (
        query_writable_episodes(request)
        .filter(_build_reference_filter(reference.strip()))
        .exclude(pk=contact.episode_id)
    )
    found = list(named.visible_to(request.scope).order_by("pk")[:2])
    if not found:
        raise ActionRefused({"reference": "No other episode that you may write in has this reference."})
    if len(found) > 1:
        raise ActionRefused(
            {"reference": "There is more than one such episode. Give the referral's reference."}
        )
    return get_visible_or_404(request, query_writable_episodes(request), pk=found[0].pk)


def _build_reference_filter(reference: str) -> Any:
    """Filter by the referral's reference, or that of an infant in focus."""
    in_focus = Dyad.objects.live().filter(episodes=OuterRef("pk"), infant__reference__iexact=reference)
    return Q(referral__reference__iexact=reference) | Exists(in_focus)


def query_writable_episodes(request: ScopedRequest) -> EpisodeQuerySet:
    """Episodes at sites where the user may write records."""
    sites = request.scope.sites("write_records")
    return Episode.objects.select_related("family", "referral").filter(site__in=sites)
