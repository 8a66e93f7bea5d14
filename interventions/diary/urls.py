"""URLs of the diary: pages and API."""

from django.urls import path

from pairs.web.lazy_views import lazy_views, record_paths

api = lazy_views("interventions.diary.api")
appointments = lazy_views("interventions.diary.views.appointments")
book_a_time = lazy_views("interventions.diary.views.book_a_time")
calendars = lazy_views("interventions.diary.views.calendars")
diary = lazy_views("interventions.diary.views.diary")
knock = lazy_views("interventions.diary.views.visit_briefing")
rooms = lazy_views("interventions.diary.views.rooms")

urlpatterns = [
    path("diary/", diary.show_diary, name="diary"),
    path("diary/book/", book_a_time.choose_family_to_book, name="book-a-time"),
    path("diary/sheet/", diary.show_day_sheet, name="day-sheet"),
    path("diary/rooms/", rooms.RoomsPage, name="rooms"),
    path("diary/rooms/<uuid:room_id>/", rooms.EditRoomPage, name="room"),
    path("diary/calendar/", calendars.issue_own_calendar, name="my-calendar"),
    path("diary/calendar/revoke/", calendars.revoke_calendar, name="revoke-calendar"),
    path("calendar/<slug:feed>.ics", calendars.serve_calendar_feed, name="calendar"),
    record_paths(
        "episodes/<uuid:episode_id>/",
        path("new-appointment/", appointments.BookEpisodeVisitPage, name="new-appointment"),
        path("before-you-knock/", knock.show_episode_briefing, name="before-you-knock"),
    ),
    record_paths(
        "referrals/<uuid:referral_id>/",
        path("new-first-visit/", appointments.BookFirstVisitPage, name="new-first-visit"),
        path("tell-referrer/", appointments.TellReferrerPage, name="tell-referrer"),
    ),
    record_paths(
        "appointments/<uuid:appointment_id>/",
        path("", appointments.show_appointment, name="appointment"),
        path("change/", appointments.ChangeVisitPage, name="change-appointment"),
        path("move/", appointments.MoveVisitPage, name="move-appointment"),
        path("cancel/", appointments.CancelVisitPage, name="cancel-appointment"),
        path("restore/", appointments.RestoreVisitPage, name="restore-appointment"),
        path("write-up/", appointments.WriteUpVisitPage, name="write-up"),
        path("before-you-knock/", knock.show_visit_briefing, name="visit-before-you-knock"),
    ),
]
api_patterns = [
    path("diary/", api.Diary, name="api-diary"),
    path("diary/rooms/", api.RoomList, name="api-rooms"),
    path("diary/rooms/<uuid:room_id>/", api.RoomDetail, name="api-room"),
    path("episodes/<uuid:episode_id>/appointments/", api.EpisodeVisitList, name="api-appointments"),
    path("referrals/<uuid:referral_id>/appointments/", api.FirstVisitBooking, name="api-first-visits"),
    path("referrals/<uuid:referral_id>/tell-referrer/", api.ReferrerTelling, name="api-tell-referrer"),
    record_paths(
        "appointments/<uuid:appointment_id>/",
        path("", api.VisitDetail, name="api-appointment"),
        path("move/", api.VisitMove, name="api-appointment-moving"),
        path("cancel/", api.VisitCancellation, name="api-appointment-cancelling"),
        path("restore/", api.VisitRestoration, name="api-appointment-restoring"),
        path("contact/", api.VisitWriteUp, name="api-appointment-contact"),
    ),
]
