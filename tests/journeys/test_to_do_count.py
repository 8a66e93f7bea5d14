"""The count beside To do on a page that came without it: asked for by the script, and the to-do page's own figure."""


def test_any_page_shows_the_count_of_the_list(open_browser_as):
    she = open_browser_as("blackburn")
    she.go("/account/")
    badge = she.page.locator(".pairs-doors .pairs-count")
    badge.wait_for()  # an empty one is not shown
    count = badge.evaluate("each => each.firstChild.textContent")
    she.go("/due/")
    assert f"For today {count}:" in she.text
