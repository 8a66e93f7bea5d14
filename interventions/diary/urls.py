"""URLs of the diary: pages and API."""

from django.urls import path

from pairs.web.lazy_views import lazy_views

api = lazy_views("interventions.diary.api")
appointments = lazy_views("interventions.diary.views.appointments")
calendars = lazy_views("interventions.diary.views.calendars")
diary = lazy_views("interventions.diary.views.diary")
knock = lazy_views("interventions.diary.views.visit_briefing")
rooms = lazy_views("interventions.diary.views.rooms")

urlpatterns = [
    path("diary/", diary.show_diary, name="diary"),
    path("diary/sheet/", diary.show_day_sheet, name="day-sheet"),
    path("diary/rooms/", rooms.RoomsPage, name="rooms"),
    path("diary/rooms/<uuid:room_id>/", rooms.EditRoomPage, name="room"),
    path("diary/calendar/", calendars.issue_own_calendar, name="my-calendar"),
    path("diary/calendar/revoke/", calendars.revoke_calendar, name="revoke-calendar"),
    path("calendar/<slug:feed>.ics", calendars.serve_calendar_feed, name="calendar"),
    path(
        "episodes/<uuid:episode_id>/new-appointment/",
        appointments.BookEpisodeVisitPage,
        name="new-appointment",
    ),
    path(
        "episodes/<uuid:episode_id>/before-you-knock/", knock.show_episode_briefing, name="before-you-knock"
    ),
    path(
        "referrals/<uuid:referral_id>/new-first-visit/",
        appointments.BookFirstVisitPage,
        name="new-first-visit",
    ),
    path("appointments/<uuid:appointment_id>/", appointments.show_appointment, name="appointment"),
    path(
        "appointments/<uuid:appointment_id>/change/",
        appointments.ChangeVisitPage,
        name="change-appointment",
    ),
    path(
        "appointments/<uuid:appointment_id>/move/",
        appointments.MoveVisitPage,
        name="move-appointment",
    ),
    path(
        "appointments/<uuid:appointment_id>/cancel/",
        appointments.CancelVisitPage,
        name="cancel-appointment",
    ),
    path(
        "appointments/<uuid:appointment_id>/restore/",
        appointments.RestoreVisitPage,
        name="restore-appointment",
    ),
    path("appointments/<uuid:appointment_id>/write-up/", appointments.write_up_visit_page, name="write-up"),
    path(
        "appointments/<uuid:appointment_id>/before-you-knock/",
        knock.show_visit_briefing,
        name="visit-before-you-knock",
    ),
]
api_patterns = [
    path("diary/", api.Diary, name="api-diary"),
    path("diary/rooms/", api.RoomList, name="api-rooms"),
    path("diary/rooms/<uuid:room_id>/", api.RoomDetail, name="api-room"),
    path("episodes/<uuid:episode_id>/appointments/", api.EpisodeVisitList, name="api-appointments"),
    path("referrals/<uuid:referral_id>/appointments/", api.FirstVisitBooking, name="api-first-visits"),
    path("appointments/<uuid:appointment_id>/", api.VisitDetail, name="api-appointment"),
    path("appointments/<uuid:appointment_id>/move/", api.VisitMove, name="api-appointment-moving"),
    path(
        "appointments/<uuid:appointment_id>/cancel/",
        api.VisitCancellation,
        name="api-appointment-cancelling",
    ),
    path(
        "appointments/<uuid:appointment_id>/restore/",
        api.VisitRestoration,
        name="api-appointment-restoring",
    ),
    path(
        "appointments/<uuid:appointment_id>/contact/",
        api.VisitWriteUp,
        name="api-appointment-contact",
    ),
]
