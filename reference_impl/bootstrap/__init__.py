"""Putting the parts together: the only place that knows them all."""

from reference_impl.bootstrap.parts import Parts, World, build
from reference_impl.bootstrap.server import Application, serve, serve_application
from reference_impl.bootstrap.site import Options, ServerError, open_site
from reference_impl.bootstrap.worlds import Ground

__all__ = [
    "Application",
    "Ground",
    "Options",
    "Parts",
    "ServerError",
    "World",
    "build",
    "open_site",
    "serve",
    "serve_application",
]
