"""Merge, then unmerge: every table but history, access log, ledger and sessions is what it was, to the last byte.

Random families of the made-up world, with random rows of every table that can point at them pointed at them, so
that a key nobody thought of is tried as well. The seed is printed; PAIRS_MERGE_SEED repeats one.
"""

import os
import random
from collections import Counter

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from pairs.families.actions import grant_family_access
from pairs.families.models import (
    Address,
    Caregiver,
    Caution,
    Dyad,
    ExclusionGroup,
    Family,
    FamilyMove,
    Infant,
)
from pairs.matching.actions import merge_families, merge_people, unmerge
from pairs.matching.comparison import compare_facts
from pairs.matching.models import Merge, MergeEffect
from pairs.matching.referring_rows import is_history, list_keys_to
from pairs.service.models import Site, User
from pairs.service.refusals import ActionRefused

FAMILY_COUNT = 200 if os.environ.get("PAIRS_LONG") else 8
SEED = int(os.environ.get("PAIRS_MERGE_SEED", random.SystemRandom().randrange(10**6)))
# Access log, sessions, the ledger itself, who did it in the history, and marks of what changed.
NOT_COMPARED = {
    "audit_accessentry", "audit_accountevent", "django_session", "matching_merge", "matching_mergestep",
    "pghistory_context", "dashboards_familychange",
}  # fmt: skip
TARGETS = (Family, Infant, Caregiver, Dyad)


def list_compared_tables():
    """Every table of the database, whoever made it, but for those."""
    history = {each._meta.db_table for each in apps.get_models() if is_history(each)}
    return sorted(set(connection.introspection.table_names()) - history - NOT_COMPARED)


def compute_checksums():
    """{table: digest of all its rows}, in one question."""
    digest = "SELECT '{0}', md5(string_agg(t::text, '|' ORDER BY t::text)) FROM \"{0}\" t"
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(digest.format(table) for table in list_compared_tables()))
        return dict(cursor.fetchall())


def try_write(write):
    """Did the database let this through?"""
    try:
        with transaction.atomic():
            write()
    except IntegrityError:
        return False
    return True


def create_more_rows(rng, pair, by):
    """What the seeded world has none of, about these two families."""
    for family in pair:
        carers, babies = list(family.caregivers.all()), list(family.infants.all())
        about = rng.choice(({"caregiver": rng.choice(carers)}, {"infant": rng.choice(babies)}))
        Caution.objects.create(
            family=family, kind="keep_apart", kept_from_name="Somebody", what="A court order",
            since=timezone.localdate(), **about,
        )  # fmt: skip
        Address.objects.create(
            family=family, infant=rng.choice(babies), lines="2 Example Road", kind="temporary"
        )
        FamilyMove.objects.create(
            family=family, from_site=family.site, to_site=Site.objects.exclude(pk=family.site_id).first(),
            status="declined", reason="They moved", offered_by=by, offered_at=timezone.now(),
            answered_by=by, answered_at=timezone.now(),
        )  # fmt: skip
        grant_family_access(family=family, user=by, purpose="care", reason="Co-work", by=by)
        for carer in carers:
            carer.exclusion_groups.set(rng.sample(list(ExclusionGroup.objects.all()), 2))


def point_random_rows(rng, pair):
    """Random rows of every table that has a key to one of these records are pointed at one of them."""
    mine = {Family: list(pair)}
    for model in (Infant, Caregiver, Dyad):
        mine[model] = list(model.objects.live().filter(family__in=pair))
    pointed = Counter()
    for target in TARGETS:
        for key in list_keys_to(target):
            rows = key.model._base_manager.filter(**{f"{key.name}__isnull": False}).order_by("pk")
            ids = list(rows.values_list("pk", flat=True))
            for pk in rng.sample(ids, min(4, len(ids))):
                new = rng.choice(mine[target])
                row = key.model._base_manager.filter(pk=pk)
                if new.pk != pk and try_write(
                    lambda row=row, key=key, new=new: row.update(**{key.name: new})
                ):
                    pointed[f"{key.model._meta.label}.{key.name}"] += 1
    return pointed


def merge_at_random(rng, kind, pair, by):
    """A random merge of the two families; Refused passes through."""
    kept, merged = pair
    model = Infant if kind == "infant" else Caregiver
    people = list(model.objects.live().filter(family__in=pair).order_by("pk"))
    if kind == "family" or len(people) < 2:
        return merge_families(kept=kept, merged=merged, reason="Held twice", by=by)
    one, other = rng.sample(people, 2)
    choices = {fact.name: rng.choice(("kept", "merged")) for fact in compare_facts(one, other)}
    return merge_people(kept=one, merged=other, choices=choices, reason="The same", by=by, families_too=True)


@pytest.mark.prove
def test_unmerging_restores_every_table(cloned_database):
    print(f"PAIRS_MERGE_SEED={SEED}")
    rng, done, refused = random.Random(SEED), Counter(), Counter()
    by = User.objects.get(username="blackburn")
    for number in range(3):
        ExclusionGroup.objects.get_or_create(code=f"group-{number}", defaults={"name": f"Group {number}"})
    families = list(Family.objects.live().filter(restricted=False).exclude(infants=None).distinct())
    steps, pointed = Counter(), Counter()
    while sum(done.values()) < FAMILY_COUNT:
        kind = rng.choice(("infant", "caregiver", "family"))
        with transaction.atomic():
            pair = rng.sample(families, 2)
            create_more_rows(rng, pair, by)
            pointed += point_random_rows(rng, pair)
            before = compute_checksums()
            try:
                merge = merge_at_random(rng, kind, pair, by)
            except ActionRefused as no:
                assert compute_checksums() == before, "a refused merge changed something"
                refused[str(no)[:60]] += 1
            else:
                assert compute_checksums() != before
                steps += Counter(merge.steps.values_list("what", flat=True))
                unmerge(merge=merge, by=by, reason="They are two")
                assert not merge.steps.filter(what=MergeEffect.LEFT)
                after = compute_checksums()
                assert {table for table in before if before[table] != after[table]} == set()
                done[kind] += 1
            transaction.set_rollback(True)
    print(f"{sum(done.values())} merged and unmerged: {dict(done)}; steps {dict(steps)}")
    print(f"refused {sum(refused.values())}: {dict(refused)}")
    print(f"{len(pointed)} keys pointed at them: {dict(pointed)}")
    assert set(steps) >= {MergeEffect.MOVED, MergeEffect.FILLED, MergeEffect.SEALED}
    assert FAMILY_COUNT < 200 or steps[MergeEffect.DROPPED]  # rare: a few merges may well do without
    assert Merge.objects.count() == 0
