"""Pages and API of posts: the administrator keeps them, the manager reads numbers, a supervisor their own sites."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from interventions.posts.capacity import load_capacity
from interventions.posts.models import PlanLine, Post, PostHolding
from pairs.service.models import Site
from pairs.service.work_to_hand_over import list_held_work, list_site_work
from tests.unit.episodes.factories import make_episode
from tests.unit.posts.factories import FIRST, make_holding, make_post

DAY = timedelta(days=1)
NEW_POST = {
    "title": "Trainee therapist", "site": "blackburn-with-darwen", "group": "therapist", "band": "6",
    "wte": "1.0", "funded_from": "2026-04-01", "is_recruit_to_train": "on",
    "course": "Postgraduate certificate, 0-2 pathway",
}  # fmt: skip


def post_form(client, name, *ids, **data):
    return client.post(reverse(name, args=ids), data)


def test_an_administrator_adds_a_post_and_fills_it(cast, sign_in_as):
    client = sign_in_as("administrator")
    response = post_form(client, "new-post", **NEW_POST)
    post = Post.objects.get()
    assert response.url == reverse("post", args=[post.pk])
    filled = {
        "person": cast["trainee"].pk,
        "wte": "0.8",
        "starts_on": "2026-05-01",
        "qualifies_on": "2027-05-01",
    }
    post_form(client, "fill-post", post.pk, **filled)
    page = client.get(reverse("posts")).content.decode()
    assert "Tess Trainee" in page
    assert "Part vacant" in page
    assert "0.8 of 1" in page


def test_all_errors_come_at_once_and_nothing_is_half_saved(cast, sign_in_as):
    post = make_post(cast, wte=Decimal("0.60"))
    client = sign_in_as("administrator")
    wrong = {"person": cast["blackburn"].pk, "wte": "0.8", "starts_on": "2026-03-01", "ends_on": "2026-02-01"}
    page = post_form(client, "fill-post", post.pk, **wrong).content.decode()
    assert "There is 0.6 left of this post" in page
    assert "The post is funded from 1 April 2026" in page
    assert "Choose a last day that is not before the first day" in page
    assert not PostHolding.objects.exists()


def test_nobody_fills_two_posts_beyond_whole_time(cast, sign_in_as):
    make_holding(cast, make_post(cast), wte="0.60")
    other = make_post(cast, "hyndburn")
    client = sign_in_as("administrator")
    data = {"person": cast["blackburn"].pk, "wte": "0.5", "starts_on": "2026-06-01"}
    page = post_form(client, "fill-post", other.pk, **data).content.decode()
    assert "They fill 0.6 in other posts on these days" in page
    post_form(client, "fill-post", other.pk, **data | {"wte": "0.4"})
    assert other.holdings.get().wte == Decimal("0.40")


def test_who_leaves_a_post_makes_room_and_what_was_wrong_is_removed(cast, sign_in_as):
    post = make_post(cast)
    holding = make_holding(cast, post)
    client = sign_in_as("administrator")
    data = {"wte": "1.0", "starts_on": "2026-04-01", "ends_on": "2026-09-30"}
    post_form(client, "change-post-holder", holding.pk, **data)
    make_holding(cast, post, "hyndburn", starts_on=holding.starts_on.replace(month=10))
    post_form(client, "remove-post-holder", holding.pk, reason="It was someone else")
    assert [each.person for each in PostHolding.objects.live()] == [cast["hyndburn"]]


def test_a_manager_reads_numbers_without_names_and_changes_nothing(cast, sign_in_as):
    post = make_post(cast)
    make_holding(cast, post)
    client = sign_in_as("manager")
    for name, *ids in (("posts",), ("post", post.pk), ("establishment",)):
        page = client.get(reverse(name, args=ids))
        assert page.status_code == 200
        assert "Bilal Blackburn" not in page.content.decode()
    assert client.get(reverse("new-post")).status_code == 403
    assert client.get(reverse("api-post-holders", args=[post.pk])).status_code == 403


def test_a_supervisor_sees_their_own_sites_alone(cast, sign_in_as):
    ours, theirs = make_post(cast), make_post(cast, "preston")
    make_holding(cast, ours)
    client = sign_in_as("supervisor")
    assert "Bilal Blackburn" in client.get(reverse("post", args=[ours.pk])).content.decode()
    assert client.get(reverse("post", args=[theirs.pk])).status_code == 404
    assert client.get(reverse("establishment")).status_code == 403
    rows = client.get(reverse("api-posts")).json()["results"]
    assert [row["id"] for row in rows] == [str(ours.pk)]


def test_capacity_counts_posts_families_and_the_services_own_figures(cast, sign_in_as, settings):
    make_holding(cast, make_post(cast), wte="0.50")
    make_holding(cast, make_post(cast, no_direct_work=True), "administrator")
    make_episode(cast["blackburn"])
    site = Site.objects.get(code="blackburn-with-darwen")
    (row,) = load_capacity([site.pk], timezone.localdate())
    assert (row.person, row.load.wte, row.load.families) == (cast["blackburn"], Decimal("0.50"), 1)
    assert row.load.capacity is None
    settings.CONTACTS_A_WEEK_PER_WTE = 10
    assert row.load.capacity == 5
    page = sign_in_as("supervisor").get(reverse("capacity")).content.decode()
    assert "0 of 5" in page


def test_the_plan_is_changed_by_an_administrator_and_keeps_its_source(sign_in_as):
    line = PlanLine.objects.get(group="peer_support")
    data = {
        "at_start": "0",
        "additional": "2.5",
        "recommended": "6.25",
        "year": "2029",
        "source": "Local plan",
    }
    post_form(sign_in_as("administrator"), "change-plan-line", line.pk, **data)
    line.refresh_from_db()
    assert (line.planned, line.year, line.source) == (Decimal("2.50"), 2029, "Local plan")
    page = sign_in_as("manager").get(reverse("establishment")).content.decode()
    assert "Local plan" in page


def test_a_leavers_post_ends_and_a_site_with_posts_does_not_close(cast):
    post = make_post(cast, "preston")
    make_holding(cast, post)
    (held,) = [work for work in list_held_work(cast["blackburn"]) if work.rule.code == "post"]
    assert str(held) == "1 post they fill"
    assert "1 post" in [str(work) for work in list_site_work(post.site)]
    assert held.rule.may_end(held.rows.get())


def test_the_api_adds_fills_and_changes_posts(cast, sign_in_as):
    client = sign_in_as("administrator")
    made = client.post(reverse("api-posts"), NEW_POST | {"is_recruit_to_train": True}, "application/json")
    assert made.status_code == 201, made.content
    post = made.json()
    assert (post["site"], post["filled_wte"]) == ("blackburn-with-darwen", "0.00")
    filled = {"person": str(cast["trainee"].pk), "wte": "1.0", "starts_on": "2026-05-01"}
    holder = client.post(reverse("api-post-holders", args=[post["id"]]), filled, "application/json")
    assert holder.status_code == 201, holder.content
    less = client.patch(reverse("api-post", args=[post["id"]]), {"wte": "0.5"}, "application/json")
    assert less.status_code == 400
    assert "wte" in str(less.content)
    path = reverse("api-remove-post-holder", args=[holder.json()["id"]])
    assert client.post(path, {"reason": "Wrong"}, "application/json").status_code in (200, 201)
    less = client.patch(reverse("api-post", args=[post["id"]]), {"wte": "0.5"}, "application/json")
    assert less.json()["wte"] == "0.50"


@pytest.mark.parametrize("wte", ["0", "-1", "1.001", "x", "", "NaN", "1e99", "1.5"])
def test_odd_whole_time_equivalents_are_refused_beside_the_field(cast, sign_in_as, wte):
    post = make_post(cast, wte=Decimal("2"))
    data = {"person": cast["blackburn"].pk, "wte": wte, "starts_on": FIRST.isoformat()}
    page = post_form(sign_in_as("administrator"), "fill-post", post.pk, **data)
    assert page.status_code == 200
    assert "#id_wte" in page.content.decode()
