"""From what was asked to the families it may mean: one statement over everybody the scope may see, then the rules.

Sealed rows, rows entered in error, and families out of scope are never looked at; the address of a refuge is found
by nobody, since even "yes, somebody of that postcode is here" would tell.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import Prefetch

from pairs.access.records import live_sql
from pairs.access.scope import Scope
from pairs.families.models import Caregiver, Family, Infant
from pairs.families.models.family import FamilyQuerySet
from pairs.matching.name_matching import (
    VARYING_LETTERS,
    build_search_keys,
    is_unspaced,
    join_neighbours,
)
from pairs.matching.name_variants import NAME_VARIANTS
from pairs.matching.query_parser import SearchQuery
from pairs.matching.ranking import FamilyMatch, SearchHit, rank_families

MAX_FAMILIES = 40  # families weighed by the rules
MAX_WORDS_JOINED = 4  # of so many typed words, neighbours are asked for as one word too
SIMILARITY_THRESHOLD = (
    0.34  # a five-letter word with one letter wrong in the middle shares a third of its trigrams
)
LIVE_SQL = live_sql()
PERSON_TABLES = ("caregiver", "infant")


@dataclass
class SearchTerms:
    """Conditions by table, each with how strong a hit is (SQL) and what it is called; and all their values."""

    values: dict = field(default_factory=dict)
    of: dict = field(default_factory=lambda: {"caregiver": [], "infant": [], "address": []})

    def add(self, what: str, tables: Sequence[str], condition: str, strength: str, **values: Any) -> None:
        """``{n}`` in the SQL is this term's own number, so that its values are found again."""
        number = len(self.values)
        self.values |= {f"{name}{number}": value for name, value in values.items()}
        self.values[f"what{number}"] = what
        for table in tables:
            self.of[table].append((number, condition.format(n=number), strength.format(n=number)))


def find_families(search: SearchQuery, scope: Scope, *, most: int = 20) -> list[FamilyMatch]:
    """At most so many families in scope, the one that is meant first."""
    terms = _build_terms(search)
    return rank_families(search.words, _find_hits(terms, scope), search.around)[:most] if terms.values else []


def _build_terms(search: SearchQuery) -> SearchTerms:
    terms = SearchTerms()
    for word in search.words:
        _add_word(terms, word) if len(word) > 1 or is_unspaced(word) else _add_whole_word(terms, word)
    if len(search.words) <= MAX_WORDS_JOINED:
        for word in join_neighbours(search.words):
            _add_joined_word(terms, word)
    for word in search.around:
        _add_whole_word(terms, word)
    _add_identifiers(terms, search)
    _add_dates(terms, search)
    _add_phones(terms, search)
    _add_postcodes(terms, search)
    return terms


def _add_word(terms: SearchTerms, word: str) -> None:
    """Its beginning, its sound or its letters in any order, another form of it, or its letters nearly in order.

    In this order, since to compare letters costs a hundred times what the others cost.
    """
    found_by = sorted(set().union(*map(build_search_keys, {word, *NAME_VARIANTS.get(word, ())})))
    begins, key = "matching_name LIKE %(begin{n})s", "matching_keys && %(keys{n})s::text[]"
    alike = "strict_word_similarity(%(word{n})s, matching_name)"
    condition = f"{begins} OR {key} OR matching_name %%>> %(word{{n}})s"
    strength = (
        "CASE WHEN matching_name || ' ' LIKE %(whole{n})s THEN 1"
        f" WHEN {begins} THEN 0.85 WHEN {key} THEN 0.7 ELSE 0.8 * {alike} END"
    )
    values = {"begin": _make_beginning(word), "whole": f"% {_match_forms(word)} %"}
    terms.add("", PERSON_TABLES, condition, strength, word=word, keys=found_by, **values)


def _make_beginning(word: str) -> str:
    """A pattern for LIKE. Two letters begin too many names: they must be the whole word, unless words have no ends."""
    if is_unspaced(word):
        return f"%{word}%"
    return f"% {_match_forms(word)}%" if len(word) > 2 else f"% {_match_forms(word)} %"


def _match_forms(word: str) -> str:
    """The word as a pattern for LIKE in which a letter of several forms stands for any; the rules look at it then."""
    return "".join("_" if letter in VARYING_LETTERS else letter for letter in word)


def _add_whole_word(terms: SearchTerms, word: str) -> None:
    whole = "matching_name || ' ' LIKE %(whole{n})s"
    condition = f"matching_name LIKE %(begin{{n}})s AND {whole}"
    terms.add("", PERSON_TABLES, condition, "1", whole=f"% {word} %", begin=f"% {word}%")


def _add_joined_word(terms: SearchTerms, word: str) -> None:
    """Words that may be one on record: "mary jane" of Maryjane."""
    keys = sorted(build_search_keys(word))
    terms.add("", PERSON_TABLES, "matching_keys && %(keys{n})s::text[]", "0.7", keys=keys)


def _add_identifiers(terms: SearchTerms, search: SearchQuery) -> None:
    for number in search.nhs_numbers:
        terms.add("NHS number", PERSON_TABLES, "nhs_number = %(nhs{n})s", "9", nhs=number)
    for reference in search.references:
        terms.add("reference", ["infant"], "reference = %(reference{n})s", "9", reference=reference)


def _add_dates(terms: SearchTerms, search: SearchQuery) -> None:
    for each in search.dates:
        terms.add("date of birth", PERSON_TABLES, "birth_date = %(day{n})s", "2", day=each)
        due = "(estimated_due_date = %(day{n})s AND birth_date IS NULL)"
        terms.add("due date", ["infant"], due, "2", day=each)
    for each in search.other_way:
        other = "day and month swapped"
        terms.add(other, PERSON_TABLES, "birth_date = %(day{n})s", "1", day=each)


def _add_phones(terms: SearchTerms, search: SearchQuery) -> None:
    """Whole numbers by their keys; fewer figures as the end of one of the first two numbers on record."""
    for key in search.phones:
        same = "phone_keys @> ARRAY[%(phone{n})s]::text[]"
        terms.add("phone", ["caregiver"], same, "4", phone=key)
    for digits in search.phone_ends:
        ends = " OR ".join(f"reverse(phone_keys[{place}]) LIKE %(end{{n}})s" for place in (1, 2))
        end = f"{digits[::-1]}%"
        terms.add("end of the phone number", ["caregiver"], f"({ends})", "2", end=end)


def _add_postcodes(terms: SearchTerms, search: SearchQuery) -> None:
    there = "(until IS NULL AND kind <> 'refuge' AND replace(postcode, ' ', '') LIKE %(code{n})s)"
    for code in search.postcodes:
        terms.add("postcode", ["address"], there, "2", code=code)
    for code in search.outward:
        terms.add("postcode area", ["address"], there, "0.5", code=f"{code}___")


def _find_hits(terms: SearchTerms, scope: Scope) -> list[SearchHit]:
    """Everybody something was found in, of the families most was found in."""
    arms = [_build_table_select(table, own) for table, own in terms.of.items() if own]
    numbers = sorted({number for own in terms.of.values() for number, _, _ in own})
    try:
        visible, values = Family.objects.visible_to(scope).values("pk").query.sql_with_params()
    except EmptyResultSet:  # they read no family anywhere
        return []
    visible, named = _name_parameters(visible, values)
    statement = _NEAREST_SQL.format(
        arms=" UNION ALL ".join(_fill_strength_columns(arm, own, numbers) for arm, own in arms),
        best=" + ".join(f"max(t{number})" for number in numbers),
        together=" + ".join(f"t{number}" for number in numbers),
        visible=visible,
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL pg_trgm.strict_word_similarity_threshold = {SIMILARITY_THRESHOLD}")
        cursor.execute(statement, terms.values | named | {"most": MAX_FAMILIES})
        return [_build_hit(row, terms, numbers) for row in cursor.fetchall()]


_NEAREST_SQL = """
WITH hit AS MATERIALIZED ({arms}),
best AS (
    SELECT family_id, {best} + max({together}) / 2 AS score FROM hit GROUP BY family_id
    ORDER BY score DESC, family_id
),
nearest AS (
    SELECT family_id FROM best WHERE family_id IN ({visible}) ORDER BY score DESC, family_id LIMIT %(most)s
)
SELECT hit.* FROM hit JOIN nearest USING (family_id)
"""


def _build_table_select(table: str, own: list[tuple[int, str, str]]) -> tuple[str, dict[int, str]]:
    """(the part of the statement about one table, {number of a term: how strong it is})."""
    person = "id" if table != "address" else "coalesce(caregiver_id, infant_id)"
    name = "matching_name" if table != "address" else "''"
    conditions = " OR ".join(f"({condition})" for _, condition, _ in own)
    select = f"SELECT family_id, {person} AS person_id, {name} AS name, {{strengths}} FROM families_{table}"
    return f"{select} WHERE {LIVE_SQL} AND ({conditions}){_build_live_person_condition(table)}", {
        number: strength
        if strength.startswith("CASE")
        else f"CASE WHEN {condition} THEN {strength} ELSE 0 END"
        for number, condition, strength in own
    }


def _build_live_person_condition(table: str) -> str:
    """An address goes out of sight with its person."""
    if table != "address":
        return ""
    sealed = "SELECT FROM families_{0} WHERE id = {0}_id AND NOT ({1})"
    return "".join(f" AND NOT EXISTS ({sealed.format(person, LIVE_SQL)})" for person in PERSON_TABLES)


def _fill_strength_columns(arm: str, strengths: dict[int, str], numbers: list[int]) -> str:
    """The same columns from every table, 0 where a term does not ask of it."""
    return arm.replace(
        "{strengths}", ", ".join(f"({strengths.get(number, '0')})::float AS t{number}" for number in numbers)
    )


def _name_parameters(statement: str, values: tuple[Any, ...]) -> tuple[str, dict[str, Any]]:
    """Django's query with names in place of its positions."""
    names = {f"visible{at}": value for at, value in enumerate(values)}
    return statement % tuple(f"%({name})s" for name in names), names


def _build_hit(row: tuple[Any, ...], terms: SearchTerms, numbers: list[int]) -> SearchHit:
    family, person, name, *strengths = row
    found = (
        terms.values[f"what{number}"]
        for number, strength in zip(numbers, strengths, strict=True)
        if strength > 0
    )
    return SearchHit(family, person, name.strip(), tuple(dict.fromkeys(filter(None, found))))


def query_families_by_id(ids: dict[UUID, FamilyMatch] | list[UUID]) -> FamilyQuerySet:
    """These families with everybody's names: two more queries in all. The caller applies the scope."""
    return (
        Family.objects.filter(pk__in=list(ids))
        .select_related("site")
        .prefetch_related(
            Prefetch("infants", Infant.objects.live().order_by("birth_date", "twin_order", "created_at")),
            Prefetch("caregivers", Caregiver.objects.live().order_by("created_at")),
        )
    )
