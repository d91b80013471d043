"""Alembic's way in: works on the connection it is handed."""

from alembic import context

from reference_impl.store.mapping import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
