"""What records lack, asked in scope: the facts that the rules of gaps.py read, a row a person."""

from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce

from pairs.access.asking import Question, day, name_of
from pairs.families.gaps import CarerKnown, InfantKnown, gaps_of_carer, gaps_of_infant
from pairs.families.models import Address, Caregiver, Dyad, Infant

MEANS = ("may_call", "may_text", "may_leave_message", "may_email", "may_post")


def questions(scope, on, families):
    """(family id, Gap) of everybody in the given families: infants, then carers with whom a baby lives or lived."""
    return [_infants(scope, on, families), _carers(scope, families)]


def _infants(scope, on, families):
    dyads = Dyad.objects.live().current().filter(infant=OuterRef("pk")).order_by().values("infant")
    main = dyads.filter(main_carer=True)
    fields = {"id": "id", "family": "family_id", "name": name_of(), "ethnicity": "ethnicity"}
    fields |= {"born": "birth_date", "nhs_number": "nhs_number", "carers": _counted(dyads)}
    fields |= {"main_carers": _counted(main)}

    def says(row):
        known = InfantKnown(
            id=UUID(row["id"]),
            name=row["name"],
            ethnicity=row["ethnicity"],
            born=day(row["born"]),
            lost=False,
            has_nhs_number=bool(row["nhs_number"]),
            carers=row["carers"],
            main_carers=row["main_carers"],
        )
        return [(UUID(row["family"]), gap) for gap in gaps_of_infant(known, on)]

    return Question(Infant.objects.visible_to(scope).active().filter(family__in=families), fields, says)


def _counted(dyads):
    return Coalesce(Subquery(dyads.annotate(n=Count("pk")).values("n")), 0)


def _carers(scope, families):
    dyads = Dyad.objects.live().current().filter(caregiver=OuterRef("pk"))
    home = Address.objects.live().current().filter(caregiver=OuterRef("pk")).order_by("-since", "-created_at")
    fields = {
        "id": "id",
        "family": "family_id",
        "name": name_of(),
        "ethnicity": "ethnicity",
        "born": "birth_date",
    }
    fields |= {name: name for name in ("language", "phone", "email", "safe_contact", *MEANS)}
    fields |= {"unknown": Exists(dyads.filter(parental_responsibility="unknown"))}
    fields |= {name: Subquery(home.values(name)[:1]) for name in ("kind", "postcode", "lsoa_code")}

    def says(row):
        return [(UUID(row["family"]), gap) for gap in gaps_of_carer(_known(row))]

    carers = Caregiver.objects.visible_to(scope).filter(Exists(dyads), family__in=families, died_on=None)
    return Question(carers, fields, says)


def _known(row):
    return CarerKnown(
        id=UUID(row["id"]),
        name=row["name"],
        ethnicity=row["ethnicity"],
        language=row["language"],
        born=day(row["born"]),
        reachable=bool(row["phone"] or row["email"]),
        asked_how=bool(row["safe_contact"]) or any(row[name] is not None for name in MEANS),
        responsibility_unknown=row["unknown"],
        address=row["kind"] or "",
        has_postcode=bool(row["postcode"]),
        has_area=bool(row["lsoa_code"]),
    )
