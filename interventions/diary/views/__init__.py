"""Pages of the diary: days and weeks, booking, before you knock, the day on paper, rooms, calendars."""
