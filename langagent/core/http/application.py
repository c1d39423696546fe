"""Starlette with one way for errors."""

from starlette.applications import Starlette
from starlette.types import ASGIApp


class Application(Starlette):
    """Lacks the two layers for errors that Starlette puts around others: `ErrorBoundary` answers what is raised."""

    def build_middleware_stack(self) -> ASGIApp:
        app: ASGIApp = self.router
        for layer, arguments, options in reversed(self.user_middleware):
            app = layer(app, *arguments, **options)
        return app
