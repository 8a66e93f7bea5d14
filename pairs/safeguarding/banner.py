"""What the person's banner says of safeguarding: the statuses that nobody may have to look for."""

from django.urls import reverse

from pairs.access.asking import Question, name_of
from pairs.safeguarding.models import SafeguardingStatus
from pairs.safeguarding.rules import status_words


def status_question(family):
    """A line for each child protection plan, child looked after and MARAC, the oldest first."""
    rows = SafeguardingStatus.objects.of_the_banner(family)
    names = {"infant": name_of("infant"), "caregiver": name_of("caregiver"), "child": "child__name"}
    fields = {"since": "since", "kind": "kind", "categories": "categories", "court_order": "court_order"}

    def says(row):
        who = row["infant"] or row["caregiver"] or row["child"] or "Not yet named"
        href = reverse("safeguarding", args=[row["family"]])
        text = f"{who}: {status_words(row['kind'], row['categories'], row['court_order'])}"
        yield {"text": text, "severity": "note", "href": href, "since": row["since"]}

    return Question(rows, fields | names | {"family": "family_id"}, says)
