"""What each form of the village, of sharing and of letters is about and does, for pages and API alike."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from pairs.access.visible_records import list_visible
from pairs.families.models import Address, Caregiver, Family
from pairs.families.record_forms import FamilyRecordLookup
from pairs.submissions.edits import EditForm
from pairs.submissions.record_forms import RecordForm
from pairs.village import actions, forms
from pairs.village.letters import (
    Envelope,
    LetterOffer,
    LetterPolicy,
    build_envelope,
    build_letter_offer,
    load_letter_policy,
)
from pairs.village.models import (
    DisclosureLimit,
    Letter,
    SharingAgreement,
    VillageMember,
    query_referrers,
)
from pairs.village.rules import SendingMethod

# ---------------------------------------------------------------- the people around the child


class AddMember(FamilyRecordLookup, RecordForm):
    model, may, form_class = Family, "register_people", forms.MemberForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"family": self.family}

    def save(self, form: forms.MemberForm) -> VillageMember:
        return actions.add_member(family=self.family, by=self.request.user, **form.action_kwargs())


class UpdateMember(FamilyRecordLookup, EditForm):
    model, may, form_class = VillageMember, "register_people", forms.MemberForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"family": self.family}

    def get_initial(self) -> dict[str, Any]:
        names = ("name", "role", "organisation", "phone", "email", "lines", "closeness", "since", "team")
        known = {name: getattr(self.record, name) for name in names}
        infant = f"infant:{self.record.infant_id}" if self.record.infant_id else ""
        return known | {"circle": self.record.kind, "infant": infant, "account": self.record.user_id}

    def save(self, form: forms.MemberForm) -> VillageMember:
        return actions.update_member(member=self.record, by=self.request.user, **form.action_kwargs())


class EndMember(FamilyRecordLookup, RecordForm):
    model, may, form_class = VillageMember, "register_people", forms.MemberEndForm

    def get_initial(self) -> dict[str, Any]:
        return {"until": timezone.localdate()}

    def save(self, form: forms.MemberEndForm) -> VillageMember:
        return actions.end_member(member=self.record, by=self.request.user, **form.cleaned_data)


# ---------------------------------------------------------------- what may be told, and what not


class RecordAgreement(FamilyRecordLookup, RecordForm):
    model, may, form_class = Family, "register_people", forms.AgreementForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"family": self.family}

    def get_initial(self) -> dict[str, Any]:
        return {"agreed_on": timezone.localdate()}

    def save(self, form: forms.AgreementForm) -> SharingAgreement:
        return actions.agree_sharing(family=self.family, by=self.request.user, **form.action_kwargs())


class WithdrawAgreement(FamilyRecordLookup, RecordForm):
    may, form_class = "register_people", forms.WithdrawalForm

    def get_records(self) -> QuerySet[SharingAgreement]:
        return SharingAgreement.objects.select_related("member", "team")

    def get_initial(self) -> dict[str, Any]:
        return {"withdrawn_on": timezone.localdate()}

    def save(self, form: forms.WithdrawalForm) -> SharingAgreement:
        return actions.withdraw_agreement(agreement=self.record, by=self.request.user, **form.cleaned_data)


class RecordLimit(FamilyRecordLookup, RecordForm):
    model, may, form_class = Family, "register_people", forms.NewLimitForm

    def get_form_kwargs(self) -> dict[str, Any]:
        addresses = Address.objects.filter(family=self.family).select_related("infant", "caregiver")
        return {"family": self.family, "addresses": list_visible(self.request, addresses)}

    def get_initial(self) -> dict[str, Any]:
        return {"since": timezone.localdate()}

    def save(self, form: forms.NewLimitForm) -> DisclosureLimit:
        return actions.limit_disclosure(family=self.family, by=self.request.user, **form.action_kwargs())


class EndLimit(FamilyRecordLookup, RecordForm):
    may, form_class = "register_people", forms.LimitEndForm

    def get_records(self) -> QuerySet[DisclosureLimit]:
        names = ("infant", "caregiver", "member", "address__infant", "address__caregiver")
        return DisclosureLimit.objects.select_related("not_to_caregiver", "not_to_member", *names)

    def get_initial(self) -> dict[str, Any]:
        return {"until": timezone.localdate()}

    def save(self, form: forms.LimitEndForm) -> DisclosureLimit:
        return actions.end_limit(limit=self.record, by=self.request.user, **form.cleaned_data)


# ---------------------------------------------------------------- letters


class BeginLetter(FamilyRecordLookup, RecordForm):
    model, may, form_class = Family, "write_records", forms.NewLetterForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"family": self.family, "referrers": query_referrers(self.family)}

    def get_initial(self) -> dict[str, Any]:
        """About every child who lives."""
        return {"about": [f"infant:{each.pk}" for each in self.family.infants.all() if not each.lost_on]}

    def save(self, form: forms.NewLetterForm) -> Letter:
        return actions.begin_letter(family=self.family, by=self.request.user, **form.cleaned_data)


class LetterLookup(FamilyRecordLookup):
    """A letter, and what it may carry today."""

    def get_records(self) -> QuerySet[Letter]:
        return Letter.objects.whole()

    @cached_property
    def judge(self) -> LetterPolicy:
        return load_letter_policy(self.record, timezone.localdate())

    @cached_property
    def envelope(self) -> Envelope:
        return build_envelope(self.record, self.judge)


class SignedLetterLookup(LetterLookup):
    def get_records(self) -> QuerySet[Letter]:
        return super().get_records().exclude(signed_at=None)


class WriteLetter(LetterLookup, EditForm):
    """A draft's words and what it carries; ``sign`` signs it."""

    may, form_class = "write_records", forms.LetterTextForm

    @cached_property
    def offer(self) -> LetterOffer:
        return build_letter_offer(self.record, self.judge)

    def get_form_kwargs(self) -> dict[str, Any]:
        """With the carers and addresses whose details a letter may carry."""
        carers = list_visible(self.request, Caregiver.objects.filter(family=self.family))
        living = Address.objects.current().filter(family=self.family).select_related("infant", "caregiver")
        return {"offer": self.offer, "rows": [*carers, *list_visible(self.request, living)]}

    def get_initial(self) -> dict[str, Any]:
        """What the draft says already."""
        said = {"text": self.record.text, "details": []}
        for part in self.record.parts.all():
            if part.address_id or part.caregiver_id:
                code = f"address:{part.address_id}" if part.address_id else f"caregiver:{part.caregiver_id}"
                said["details"].append(code)
            else:
                said[f"about_{part.what}"] = part.text
        return said

    def save(self, form: forms.LetterTextForm) -> Letter:
        return actions.write_letter(
            letter=self.record,
            text=form.cleaned_data["text"],
            parts=form.parts(),
            details=form.list_ticked_details(),
            sign=form.cleaned_data["sign"],
            by=self.request.user,
        )


class RecordSending(SignedLetterLookup, RecordForm):
    """That a signed letter went, and how."""

    may, form_class = "write_records", forms.SendingForm

    def get_initial(self) -> dict[str, Any]:
        return {"sent_how": SendingMethod.HAND if self.envelope.why_not else SendingMethod.POST}

    def save(self, form: forms.SendingForm) -> Letter:
        return actions.send_letter(letter=self.record, by=self.request.user, **form.cleaned_data)
