"""Putting the parts together: the only place that knows them all."""

from reference_impl.bootstrap.parts import Parts, World, build
from reference_impl.bootstrap.server import Options, ServerError, serve

__all__ = ["Options", "Parts", "ServerError", "World", "build", "serve"]
