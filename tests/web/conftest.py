"""The gallery application, compiled catalogues, and a browser that reads Norwegian."""

from collections.abc import Callable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest
from flask import Flask
from flask.testing import FlaskClient

from core.running.translations import compile_all


def _load_gallery() -> ModuleType:
    spec = spec_from_file_location("gallery", Path(__file__).with_name("gallery.py"))
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def gallery() -> ModuleType:
    compile_all()
    return _load_gallery()


@pytest.fixture
def make_app(gallery: ModuleType) -> Callable[..., Flask]:
    """Build the gallery with other hooks (by name) and without tokens in forms."""

    def make(*, production: bool = False, csrf: bool = False, **hooks: object) -> Flask:
        chosen = gallery.hooks(production=production, **hooks)
        return gallery.create_app(chosen, WTF_CSRF_ENABLED=csrf, PROPAGATE_EXCEPTIONS=False)

    return make


@pytest.fixture
def app(make_app: Callable[..., Flask]) -> Flask:
    return make_app()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
