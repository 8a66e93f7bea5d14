"""A visit in a real browser: booked from the caseload, prepared on a phone, written up from the diary."""

# The visit that was booked, as if its time had come: nobody waits a week for a test.
# Of today still, also in the first hour after midnight.
MOVE_VISIT_TO_AN_HOUR_AGO = """UPDATE diary_appointment SET starts_at = greatest(now() - interval '1 hour',
    date_trunc('day', now() AT TIME ZONE 'Europe/London') AT TIME ZONE 'Europe/London') WHERE id = %s"""


def test_a_visit_from_booking_to_its_note(open_browser_as, running_service):
    she = open_browser_as("blackburn")
    visit = book_visit(she)
    open_briefing(she)
    move_and_cancel(she, visit)
    with running_service.connect() as db:
        db.execute(MOVE_VISIT_TO_AN_HOUR_AGO, [visit])
        db.commit()
    write_up(she)
    check_day_on_paper(she)
    check_calendar_feed(she)
    add_room(open_browser_as("supervisor"))


def book_visit(she):
    """From the caseload: a click opens the form, filled in as last time; a second books it."""
    she.go("/caseload/")
    she.check_page("01-caseload")
    she.page.locator("summary.pairs-dots").first.click()
    she.follow("Book a visit")
    she.check_page("02-book", record=True)
    press_and_confirm_warnings(she, "Book the visit", "Book anyway")
    assert she.heading.startswith("Visit of")
    she.check_page("03-visit", record=True)
    return she.get_id_from_url()


def press_and_confirm_warnings(she, button, all_the_same):
    """Whatever there is to know first is read, and then it is saved."""
    she.press(button)
    if she.page.get_by_role("button", name=all_the_same, exact=True).count():
        she.check_page(f"warned-{button.split()[0].lower()}", record=True)
        she.press(all_the_same)


def open_briefing(she):
    she.follow("Before you visit")
    assert "Who may be there" in she.text
    she.check_page("04-before-you-knock", record=True)


def move_and_cancel(she, visit):
    """Both ask first, and what was cancelled is taken up again."""
    she.go(f"/appointments/{visit}/move/")
    she.check_page("05-move", record=True)
    she.go(f"/appointments/{visit}/change/")
    she.check_page("06-change", record=True)
    she.go(f"/appointments/{visit}/cancel/")
    she.check_page("07-cancel", record=True)
    she.tick("The family")
    she.write("Why, if known", "The baby has a cold")
    she.press("Cancel the visit")
    assert "Cancelled by the family" in she.text
    she.follow("Rebook")
    she.check_page("08-restore", record=True)
    she.press("Rebook")
    assert "Planned" in she.text


def write_up(she):
    """Two clicks from the diary, the note aside."""
    she.go("/diary/?view=day")
    she.check_page("09-day")
    she.go("/diary/")
    she.check_page("10-week")
    before = she.clicks
    she.follow("Write up")
    assert she.heading == "Log a contact"
    she.write("What happened", "We sang together.")
    she.press("Sign")
    assert she.clicks - before == 2
    assert "/families/" in she.page.url
    assert "Read the note" in she.text
    she.go("/diary/")
    assert "Written up" in she.text


def check_day_on_paper(she):
    she.go("/diary/sheet/?whose=mine")
    assert "Shred this after use" in she.text
    she.check_page("11-sheet")


def check_calendar_feed(she):
    she.go("/diary/calendar/")
    she.press("Create an address")
    she.check_page("12-calendar")
    address = she.page.locator("code").inner_text()
    text = she.page.request.get(she.base_url + address[address.index("/calendar/") :]).text()
    assert text.startswith("BEGIN:VCALENDAR")


def add_room(she):
    she.go("/diary/rooms/")
    she.check_page("13-rooms")
    she.write("Name of the room", "Green room")
    she.press("Add the room")
    assert "Green room" in she.text
