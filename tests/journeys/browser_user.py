"""A person at the browser: goes by labels and links, and looks hard at every page it meets."""

import re
from functools import cache

from script.local.state_folder import ROOT
from tests.browser import NARROW_VIEWPORT, PAPER_VIEWPORT, USUAL_VIEWPORT

AXE_PATH = ROOT / "node_modules" / "axe-core" / "axe.min.js"
# WCAG 2.2 AA; what is serious or critical fails the page.
RUN_AXE_SCRIPT = """async () => {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
  const options = {runOnly: {type: "tag", values: tags}, resultTypes: ["violations"], preload: false};
  const found = await axe.run(document, options);
  return found.violations
    .filter(each => ["serious", "critical"].includes(each.impact))
    .map(each => `${each.id}: ${each.help}: ${each.nodes.map(node => node.target.join(" ")).slice(0, 5).join(", ")}`);
}"""
HAS_AXE_SCRIPT = "() => 'axe' in window"
FIND_WIDE_ELEMENTS_SCRIPT = """() => [...document.querySelectorAll("body *")]
  .filter(each => each.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .filter(each => !each.closest("[hidden], .nhsuk-u-visually-hidden"))
  .map(each => each.tagName + "." + each.className).slice(0, 5)"""
# A cell or an entry whose words run over what is beside it. Heads of columns are only read aloud on a phone.
FIND_OVERFLOWING_SCRIPT = """() => [...document.querySelectorAll("main td, main th, main li, main dd")]
  .filter(each => each.getClientRects().length && each.clientWidth)
  .filter(each => !each.closest("thead") || getComputedStyle(each.closest("thead")).position !== "absolute")
  .filter(each => each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).overflowX === "visible")
  .map(each => `${each.tagName}.${each.className}: ${each.innerText.slice(0, 40)}`).slice(0, 5)"""


class BrowserUser:
    """One person signed in in a browser of their own; ``look`` judges the page that is open."""

    def __init__(self, page, base_url, screenshot):
        self.page, self.base_url, self.screenshot = page, base_url, screenshot
        self.clicks = self.keys = self.pages = 0

    # ------------------------------------------------------------ going about

    def go(self, path):
        """Open an address; returns the status."""
        self.pages += 1
        return self.page.goto(self.base_url + path).status

    def open_menu(self):
        """On a phone the header is folded into a menu: press it; whether there was one to press."""
        menu = self.page.locator("header .pairs-menu > summary", has_text="Menu")
        if not menu.is_visible():
            return False
        self.clicks += 1
        menu.click()
        return True

    def follow(self, text, *, within=None):
        self.clicks += 1
        self.pages += 1
        link = (within or self.page).get_by_role("link", name=text).first
        if not link.count():
            self.open_menu()
        link.click()
        self.page.wait_for_load_state()

    def press(self, text):
        self.clicks += 1
        self.pages += 1
        self.page.get_by_role("button", name=text, exact=True).first.click()
        self.page.wait_for_load_state()

    def write(self, label, text, *, within=None):
        self.keys += len(text)
        (within or self.page).get_by_label(label).first.fill(text)

    def choose(self, label, option, *, within=None):
        self.clicks += 2
        (within or self.page).get_by_label(label).first.select_option(label=option)

    def tick(self, label, *, within=None):
        """A radio or a checkbox, by its words."""
        self.clicks += 1
        (within or self.page).get_by_label(label, exact=True).first.check()

    def box(self, name):
        """One control by its name, where a page has several of the same words."""
        self.clicks += 1
        return self.page.locator(f'[name="{name}"]:not([type=hidden])').first

    def find(self, text):
        """On this page of a list or the ones after it: a link of that name, or the first of the row that says it."""
        for _ in range(20):
            row = self.page.get_by_role("row").filter(has_text=text).get_by_role("link")
            for link in (self.page.get_by_role("link", name=text), row):
                if link.count():
                    return link.first
            self.follow("Next")
        raise AssertionError(f"no link {text} on any page of {self.page.url}")

    # ------------------------------------------------------------ what is seen

    @property
    def heading(self):
        return self.page.locator("h1").inner_text()

    @property
    def text(self):
        return self.page.locator("main").inner_text()

    def check_page(self, name, *, record=False):
        """Wide and on a small phone: one h1, no fault of access, nothing cut off; a record names its person."""
        self.page.wait_for_load_state()  # a click may come back before the next page is read to its end
        assert self.page.locator("h1").count() == 1, f"{name}: one h1, not {self.page.locator('h1').count()}"
        assert self.page.locator(".pairs-banner").count() == 1 or not record, name
        self.screenshot(self.page, f"{name}-wide")
        problems = self.find_accessibility_problems() + self.find_overflowing()
        self.page.set_viewport_size(NARROW_VIEWPORT)
        problems += [
            f"wider than 320 px: {each}" for each in self.find_wide_elements() + self.find_overflowing()
        ]
        problems += [
            f"at 320 px, {each}" for each in self.find_accessibility_problems() if each not in problems
        ]
        self.screenshot(self.page, f"{name}-320", needed=bool(problems))
        self.page.set_viewport_size(USUAL_VIEWPORT)
        assert problems == [], f"{name} ({self.page.url}):\n" + "\n".join(problems)

    def find_overflowing(self):
        """What runs over what is beside it."""
        return self.page.evaluate(FIND_OVERFLOWING_SCRIPT)

    def find_overflowing_on_paper(self):
        """What would be printed over what is beside it on a sheet of A4."""
        size = self.page.viewport_size
        self.page.set_viewport_size(PAPER_VIEWPORT)
        self.page.emulate_media(media="print")
        found = self.find_overflowing()
        self.page.emulate_media(media="screen")
        self.page.set_viewport_size(size)
        return found

    def find_accessibility_problems(self):
        """What axe finds in the page as it stands; axe is loaded only into a page that is checked."""
        if not self.page.evaluate(HAS_AXE_SCRIPT):
            self.page.evaluate(load_axe_source())
        return self.page.evaluate(RUN_AXE_SCRIPT)

    def find_wide_elements(self):
        """What sticks out, once the header has had a second to fold its menu to the new width."""
        for _ in range(10):
            if not self.page.evaluate("() => document.documentElement.scrollWidth > innerWidth"):
                return []
            self.page.wait_for_timeout(100)
        return self.page.evaluate(FIND_WIDE_ELEMENTS_SCRIPT) or ["the page"]

    def get_id_from_url(self):
        return re.search(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", self.page.url).group()


# A referral by the API, from a page that is signed in: [status, what was answered].
SEND_REFERRAL_SCRIPT = """async (referral) => {
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const headers = {"Content-Type": "application/json", "X-CSRFToken": token};
  const answer = await fetch("/api/v1/referrals/", {method: "POST", headers, body: JSON.stringify(referral)});
  return [answer.status, await answer.json()];
}"""


@cache
def load_axe_source() -> str:
    """Evaluated from outside, so that no page's policy for scripts is bypassed; its own name is kept for complaints."""
    return f"{AXE_PATH.read_text()}\n//# sourceURL={AXE_PATH.name}"


def make_browser_user(new_page, base_url, screenshot, username):
    """Somebody of the cast, signed in."""
    return BrowserUser(new_page(username), base_url, screenshot)
