"""The API of the village: the pages' own forms and actions, one module per topic."""
