"""Pages of the diary: days and weeks, visits, visit briefing, printed day sheet, rooms, calendars."""
