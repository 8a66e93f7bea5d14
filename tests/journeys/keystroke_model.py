"""How long a person would take: the keystroke-level model of Card, Moran and Newell (1980), counted as a test goes.

A robot's own seconds say nothing. Each key, each pointing and pressing, each change between keyboard and mouse and
each moment of thought costs what the model says; the time to compose what one writes and to wait for the machine
is not in it.
"""

# Seconds: a key of an average typist (55 words a minute is 0.2; 0.28 is Card's average non-secretary), pointing with
# a mouse, pressing its button, moving the hand between the two, and mental preparation.
KEY_SECONDS, POINT_SECONDS, PRESS_SECONDS, HAND_MOVE_SECONDS, THINK_SECONDS = 0.28, 1.1, 0.1, 0.4, 1.35
# Our own targets for what nobody has published one for. Waiting for the machine is not in them.
MAX_PAGES, MAX_SECONDS = 4, 60


class KeystrokeModel:
    """Counts what a person does and says how long that takes. ``pages`` counts those that were opened."""

    def __init__(self):
        self.typed = self.clicks = self.pages = self.thoughts = self.moves = 0
        self._at_keys = False

    def type_text(self, text):
        """A text is typed into the field that has the focus."""
        self.thoughts += 1
        self.typed += len(text)
        self._move_hands(at_keys=True)

    def click(self):
        """Something is pointed at and pressed."""
        self.clicks += 1
        self._move_hands(at_keys=False)

    def open_page(self):
        """Another page opens, and is taken in."""
        self.pages += 1
        self.thoughts += 1

    def think(self):
        """A moment of deciding that no key or click stands for."""
        self.thoughts += 1

    def _move_hands(self, *, at_keys):
        self.moves += at_keys != self._at_keys
        self._at_keys = at_keys

    @property
    def seconds(self):
        clicks = self.clicks * (POINT_SECONDS + 2 * PRESS_SECONDS)  # down and up
        return (
            self.typed * KEY_SECONDS + clicks + self.moves * HAND_MOVE_SECONDS + self.thoughts * THINK_SECONDS
        )

    def __str__(self):
        counted = f"{self.pages} pages, {self.clicks} clicks, {self.typed} keys"
        return f"{counted}: about {self.seconds:.0f} s by the keystroke-level model (Card, Moran and Newell 1980)"


class CountedSteps:
    """What one person does at the browser, done and counted at once."""

    def __init__(self, person):
        self.person, self.effort = person, KeystrokeModel()

    def press(self, act):
        """A link or button that opens a page."""
        self.effort.click()
        self.effort.open_page()
        act()
        self.person.page.wait_for_load_state()

    def type_into(self, box, text):
        self.effort.click()
        self.effort.type_text(text)
        box.fill(text)

    def check(self, what):
        print(f"{what}: {self.effort}")
        assert self.effort.pages <= MAX_PAGES
        assert self.effort.seconds <= MAX_SECONDS
