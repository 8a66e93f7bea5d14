"""Finds every entry about one person in one family's record, by the sections that the apps declare.

An entry is in a copy when it is about the person; about them and others; about the whole family; or, for a baby,
about nobody but carers of this baby. What was entered in error is there with its mark, and what an entry said before it
was changed; both wait for a decision. What is about another relationship, another child or a carer who does not bring
this baby up is never read, and neither is another family's record.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Model, QuerySet

from pairs.families.field_words import LABELS
from pairs.families.models import Caregiver, Dyad, Family, Infant
from pairs.service.bundle_sections import SELF, BundleSection
from pairs.subject_access.choices import HeldBecause
from pairs.subject_access.earlier_versions import EarlierVersion, find_earlier_versions
from pairs.subject_access.rules import find_reason_to_hold
from pairs.subject_access.sections import (
    build_lines,
    follow_date,
    has_free_text,
    list_sections,
    list_shown_fields,
)
from pairs.web.formats import format_day, format_moment

EARLIER_TITLE = "Earlier versions"
IN_ERROR_LABEL, WHY_LABEL = "Entered in error", LABELS["entered_in_error_reason"]
People = dict[Any, set[UUID]]  # {key of a row: ids of the people it is about}


@dataclass(frozen=True)
class Subject:
    """Whose copy it is. ``carers``: of a baby, those who have a relationship with them in this family."""

    id: UUID
    family_id: UUID
    is_infant: bool
    carers: frozenset[UUID]


@dataclass(frozen=True)
class Found:
    """One row that belongs in the copy, or what it said before."""

    section: BundleSection
    row: Any
    about: frozenset[UUID]
    held_because: HeldBecause | None
    lines: list[list[str]]
    version: EarlierVersion | None = None  # of what it said before

    @property
    def title(self) -> str:
        """Of its section in the copy."""
        return EARLIER_TITLE if self.version else self.section.title

    @property
    def on(self) -> date | None:
        """The day that dates it."""
        return self.version.on if self.version else follow_date(self.row, self.section.on)

    @property
    def source_id(self) -> UUID:
        """Of its row; of a version, made of the row's and its own number."""
        return self.version.id if self.version else self.row.pk


def find_subject(family: Family, person: Any) -> Subject:
    """The person, with the carers of a baby."""
    is_infant = isinstance(person, Infant)
    dyads = Dyad.objects.live().filter(family=family, infant=person) if is_infant else Dyad.objects.none()
    carers = frozenset(dyads.values_list("caregiver", flat=True))
    return Subject(person.pk, family.pk, is_infant, carers)


def find_entries(subject: Subject, say_progress: Callable[[int, str], None]) -> Iterator[Found]:
    """All entries, section by section, the oldest first; then what they said before. ``say_progress``: per cent, and
    what it is doing."""
    sections = list_sections()
    earlier: list[Found] = []
    for number, section in enumerate(sections):
        say_progress(100 * number // len(sections), f"Reading: {section.title}")
        found = sorted(_find_section_entries(section, subject), key=_order_entry)
        yield from found
        earlier += _find_earlier_entries(section, found)
    yield from earlier


def _order_entry(found: Found) -> tuple[str, str]:
    return (found.on.isoformat() if found.on else "", str(found.row.pk))


def _find_section_entries(section: BundleSection, subject: Subject) -> Iterator[Found]:
    rows = query_section_rows(section, subject.family_id)
    about, around, mentioned = (
        _map_people(rows, paths) for paths in (section.about, section.else_about, section.mentions)
    )
    keys = [pk for pk in rows.values_list("pk", flat=True) if is_for(subject, section, about[pk], around[pk])]
    live = set(rows.live_throughout().filter(pk__in=keys).values_list("pk", flat=True))
    fields = list_shown_fields(section)
    for row in rows.model._base_manager.filter(pk__in=keys):
        lines = build_lines(row, fields)
        if lines:
            people = about[row.pk] or around[row.pk]
            held = find_reason_to_hold(
                person=str(subject.id),
                about=set(map(str, people)),
                mentions=set(map(str, mentioned[row.pk])),
                in_confidence=section.in_confidence,
                has_free_text=has_free_text(row, fields),
                in_error=row.pk not in live,
            )
            marks = [] if row.pk in live else _build_error_lines(row)
            yield Found(section, row, frozenset(people), held, [*marks, *lines])


def _build_error_lines(row: Any) -> list[list[str]]:
    """That it was entered in error, when and why; or that it is part of what was."""
    if not row.is_entered_in_error:
        return [[IN_ERROR_LABEL, "Part of an entry that was entered in error"]]
    why = row.entered_in_error_reason
    return [[IN_ERROR_LABEL, format_day(row.entered_in_error_at)], *([[WHY_LABEL, why]] if why else [])]


def _find_earlier_entries(section: BundleSection, found: list[Found]) -> Iterator[Found]:
    """What these entries said before they were changed."""
    entries = {each.row.pk: each for each in found}
    fields = list_shown_fields(section)
    for version in find_earlier_versions(section, [each.row for each in found], fields):
        now = entries[version.row_id]
        lines = [["Section", section.title], ["Changed on", format_moment(version.until)], *version.lines]
        yield Found(section, now.row, now.about, HeldBecause.EARLIER, lines, version)


def query_section_rows(section: BundleSection, family_id: UUID) -> QuerySet[Any]:
    """The section's rows of the family that are not sealed, and belong to none that is."""
    model: Any = apps.get_model(section.model)
    path = "pk" if model.family_path == "id" else model.family_path
    return model.objects.unsealed_throughout().filter(**{path: family_id}).order_by()


def is_for(subject: Subject, section: BundleSection, about: set[UUID], around: set[UUID]) -> bool:
    """Whether a row belongs in the copy: ``about`` these people, in something ``around`` those (a contact's note).

    What is about a baby's carer alone belongs to the baby's record only where it is around this baby.
    """
    if not (about or around):
        return section.whole_family
    if not about:
        return subject.id in around
    if subject.id in about:
        return True
    is_of_carer = subject.is_infant and about <= subject.carers
    return is_of_carer and (not around or subject.id in around)


def _map_people(rows: QuerySet[Any], paths: Iterable[str]) -> People:
    found: People = defaultdict(set)
    for path in paths:
        for lookup in list_person_keys(rows.model, path):
            for pk, person in rows.values_list("pk", lookup):
                if person is not None:
                    found[pk].add(person)
    return found


def list_person_keys(model: type[Model], path: str) -> list[str]:
    """The lookups of ids of babies and carers at the path: two for a relationship."""
    end = model if path == SELF else _follow_model(model, path)
    start = "" if path == SELF else f"{path}__"
    if end is Dyad:
        return [f"{start}infant_id", f"{start}caregiver_id"]
    if end in (Infant, Caregiver):
        return [f"{start}pk"]
    raise ValueError(f"{model._meta.label}: {path} leads to no baby, carer or relationship.")


def _follow_model(model: Any, path: str) -> Any:
    for name in path.split("__"):
        model = model._meta.get_field(name).related_model
    return model


def name_people(ids: Iterable[UUID]) -> str:
    """Whom an entry is about, by name, for whoever decides; "The whole family" for no one."""
    wanted = list(ids)
    found = [
        str(person) for model in (Infant, Caregiver) for person in model.objects.live().filter(pk__in=wanted)
    ]
    hidden = ["someone whose record is no longer shown"] * (len(found) < len(wanted))
    return ", ".join([*sorted(found), *hidden]) or "The whole family"
