"""A contact in the wrong record: marked as entered in error, and put into the right record if that is named."""

from functools import cached_property
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.forms import BaseForm, BaseFormSet

from interventions.episodes import actions
from interventions.episodes.forms import (
    ExpectedPeopleFormSet,
    FamilyPeople,
    WrongRecordByIdForm,
)
from interventions.episodes.models import CareContact, Episode
from interventions.episodes.models.episodes import EpisodeQuerySet
from interventions.episodes.record_forms.notes import ContactForm
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404
from pairs.families.access import get_family
from pairs.families.models import Dyad, Family
from pairs.service.refusals import ActionRefused

TARGET_FIELDS = ("belongs_to", "reference")


class MarkContactInError(ContactForm):
    """With the reason; the episode that it belongs to is named by its id, or by a reference."""

    form_class: ClassVar[type[BaseForm]] = WrongRecordByIdForm
    formset_classes = {"participants": ExpectedPeopleFormSet}
    to: Episode | None = None  # the right episode, once it is named

    @cached_property
    def right_family(self) -> Family:
        return get_family(self.request, self.to.family_id)

    @cached_property
    def people(self) -> FamilyPeople:
        """The people of the right family."""
        return FamilyPeople(self.right_family)

    def save(self, form: Any, *, participants: BaseFormSet | None = None) -> CareContact:
        """The contact that was marked; if it is refiled, the new one."""
        reason, by = form.cleaned_data["reason"], self.request.user
        self.to = find_target_episode(self.request, self.record, form)
        if self.to is None:
            return actions.mark_contact_in_error(contact=self.record, reason=reason, by=by)
        return actions.refile_contact(
            contact=self.record,
            to=self.to,
            participants=self.people.came(participants) if participants is not None else [],
            babies=self.people.babies(participants) if participants is not None else {},
            reason=reason,
            by=by,
        )


def find_target_episode(request: ScopedRequest, contact: CareContact, form: BaseForm) -> Episode | None:
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
