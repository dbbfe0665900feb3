"""The form and page components of ``templates/components`` as one object, ``ui``, in every template."""

from pathlib import Path
from typing import Final

from flask import Flask
from jinja2 import Environment
from jinja2.runtime import Macro

TEMPLATES: Final = Path(__file__).parents[2] / "templates"
FOLDER: Final = "components"


class Components:
    """Finds a macro by its name, whichever file of ``templates/components`` it is in.

    Unlike ``{% import %}`` it is also there when a single block is rendered as a fragment.
    """

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._macros: dict[str, Macro] = {}

    def __getattr__(self, name: str) -> Macro:
        if name.startswith("_"):
            raise AttributeError(name)
        if not self._macros or self._environment.auto_reload:
            self._macros = load_macros(self._environment)
        try:
            return self._macros[name]
        except KeyError:
            raise AttributeError(f"templates/components has no macro {name}") from None


def load_macros(environment: Environment) -> dict[str, Macro]:
    """Every public macro of the folder by its name. Raises ValueError when two files share a name."""
    macros: dict[str, Macro] = {}
    for path in sorted((TEMPLATES / FOLDER).glob("*.html")):
        for name, macro in vars(environment.get_template(f"{FOLDER}/{path.name}").module).items():
            if not isinstance(macro, Macro) or name.startswith("_"):
                continue
            if name in macros:
                raise ValueError(f"{path} defines the macro {name} a second time")
            macros[name] = macro
    return macros


def init_app(app: Flask) -> None:
    """Offer ``ui`` to every template."""
    app.jinja_env.globals["ui"] = Components(app.jinja_env)
