"""Addresses of the diary: pages, and what it adds to the API."""

from django.urls import path

from pairs.service.lazy_views import lazy_views

api = lazy_views("interventions.diary.api")
appointments = lazy_views("interventions.diary.views.appointments")
calendars = lazy_views("interventions.diary.views.calendars")
diary = lazy_views("interventions.diary.views.diary")
knock = lazy_views("interventions.diary.views.knock")
rooms = lazy_views("interventions.diary.views.rooms")

urlpatterns = [
    path("diary/", diary.diary, name="diary"),
    path("diary/sheet/", diary.day_sheet, name="day-sheet"),
    path("diary/rooms/", rooms.rooms, name="rooms"),
    path("diary/rooms/<uuid:room_id>/", rooms.room, name="room"),
    path("diary/calendar/", calendars.my_calendar, name="my-calendar"),
    path("diary/calendar/revoke/", calendars.revoke_calendar, name="revoke-calendar"),
    path("calendar/<slug:feed>.ics", calendars.feed, name="calendar"),
    path("episodes/<uuid:episode_id>/new-appointment/", appointments.new_appointment, name="new-appointment"),
    path("episodes/<uuid:episode_id>/before-you-knock/", knock.before_you_knock, name="before-you-knock"),
    path(
        "referrals/<uuid:referral_id>/new-first-visit/", appointments.new_first_visit, name="new-first-visit"
    ),
    path("appointments/<uuid:appointment_id>/", appointments.appointment, name="appointment"),
    path(
        "appointments/<uuid:appointment_id>/change/",
        appointments.change_appointment,
        name="change-appointment",
    ),
    path("appointments/<uuid:appointment_id>/move/", appointments.move_appointment, name="move-appointment"),
    path(
        "appointments/<uuid:appointment_id>/cancel/",
        appointments.cancel_appointment,
        name="cancel-appointment",
    ),
    path(
        "appointments/<uuid:appointment_id>/restore/",
        appointments.restore_appointment,
        name="restore-appointment",
    ),
    path("appointments/<uuid:appointment_id>/write-up/", appointments.write_up, name="write-up"),
    path(
        "appointments/<uuid:appointment_id>/before-you-knock/",
        knock.visit_before_you_knock,
        name="visit-before-you-knock",
    ),
]
api_patterns = [
    path("diary/", api.diary, name="api-diary"),
    path("diary/rooms/", api.rooms, name="api-rooms"),
    path("diary/rooms/<uuid:room_id>/", api.room, name="api-room"),
    path("episodes/<uuid:episode_id>/appointments/", api.appointments, name="api-appointments"),
    path("referrals/<uuid:referral_id>/appointments/", api.first_visits, name="api-first-visits"),
    path("appointments/<uuid:appointment_id>/", api.appointment, name="api-appointment"),
    path("appointments/<uuid:appointment_id>/moving/", api.moving, name="api-appointment-moving"),
    path("appointments/<uuid:appointment_id>/cancelling/", api.cancelling, name="api-appointment-cancelling"),
    path("appointments/<uuid:appointment_id>/restoring/", api.restoring, name="api-appointment-restoring"),
    path("appointments/<uuid:appointment_id>/contact/", api.contact, name="api-appointment-contact"),
]
