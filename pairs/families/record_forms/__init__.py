"""A form about a family or a record of one, and the page that it has."""

from functools import cached_property
from typing import Any
from uuid import UUID

from pairs.access.visible_records import get_visible_or_404
from pairs.families.access import get_family
from pairs.families.models import Family
from pairs.families.record_pages import build_family_banner
from pairs.submissions.form_page import FormPage, PageOf
from pairs.submissions.record_forms import RecordLookup


class FamilyRecordLookup(RecordLookup):
    """The record is a family, or one of a family's; the permission is asked of the family, which is at hand as well."""

    family: Family

    def get_record(self, may: Any) -> Any:
        """The record; ``self.family``, with its people, is set beside it."""
        if self.model is Family:
            self.family = self.load_family(self.record_id, may)
            return self.family
        record = get_visible_or_404(self.request, self.get_records(), pk=self.record_id)
        self.family = self.load_family(record.family_id, may)
        return record

    def load_family(self, family_id: UUID, may: Any) -> Family:
        return get_family(self.request, family_id, may)


class OwnSiteLookup(RecordLookup):
    """The record is of a family, and the permission is asked at its own site: an episode, or what is of one."""

    @cached_property
    def family(self) -> Family:
        """The record's family with its people, read when it is first asked for."""
        return get_family(self.request, self.record.family_id_for_log)


class FamilyFormPage(FormPage):
    """A FormPage under the family's banner, of a RecordForm that is a FamilyRecordLookup or an OwnSiteLookup."""

    back = PageOf("family", "family", "The family")

    def get_context(self, form: Any) -> dict[str, Any]:
        context = {"family": self.family, "banner": build_family_banner(self.request, self.family)}
        if self.open_to_readers:
            context["may_write"] = self.request.scope.may(
                *_list_permissions(self.may), at=self.family.site_id
            )
        return context


def _list_permissions(may: Any) -> tuple[str, ...]:
    return (may,) if isinstance(may, str) else tuple(may)
