"""The API of the village: the pages' own forms and actions, a module a matter."""
