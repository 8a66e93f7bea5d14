"""The replies that go with a step of a referral: a row a person, drafted, edited and sent on the same page.

On a page::

    replies = build_replies_form(submission, referral, response=…, destinations=…, on=…)  # in build_formsets
    if is_draft_request(request): …  # in save_once: the page is shown again, with nothing saved
    … {% from "referrals/_replies.html" import reply_rows %} {{ reply_rows(replies) }}

For the API: ``get_formset_classes`` gives ``{"replies": build_reply_formset(referral)}``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone

from pairs.access.records import RecordQuerySet
from pairs.access.requests import ScopedRequest
from pairs.submissions.form_submission import clear_form_errors
from referrals.models import Destination, Referral, ReferredCaregiver, ReferredInfant
from referrals.models.destinations import DestinationQuerySet
from referrals.recipients import (
    get_referrer_contact_details,
    list_family_contact_details,
    list_recipients_owed,
)
from referrals.rules.choices import (
    EntryPoint,
    PermissionBasis,
    ReferralResponse,
    ReplyRecipient,
    ReplyTopic,
    ReplyWay,
)
from referrals.rules.referrer_visibility import may_see_progress
from referrals.rules.replies import ContactDetails, ReplyDraft, choose_reply_way, find_way_error
from referrals.rules.reply_drafts import DraftContext, SignpostedService, draft_reply
from referrals.rules.sources import SELF
from referrals.summary import load_agreements

MAX_TEXT_LENGTH, MAX_REPLIES = 10_000, 6
PREFIX = "replies"
DEFAULT_RECIPIENT_NAMES = {
    ReplyRecipient.REFERRER: "Colleague",
    ReplyRecipient.FAMILY: "Parent or carer",
}
NO_AGREEMENT = "The family has not agreed to the referral. If they must not be told yet, enter why."


class CarerChoiceField(forms.ModelChoiceField):
    def label_from_instance(self, carer: ReferredCaregiver) -> str:
        return f"{carer.name or 'Name not known'}, {carer.get_relationship_display().lower()}"


class ReplyForm(forms.Form):
    """One reply to one person; or the reason why there is none."""

    conditional = ("carer", "why_none")  # needed of some answers

    to = forms.ChoiceField(choices=ReplyRecipient.choices, widget=forms.HiddenInput)
    carer = CarerChoiceField(
        label="To which person?", queryset=ReferredCaregiver.objects.none(), required=False,
        empty_label="No one named",
    )  # fmt: skip
    recipient = forms.CharField(label="Name on the letter", max_length=160, required=False)
    way = forms.ChoiceField(
        label="How will they be told?", choices=[("", "Choose"), *ReplyWay.choices],
        error_messages={"required": "Choose how they will be told"},
    )  # fmt: skip
    email = forms.EmailField(
        label="E-mail address", max_length=254, required=False,
        help_text="The e-mail contains only the reference and a link, not the text below.",
    )  # fmt: skip
    address_lines = forms.CharField(
        label="Address on the letter",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    text = forms.CharField(
        label="What they are told",
        max_length=MAX_TEXT_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    why_none = forms.CharField(
        label="If no reply, why?", max_length=300, required=False,
        help_text="For example: no safe way to reach them yet; social care tells them.",
    )  # fmt: skip
    fields_to_referrer = ("way", "recipient", "email", "address_lines", "text", "why_none")
    fields_to_family = ("way", "carer", "recipient", "email", "address_lines", "text", "why_none")

    def __init__(
        self,
        *args: Any,
        carers: RecordQuerySet | None = None,
        offered: Sequence[ReferredCaregiver] | None = None,
        **kwargs: Any,
    ) -> None:
        """``offered``: the same carers, where they have been read already."""
        super().__init__(*args, **kwargs)
        field, self.offered = self.fields["carer"], offered
        if carers is not None:
            field.queryset = carers
        if offered is not None:
            named = [(str(each.pk), field.label_from_instance(each)) for each in offered]
            field.choices = [("", field.empty_label), *named]

    @property
    def shown(self) -> tuple[str, ...]:
        """Names of the fields that this row shows."""
        to_family = self["to"].value() == ReplyRecipient.FAMILY and self._has_carers()
        return self.fields_to_family if to_family else self.fields_to_referrer

    def _has_carers(self) -> bool:
        return bool(self.fields["carer"].queryset.exists() if self.offered is None else self.offered)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if cleaned.get("carer") and cleaned.get("to") == ReplyRecipient.REFERRER:
            self.add_error("carer", "Leave this empty in a reply to the referrer")
        return cleaned

    def draft(self) -> ReplyDraft:
        """The row as a ReplyDraft."""
        cleaned = {name: value for name, value in self.cleaned_data.items() if name != "DELETE"}
        carer = cleaned.pop("carer")
        return ReplyDraft(**cleaned, carer=carer.pk if carer else None)


class BaseReplyFormSet(forms.BaseFormSet):
    """Rows of one referral: only its own carers can be chosen."""

    referral: Referral | None = None
    carers: Sequence[ReferredCaregiver] | None = None  # the live ones of it, where they have been read
    notes: dict[str, list[str]] = {}  # what to know of each before one writes, by ReplyRecipient

    @classmethod
    def get_default_prefix(cls) -> str:
        return PREFIX

    def get_form_kwargs(self, index: Any) -> dict[str, Any]:
        if self.referral is None:
            return {}
        more: dict[Any, Any] = {"initial": {"to": ReplyRecipient.FAMILY}} if index is None else {}
        return {"carers": self.referral.caregivers.live(), "offered": self.carers} | more

    def drafts(self) -> tuple[ReplyDraft, ...]:
        """A ReplyDraft for each row. Ask once it is valid."""
        return tuple(form.draft() for form in self.forms if form.cleaned_data)


ReplyFormSet = forms.formset_factory(
    ReplyForm,
    formset=BaseReplyFormSet,
    extra=0,
    min_num=0,
    max_num=MAX_REPLIES,
    absolute_max=MAX_REPLIES + 1,
    validate_max=True,
)


def build_reply_formset(
    referral: Referral, carers: Sequence[ReferredCaregiver] | None = None
) -> type[BaseReplyFormSet]:
    """The formset class for this referral; ``carers``: its live ones, where they have been read."""
    return type("ReplyFormSet", (ReplyFormSet,), {"referral": referral, "carers": carers})


def is_draft_request(request: ScopedRequest) -> bool:
    """Was the "write drafts" button pressed? Then nothing is saved."""
    return request.method == "POST" and "write_drafts" in request.POST


def build_replies_form(
    typed: Any,
    referral: Referral,
    *,
    response: str = "",
    destinations: Iterable[Destination] = (),
    on: date,
    reason: str = "",
    owed: tuple[str, ...] | None = None,
    fixed: bool = False,
    carers: Sequence[ReferredCaregiver] | None = None,
) -> BaseReplyFormSet:
    """The rows of a page: drafted when it opens, as they were typed after that, drafted again when asked for.

    ``fixed``: the page is about one answer alone, and has no button that drafts anew. ``carers``: the live ones
    named in the referral, where the page has read them; its babies are prefetched then too.
    """
    reached = list_family_contact_details(referral, on, carers)
    people = _list_recipients(referral, on, owed, reached, known=carers is not None)
    rows = [_build_reply_row(referral, *each, response, destinations, reason) for each in people]
    made = build_reply_formset(referral, carers)
    if is_draft_request(typed.request) and not fixed:
        drafts = _list_possible_drafts(people, destinations, reason)
        formset = made(_redraft_texts(typed.data, rows, drafts), initial=rows)
        clear_form_errors(formset)
    else:
        formset = made(typed.data, initial=rows)
    formset.notes = build_recipient_notes(referral, reached)
    return formset


def _redraft_texts(data: QueryDict, rows: list[dict[str, Any]], drafts: set[str]) -> QueryDict:
    """The draft for the answer that is chosen now, where nobody has written words of their own."""
    posted = data.copy()
    count = str(len(rows))
    if posted.get(f"{PREFIX}-TOTAL_FORMS") != count:  # no replies yet, or to others than this answer needs
        typed_to = {posted.get(f"{PREFIX}-{number}-to"): number for number in range(MAX_REPLIES)}
        texts = {to: posted.get(f"{PREFIX}-{number}-text", "") for to, number in typed_to.items()}
        for name in [name for name in posted if name.startswith(f"{PREFIX}-")]:
            del posted[name]
        posted.update({f"{PREFIX}-TOTAL_FORMS": count, f"{PREFIX}-INITIAL_FORMS": count})
        for number, row in enumerate(rows):
            kept = row | {"text": texts.get(str(row["to"])) or row["text"]}
            posted.update({f"{PREFIX}-{number}-{name}": value or "" for name, value in kept.items()})
    for number, row in enumerate(rows):
        typed = "\n".join(posted.get(f"replies-{number}-text", "").split("\r\n")).strip()
        if not typed or typed in drafts:
            posted[f"replies-{number}-text"] = row["text"]
    return posted


def _list_possible_drafts(
    people: list[tuple[str, ContactDetails, DraftContext]],
    destinations: DestinationQuerySet | Iterable[Destination],
    reason: str,
) -> set[str]:
    """Every text that we might have drafted, to tell drafts from the writer's own words."""
    return {
        draft_reply(answer, to, _complete_context(told, pointed, why)).strip()
        for to, _, told in people
        for answer in (*ReferralResponse, ReplyTopic.QUESTION)
        for pointed in ((), destinations)
        for why in ("", reason)
    }


def build_reply_rows(
    referral: Referral,
    response: str,
    destinations: Sequence[Destination] = (),
    on: date | None = None,
    *,
    reason: str = "",
    owed: tuple[str, ...] | None = None,
) -> list[dict[str, Any]]:
    """A row, as the formset's initial, for everybody owed a reply: one named person, a safe way, words to edit.

    ``response``: a ReferralResponse, or a ReplyTopic but ANSWER; '' while no answer is chosen, for rows without words.
    """
    on = on or timezone.localdate()
    people = _list_recipients(referral, on, owed, list_family_contact_details(referral, on))
    return [_build_reply_row(referral, *each, response, destinations, reason) for each in people]


def _list_recipients(
    referral: Referral,
    on: date,
    owed: tuple[str, ...] | None,
    family: list[ContactDetails],
    *,
    known: bool = False,
) -> list[tuple[str, ContactDetails, DraftContext]]:
    """(to, how to reach them, what their draft is made from) of everybody owed a reply."""
    agreed = (
        load_agreements(referral.referrer, [referral]).get(referral.family_id) if referral.referrer else None
    )
    context = DraftContext(
        reference=referral.reference,
        recipient="",
        site=str(referral.site),
        child=_format_child_names(referral.infants.all() if known else referral.infants.live()),
        own_help=referral.patient_id is not None,
        agreed=referral.permission == PermissionBasis.PARENT_AGREES,
        asked_themselves=referral.source_code == SELF or referral.entry_point == EntryPoint.SELF,
        shared=may_see_progress(permission=referral.permission, agreed=agreed),
    )
    reached = {
        ReplyRecipient.REFERRER: get_referrer_contact_details(referral),
        ReplyRecipient.FAMILY: next((each for each in family if not each.died), ContactDetails(None, "")),
    }
    return [
        (to, reached[to], replace(context, recipient=reached[to].name or DEFAULT_RECIPIENT_NAMES[to]))
        for to in owed or list_recipients_owed(referral)
    ]


def _format_child_names(infants: Iterable[ReferredInfant]) -> str:
    """Given names, as people speak of them; '' where any is not known yet."""
    names = [infant.given_name for infant in infants]
    return " and ".join(names) if all(names) else ""


def _build_reply_row(
    referral: Referral,
    to: str,
    reach: ContactDetails,
    context: DraftContext,
    response: str,
    destinations: Iterable[Destination],
    reason: str,
) -> dict[str, Any]:
    hidden = to == ReplyRecipient.FAMILY and (reach.address_withheld or reach.may_post is False)
    return {
        "to": to,
        "carer": reach.carer,
        "recipient": context.recipient,
        "way": _choose_way(referral, to, reach),
        "email": reach.email,
        "address_lines": "" if hidden else reach.address_lines,
        "text": draft_reply(response, to, _complete_context(context, destinations, reason))
        if response
        else "",
        "why_none": "",
    }


def _choose_way(referral: Referral, to: str, reach: ContactDetails) -> str:
    """To the referrer an e-mail where there is an address; to the family what is safe, or nothing yet."""
    if to == ReplyRecipient.REFERRER:
        return ReplyWay.EMAIL if reach.email else ReplyWay.PHONE
    lawful = referral.permission == PermissionBasis.LAWFUL_BASIS
    return ReplyWay.NONE if lawful else choose_reply_way(reach)


def _complete_context(
    context: DraftContext, destinations: Iterable[Destination], reason: str
) -> DraftContext:
    return replace(context, turns=tuple(map(_to_signposted_service, destinations)), reason=reason.strip())


def _to_signposted_service(destination: Destination) -> SignpostedService:
    return SignpostedService(
        destination.name, destination.offers, destination.phone, destination.how_to_start
    )


def build_recipient_notes(referral: Referral, family: Iterable[ContactDetails]) -> dict[str, list[str]]:
    """What to know of whoever is written to: which ways are not safe, and what they said of times."""
    said = [referral.safe_contact, f"Not safe: {referral.unsafe_times}" if referral.unsafe_times else ""]
    notes = [NO_AGREEMENT] if referral.permission == PermissionBasis.LAWFUL_BASIS else []
    for reach in family:
        why = [find_way_error(way, reach) for way in (ReplyWay.LETTER, ReplyWay.EMAIL, ReplyWay.PHONE)]
        if reach.phone and reach.may_call is None:  # nothing is sent by a call: no error, but to be known
            why.append("Whether calling is safe is not recorded. Ask before you call.")
        notes += [f"{reach.name or 'Name not known'}: {each}" for each in why if each]
    return {ReplyRecipient.REFERRER: [], ReplyRecipient.FAMILY: [*notes, *filter(None, said)]}
