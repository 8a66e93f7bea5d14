"""What is due, worked out ahead: never other than worked out afresh, whatever was written since."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from pairs.access.scope import load_scope
from pairs.families.models import Family, Infant
from pairs.service.models import User
from reporting.dashboards import due_cache, due_refresh, worklist
from reporting.dashboards.actions import decide_due_item
from reporting.dashboards.due_cache import (
    KINDS,
    find_due_item,
    get_due_lists,
    list_work_for_families,
)
from reporting.dashboards.due_items import is_mine_or_unowned, list_all_due_items, list_visible_families
from reporting.dashboards.due_refresh import refresh_due_items
from reporting.dashboards.models import CachedDueItem, DueCacheDay, FamilyChange
from reporting.dashboards.moves.actions import offer_move
from reporting.dashboards.triggers import list_watched_models
from tests import databases
from tests.running_service import use_own_clone
from tests.unit.families.factories import make_family
from tests.unit.moves.factories import get_site

DEMO_ACCOUNTS = ("blackburn", "supervisor", "duty", "governance", "peer")
TODAY = timezone.localdate


def to_comparable_set(items):
    return {(item.code, item.subject_id, item.due_on, item.owner_id, item.title, item.who) for item in items}


def collect_due_pages(scope, *, everybody):
    """Every item that the to-do pages show, page by page, and the counts they gave."""
    shown, page, goes_on = [], 1, frozenset(KINDS)
    while True:
        found = get_due_lists(scope, TODAY(), everybody=everybody, page=page)
        assert {kind for kind in KINDS if found.items[kind]} == goes_on or page == 1
        shown += [item for kind in KINDS for item in found.items[kind]]
        if not any(found.items.values()):
            return shown, found.counts
        page, goes_on = page + 1, found.goes_on


@pytest.fixture
def small_pages(monkeypatch):
    for module in (due_cache, worklist):
        monkeypatch.setattr(module, "PER_PAGE", 4)
    due_cache._LIST_BATCH._kept.forget()
    yield
    due_cache._LIST_BATCH._kept.forget()  # the length of a page is part of the text


@pytest.mark.django_db
class TestAFamily:
    @pytest.fixture
    def family(self, cast):
        family = make_family(born=TODAY() - timedelta(days=200))
        assert refresh_due_items(TODAY()) == 1
        return family

    def list_codes(self, cast, family):
        return {
            item.code
            for item in list_work_for_families(load_scope(cast["blackburn"]), TODAY(), [family.pk])[0]
        }

    def test_it_is_stored_and_read(self, cast, family):
        assert CachedDueItem.objects.filter(code="nhs_number_trace", family_id=family.pk).exists()
        assert self.list_codes(cast, family) == {"nhs_number_trace"}

    def test_later_changes_show_at_once(self, cast, family):
        family.infants.update(nhs_number="9990000018")
        assert FamilyChange.objects.filter(family_id=family.pk).exists()
        assert self.list_codes(cast, family) == set()
        assert get_due_lists(load_scope(cast["blackburn"]), TODAY()).counts["data quality"] == 0
        assert refresh_due_items(TODAY()) == 1
        assert not CachedDueItem.objects.exists()
        assert not FamilyChange.objects.exists()

    def test_a_page_reads_stored_items_and_computes_nothing(self, cast, family, monkeypatch):
        monkeypatch.setattr(
            due_cache, "list_due_by_family", lambda families, on: [] if not families else 1 / 0
        )
        monkeypatch.setattr(due_cache, "list_all_due_items", lambda *_: 1 / 0)
        scope = load_scope(cast["blackburn"])
        assert self.list_codes(cast, family) == {"nhs_number_trace"}
        assert get_due_lists(scope, TODAY()).counts == {"safety": 0, "clinical": 0, "data quality": 1}
        assert [item.code for item in get_due_lists(scope, TODAY()).items["data quality"]] == [
            "nhs_number_trace"
        ]

    def test_a_decision_is_applied_and_comes_to_an_end(self, cast, family):
        scope, infant = load_scope(cast["blackburn"]), family.infants.get()
        item = find_due_item(scope, TODAY(), subject_id=infant.pk, code="nhs_number_trace")
        until = TODAY() + timedelta(days=3)
        decide_due_item(item=item, until=until, handed_to=None, why="Asked", by=cast["blackburn"])
        for _ in range(2):  # before it is worked out again, and after
            assert get_due_lists(scope, TODAY()).counts["data quality"] == 0
            refresh_due_items(TODAY())
        refresh_due_items(until)
        assert CachedDueItem.objects.filter(subject_id=infant.pk).exists()

    def test_stored_items_are_not_used_on_a_new_day(self, cast, family):
        CachedDueItem.objects.update(title="Of yesterday")
        DueCacheDay.objects.update(day=TODAY() - timedelta(days=1))
        scope = load_scope(cast["blackburn"])
        found = get_due_lists(scope, TODAY()).items["data quality"]
        assert [item.title for item in found] == ["Trace the baby’s NHS number"]
        assert refresh_due_items(TODAY()) == 1
        assert DueCacheDay.objects.get().day == TODAY()

    def test_a_change_that_concerns_every_family_recomputes_all(self, cast, family):
        from interventions.episodes.models import Intervention

        Intervention.objects.first().save()
        assert FamilyChange.objects.filter(family_id=None).exists()
        assert refresh_due_items(TODAY()) == Family.objects.count()
        assert refresh_due_items(TODAY()) == 0

    def test_nobody_elses_is_read(self, cast, family):
        scope = load_scope(cast["hyndburn"])
        assert get_due_lists(scope, TODAY(), everybody=True).items["data quality"] == []
        subject = family.infants.get().pk
        assert find_due_item(scope, TODAY(), subject_id=subject, code="nhs_number_trace") is None

    def test_a_family_restricted_since_is_hidden(self, cast, family):
        """Who may see the family is asked each time, and not kept."""
        scope = load_scope(cast["blackburn"])
        family.change(restricted=True, restricted_because="Staff")
        refresh_due_items(TODAY())
        assert get_due_lists(scope, TODAY()).counts["data quality"] == 0

    def test_a_family_reached_from_another_site_is_in_the_list(self, cast, family):
        """The family's site, which is kept, says where to look first, and never who may see it."""
        scope = load_scope(cast["hyndburn"])
        offer_move(family=family, to_site=get_site("hyndburn"), reason="Moved house", by=cast["blackburn"])
        for _ in range(2):  # before it is worked out again, and after
            found = get_due_lists(scope, TODAY(), everybody=True).items["data quality"]
            assert [item.family_id for item in found] == [family.pk]
            refresh_due_items(TODAY())

    def test_a_family_that_went_to_another_site_is_in_that_sites_list(self, cast, family):
        family.change(site=get_site("hyndburn"))
        for _ in range(2):
            for name, number in (("hyndburn", 1), ("blackburn", 0)):
                found = get_due_lists(load_scope(cast[name]), TODAY(), everybody=True)
                assert found.counts["data quality"] == number
            refresh_due_items(TODAY())

    def test_the_next_fifty_have_a_page_of_their_own(self, cast, family, client, small_pages):
        for number in range(6):
            make_family(reference=str(number), born=TODAY() - timedelta(days=100 + number))
        client.force_login(cast["blackburn"])
        first = client.get(reverse("worklist"), {"view": "gaps"}).content.decode()
        assert 'Gaps in records <span class="pairs-tabs__count">7' in first
        assert "?view=gaps&amp;page=2" in first
        second = client.get(reverse("worklist"), {"view": "gaps", "page": "2"}).content.decode()
        assert second.count("pairs-todo__row") == 3 + second.count("pairs-todo__rows")
        assert "Next page" not in second


class TestDemo:
    """On the demo's families, as the people of the demo."""

    @pytest.fixture(scope="class")
    @classmethod
    def demo(cls, django_db_setup, django_db_blocker):
        """One copy for all of these, its items worked out once."""
        with django_db_blocker.unblock(), use_own_clone(databases.get_seeded_template()):
            refresh_due_items(TODAY())
            assert CachedDueItem.objects.count() > 30
            yield

    @pytest.fixture
    def kept(self, demo):
        """What a test changes is undone."""
        with transaction.atomic():
            yield
            transaction.set_rollback(True)

    def test_pages_show_the_same_as_computing_afresh(self, kept, small_pages, monkeypatch):
        """Kept; with some families changed since; and with a mark on all."""
        for changed in ([], Family.objects.order_by("pk")[::3], [None]):
            FamilyChange.objects.bulk_create(
                FamilyChange(family_id=getattr(each, "pk", None)) for each in changed
            )
            for username in DEMO_ACCOUNTS:
                self.check_scope(load_scope(User.objects.get(username=username)))

    def check_scope(self, scope):
        expected = list_all_due_items(scope, TODAY())
        mine = [item for item in expected if is_mine_or_unowned(item, scope)]
        for everybody, items in ((True, expected), (False, mine)):
            shown, counts = collect_due_pages(scope, everybody=everybody)
            assert to_comparable_set(shown) == to_comparable_set(items)
            assert len(shown) == len(items)
            numbers = {kind: sum(item.kind == kind for item in items) for kind in KINDS}
            assert counts == {kind: min(number, due_cache.MAX_COUNTED) for kind, number in numbers.items()}
        families = list_visible_families(scope)
        of_families = [item for item in expected if item.family_id in set(families)]
        assert to_comparable_set(list_work_for_families(scope, TODAY(), families)[0]) >= to_comparable_set(
            item for item in of_families if item.code in {each.code for each in CachedDueItem.objects.all()}
        )

    def test_a_page_of_some_kinds_shows_all_that_there_is_of_them(self, kept):
        """What is asked for one kind alone has items of that kind alone, and is left out of the others' pages."""
        for scope in (load_scope(User.objects.get(username=username)) for username in DEMO_ACCOUNTS):
            everything = get_due_lists(scope, TODAY(), everybody=True)
            for kind in KINDS:
                some = get_due_lists(scope, TODAY(), everybody=True, kinds=(kind,))
                assert some.counts == {kind: everything.counts[kind]}
                if some.counts[kind] <= due_cache.PER_PAGE:
                    expected = to_comparable_set(everything.items[kind])
                    assert to_comparable_set(some.items[kind]) == expected

    def test_every_watched_row_marks_its_family(self, kept):
        """Touching any row of a watched table marks at least the family that the row is said to belong to."""
        FamilyChange.objects.all().delete()
        touched = 0
        for model in list_watched_models():
            row = model._base_manager.order_by("pk").last()
            path = getattr(model, "family_path", None)
            if row is None or not touch_row(row):
                continue
            marked = set(FamilyChange.objects.values_list("family_id", flat=True))
            own = model._base_manager.filter(pk=row.pk).values_list(path or "pk", flat=True).get()
            assert own in marked if path and own else marked or path, model._meta.label
            touched += bool(path and own)
            FamilyChange.objects.all().delete()
        assert touched >= 15

    def test_a_baby_in_two_families_marks_both(self, kept):
        from pairs.families.models import Dyad

        infant = Infant.objects.live().first()
        other = Family.objects.live().exclude(pk=infant.family_id).first()
        carer = other.caregivers.first()
        Dyad.objects.create(family=other, infant=infant, caregiver=carer, relationship="foster")
        FamilyChange.objects.all().delete()
        Infant.objects.filter(pk=infant.pk).update(given_name="Robin")
        marked = set(FamilyChange.objects.values_list("family_id", flat=True))
        assert {infant.family_id, other.pk} <= marked

    def test_a_change_during_computing_stays_marked(self, demo, monkeypatch):
        """The mark of a writer who commits after the rows were read is still there afterwards."""
        infant = Infant.objects.active().filter(nhs_number=None).first() or Infant.objects.active().first()
        FamilyChange.objects.all().delete()
        FamilyChange.objects.create(family_id=infant.family_id)
        work_out = due_refresh.list_due_by_family

        def work_out_while_writing(families, on):
            found = work_out(families, on)
            write_from_another_connection(infant)
            return found

        monkeypatch.setattr(due_refresh, "list_due_by_family", work_out_while_writing)
        assert refresh_due_items(TODAY()) == 1
        assert FamilyChange.objects.filter(family_id=infant.family_id).exists()


def touch_row(row):
    """Write the row as it is; False where its table is append-only."""
    table, key = row._meta.db_table, row._meta.pk.column
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f'UPDATE "{table}" SET "{key}" = "{key}" WHERE "{key}" = %s', [row.pk])
    except ProgrammingError:
        return False
    return True


def write_from_another_connection(infant):
    """From a connection of its own, committed."""
    import psycopg

    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": psycopg.Cursor}) as db:
        db.execute("UPDATE families_infant SET given_name = 'Alex' WHERE id = %s", [infant.pk])
