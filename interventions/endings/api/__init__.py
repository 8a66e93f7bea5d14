"""API of endings, a module for each subject; uses the pages' forms and actions."""
