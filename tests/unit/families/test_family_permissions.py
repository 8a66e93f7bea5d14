"""Access to one family as object permissions: guardian's question and the scope give one answer, at every moment."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser, Permission
from django.db import IntegrityError, transaction
from django.utils import timezone
from guardian.shortcuts import assign_perm

from pairs.access.scope import load_scope
from pairs.families.actions import end_family_access, grant_family_access
from pairs.families.models import Family, FamilyGrant, FamilyMove, FamilyPermission
from pairs.matching.actions import merge_families, unmerge
from pairs.matching.consequences import describe_moved_rows
from pairs.service.management.commands.prepare_database import run_app_steps
from pairs.service.models import Site, SitePermission
from pairs.service.roles import FAMILY_PERMISSIONS, GRANT_PERMISSIONS, RESTRICTED_ACCESS_PURPOSES
from tests.project.import_layers import list_modules
from tests.unit.families.factories import make_family

pytestmark = pytest.mark.django_db
# Whoever is given access for the purpose: nobody of the family's own site.
HOLDERS = {
    "care": "hyndburn",
    "thought": "hub",
    "co_work": "hub",
    "peer_support": "peer",
    "emergency": "hyndburn",
}
PURPOSES = sorted(GRANT_PERMISSIONS)


def give(cast, family, purpose, **more):
    """The grant, to the purpose's holder."""
    who = cast[HOLDERS[purpose]]
    return grant_family_access(
        family=family, user=who, purpose=purpose, reason="Requested", by=cast["supervisor"], **more
    )


def list_asked(user, family):
    """What guardian says yes to."""
    return {name for name in FAMILY_PERMISSIONS if user.has_perm(f"families.{name}", family)}


def list_in_scope(user, family):
    """What the scope has been given of this family."""
    return set(load_scope(user).granted.get(family.pk, ()))


def is_opened(user, family):
    """Does any page of the family open?"""
    scope = load_scope(user)
    return (
        (Family.objects.visible_to(scope) | Family.objects.supported_by(scope)).filter(pk=family.pk).exists()
    )


def list_rows(grant):
    return set(grant.permissions.values_list("permission__codename", flat=True))


# ---------------------------------------------------------------- one answer


def test_every_purpose_has_a_holder_and_known_permissions():
    assert set(HOLDERS) == set(GRANT_PERMISSIONS)
    assert {name for names in GRANT_PERMISSIONS.values() for name in names} == set(FAMILY_PERMISSIONS)


@pytest.mark.parametrize("purpose", PURPOSES)
def test_the_scope_and_guardian_agree_on_what_a_purpose_allows(cast, family, purpose):
    who = cast[HOLDERS[purpose]]
    assert (list_in_scope(who, family), list_asked(who, family)) == (set(), set())
    grant = give(cast, family, purpose)
    allowed = GRANT_PERMISSIONS[purpose]
    assert list_rows(grant) == list_in_scope(who, family) == list_asked(who, family) == allowed
    assert who.get_all_permissions(family) == allowed
    assert who.get_group_permissions(family) == set()
    assert is_opened(who, family)


@pytest.mark.parametrize("purpose", PURPOSES)
def test_what_was_ended_or_ran_out_is_refused_by_both(cast, family, purpose):
    who = cast[HOLDERS[purpose]]
    give(cast, family, purpose)
    end_family_access(family=family, user=who, purpose=purpose)
    assert (list_in_scope(who, family), list_asked(who, family)) == (set(), set())
    give(cast, family, purpose, expires_at=timezone.now() - timedelta(seconds=1))
    assert (list_in_scope(who, family), list_asked(who, family)) == (set(), set())
    assert not is_opened(who, family)
    assert FamilyPermission.objects.filter(user=who).exists(), "what they allowed is kept"


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_restriction_shuts_both_but_to_what_was_given_for_it(cast, family, purpose):
    who = cast[HOLDERS[purpose]]
    give(cast, family, purpose)
    Family.objects.filter(pk=family.pk).update(restricted=True)
    left = GRANT_PERMISSIONS[purpose] if purpose in RESTRICTED_ACCESS_PURPOSES else set()
    assert list_in_scope(who, family) == list_asked(who, family) == left
    assert is_opened(who, family) == bool(left)


def test_a_grant_never_makes_a_role_for_guardian_either(cast, family):
    for who in ("manager", "duty"):
        grant_family_access(
            family=family, user=cast[who], purpose="co_work", reason="By mistake", by=cast["supervisor"]
        )
    assert list_asked(cast["manager"], family) == set()
    assert list_asked(cast["duty"], family) == {"read_families"}


def test_roles_are_told_apart_from_grants(cast, family):
    """At the family's own site by role, until it is restricted; elsewhere while it is handed over."""
    here, there = cast["blackburn"], cast["hyndburn"]
    both = {"read_families", "write_records"}
    assert here.get_group_permissions(family) == list_asked(here, family) == both
    FamilyMove.objects.create(
        family=family, from_site=family.site, to_site=Site.objects.get(code="hyndburn"), reason="They moved",
        offered_by=here, offered_at=timezone.now(),
    )  # fmt: skip
    assert list_asked(there, family) == {"read_families"}
    Family.objects.filter(pk=family.pk).update(restricted=True)
    assert list_asked(here, family) == list_asked(there, family) == set()


def test_a_record_out_of_sight_and_a_closed_account_are_refused(cast, family):
    grant = give(cast, family, "care")
    family.enter_in_error(reason="Twice", by=cast["supervisor"])
    assert list_asked(grant.user, family) == set()
    Family.objects.filter(pk=family.pk).update(entered_in_error_at=None)
    assert list_asked(grant.user, family)
    grant.user.is_active = False
    assert list_asked(grant.user, family) == list_asked(AnonymousUser(), family) == set()


def test_a_sites_permissions_are_those_of_the_roles_held_there(cast):
    here, elsewhere = Site.objects.get(code="hyndburn"), Site.objects.get(code="blackburn-with-darwen")
    held = SitePermission.objects.filter(group__user=cast["hyndburn"], content_object=here)
    assert cast["hyndburn"].get_all_permissions(here) == set(
        held.values_list("permission__codename", flat=True)
    )
    assert cast["hyndburn"].has_perm("service.read_families", here)
    assert not cast["hyndburn"].has_perm("service.read_families", elsewhere)


def test_what_is_asked_of_nothing_or_of_another_kind_is_no(cast, family):
    me = cast["blackburn"]
    assert me.has_perm("read_families", family)
    assert not me.has_perm("service.read_families", family)
    assert not me.has_perm("families.read_families")
    assert not me.has_perm("families.read_families", family.infants.get())


# ---------------------------------------------------------------- the rows


def test_a_grant_without_rows_opens_nothing(cast, family):
    for purpose in PURPOSES:
        FamilyPermission.objects.filter(grant=give(cast, family, purpose)).delete()
    for who in {cast[name] for name in HOLDERS.values()}:
        assert (list_in_scope(who, family), list_asked(who, family)) == (set(), set())
        assert not is_opened(who, family)


def test_a_row_that_is_not_of_its_grant_opens_nothing(cast, family):
    grant, other = give(cast, family, "care"), make_family(reference="B")
    grant.permissions.update(content_object=other)
    assert not is_opened(grant.user, family)
    assert not is_opened(grant.user, other)
    grant.permissions.update(content_object=family, user=cast["hub"])
    assert not is_opened(grant.user, family)
    assert not is_opened(cast["hub"], family)


def test_each_of_two_grants_has_its_own_rows(cast, family):
    """The one that is left goes on, whichever ends first."""
    give(cast, family, "thought")
    give(cast, family, "co_work")
    end_family_access(family=family, user=cast["hub"], purpose="co_work")
    assert list_in_scope(cast["hub"], family) == list_asked(cast["hub"], family) == {"read_families"}


def test_guardian_alone_gives_nobody_access(cast, family):
    """Without a grant there is no reason, no end and nobody who gave it."""
    with pytest.raises(IntegrityError), transaction.atomic():
        assign_perm("read_families", cast["hub"], family)
    assert list_asked(cast["hub"], family) == set()


def test_access_is_given_whole_or_not_at_all(cast, family, monkeypatch):
    monkeypatch.setattr(FamilyPermission.objects, "bulk_create", lambda rows: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        give(cast, family, "care")
    assert not FamilyGrant.objects.exists()


def test_the_scope_is_still_one_query(cast, family, django_assert_num_queries):
    give(cast, family, "co_work")
    load_scope(cast["hub"])
    with django_assert_num_queries(1):
        assert load_scope(cast["hub"]).reasons == {family.pk: "Requested"}


def test_updating_the_database_brings_grants_up_to_the_table_of_purposes(cast, family, monkeypatch):
    grants = {purpose: give(cast, family, purpose) for purpose in PURPOSES}
    write = Permission.objects.get(codename="write_records", content_type__app_label="families")
    FamilyPermission.objects.create(
        grant=grants["thought"], permission=write, user=cast["hub"], content_object=family
    )
    grants["co_work"].permissions.all().delete()
    monkeypatch.setitem(GRANT_PERMISSIONS, "care", {"read_families", "write_records"})
    monkeypatch.delitem(GRANT_PERMISSIONS, "peer_support")
    run_app_steps("reference_data", "load_reference_data")
    found = {purpose: list_rows(grant) for purpose, grant in grants.items()}
    both = {"read_families", "write_records"}
    only_read = {"read_families"}
    kept = {"care": both, "thought": only_read, "co_work": both, "emergency": only_read}
    assert found == kept | {"peer_support": set()}


def test_nobody_asks_guardian_past_the_scope():
    """Its shortcuts and checker read rows without asking whether their grant is in force."""
    asks = re.compile(
        r"guardian\.(shortcuts|core|utils|mixins|decorators)\b|guardian import (shortcuts|core)"
    )
    assert [str(path) for path in list_modules().values() if asks.search(path.read_text())] == []


# ---------------------------------------------------------------- merging


def test_merging_keeps_access_once_and_undoing_gives_both_back(cast, family):
    twice = make_family(reference="B")
    grants = [give(cast, each, "co_work") for each in (family, twice)]
    done = merge_families(kept=family, merged=twice, reason="One family", by=cast["blackburn"])
    assert FamilyGrant.objects.get() == grants[0]
    assert FamilyPermission.objects.count() == 2
    assert list_asked(cast["hub"], family) == {"read_families", "write_records"}
    assert list_asked(cast["hub"], twice) == set()
    assert [words for words in describe_moved_rows(done) if "permission" in words] == []
    end_family_access(family=family, user=cast["hub"], purpose="co_work")
    assert list_asked(cast["hub"], family) == set()
    unmerge(merge=done, by=cast["blackburn"], reason="Two families")
    assert [list_rows(grant) for grant in grants] == [{"read_families", "write_records"}] * 2
    assert list_asked(cast["hub"], twice) == list_in_scope(cast["hub"], twice)


@pytest.mark.parametrize("purpose", PURPOSES)
def test_access_to_the_other_record_goes_with_it(cast, family, purpose):
    twice = make_family(reference="B")
    who, grant = cast[HOLDERS[purpose]], give(cast, twice, purpose)
    done = merge_families(kept=family, merged=twice, reason="One family", by=cast["blackburn"])
    assert list_asked(who, family) == list_in_scope(who, family) == list_rows(grant)
    unmerge(merge=done, by=cast["blackburn"], reason="Two families")
    assert list_asked(who, family) == set()
    assert list_asked(who, twice) == list_in_scope(who, twice) == GRANT_PERMISSIONS[purpose]


def test_access_to_an_open_record_stays_behind_a_restriction(cast):
    kept, merged = make_family(reference="A", restricted=True), make_family(reference="B")
    grant = give(cast, merged, "care")
    merge_families(kept=kept, merged=merged, reason="One family", by=cast["blackburn"])
    assert list_asked(grant.user, kept) == list_in_scope(grant.user, kept) == set()
    assert set(grant.permissions.values_list("content_object", flat=True)) == {merged.pk}


def test_a_grant_that_comes_back_allows_what_its_purpose_allows_by_now(cast, family, monkeypatch):
    twice = make_family(reference="B")
    grants = [give(cast, each, "co_work") for each in (family, twice)]
    done = merge_families(kept=family, merged=twice, reason="One family", by=cast["blackburn"])
    monkeypatch.setitem(GRANT_PERMISSIONS, "co_work", {"read_families"})
    unmerge(merge=done, by=cast["blackburn"], reason="Two families")
    assert [list_rows(grant) for grant in grants] == [{"read_families"}] * 2
