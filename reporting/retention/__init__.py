"""Retention: until when a record is kept, what holds it, and its destruction by two people, with a log."""
