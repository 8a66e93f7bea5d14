"""The API of the work: through the forms and actions of its pages."""
