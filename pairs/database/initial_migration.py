"""Base classes of an app's first migration: all tables in one step, and SQL that no model declares."""

from django.db import migrations


class InitialMigration(migrations.Migration):
    """The first migration of an app, which creates tables and changes none.

    Django renders every model that is related to a new one again for each new one. Here nothing that stands is
    altered, so the new models alone are rendered, as when Django imports models: 260 renders instead of 42,000.
    """

    initial = True

    def apply(self, project_state, schema_editor, collect_sql=False):
        """Apply all operations to the state, then to the database; arguments and result as Django's."""
        before = project_state.clone()
        rendered = project_state.__dict__.pop("apps", None)  # a cached property: taken out, nothing renders
        self.mutate_state(project_state, preserve=False)
        if rendered is not None:
            new = [state for key, state in project_state.models.items() if key not in before.models]
            rendered.render_multiple(new)
            project_state.apps = rendered
        for operation in self.operations:
            operation.database_forwards(self.app_label, schema_editor, before, project_state)
        return project_state


class DatabaseSQL(migrations.RunSQL):
    """Functions, columns and indexes that no model knows; an empty database runs them beside its tables.

    `pairs.database.schema` runs every one of these, in the order of the migrations, when all tables have their
    final form. It must hold no change of rows.
    """
