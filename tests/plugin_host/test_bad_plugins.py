"""What a plugin does against the contract stops that plugin and nobody else, with a message that names it."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from flask import Blueprint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from core.kernel.database import SHARED_METADATA, Owned, PluginTables
from core.plugin_host.host import Host
from core.plugin_host.manifest import Manifest
from core.plugin_host.specs import KINDS, hook
from core.plugin_host.wording import Wording
from core.sdk import AgreementTypeFolder, MenuEntry, OfficialPlace, Role
from core.testing.contract import complaints_about, start_with

WORDS = Wording(nb="Ord", da="Ord", en="Words")
Plugins = dict[str, Callable[[], ModuleType]]


def module(name: str = "stranger", *functions: Any, **attributes: Any) -> ModuleType:
    """A plugin's module made on the spot; keyword arguments change its manifest or stand beside it."""
    made = ModuleType(f"{name}.plugin")
    fields = {key: attributes.pop(key) for key in list(attributes) if key in Manifest.__dataclass_fields__}
    manifest = Manifest(name=name, title=WORDS, summary=WORDS, version="1")
    vars(made).update(MANIFEST=replace(manifest, **fields), **attributes)
    for function in functions:
        setattr(made, function.__name__, hook(function))
    return made


def why_unavailable(*modules: ModuleType, name: str = "stranger") -> str:
    plugins: Plugins = {one.__name__.partition(".")[0]: (lambda one=one: one) for one in modules}
    host = start_with(plugins)
    assert {"norway", "denmark", "access", "tenants"} <= set(host.manifests), "the others start"
    return host.unavailable[name]


def declaring(hook_name: str, *values: Any) -> ModuleType:
    made = module()
    setattr(made, hook_name, hook(lambda: list(values)))
    return made


def test_an_import_that_fails() -> None:
    def load() -> ModuleType:
        raise ImportError("no module named numbers_of_narnia")

    assert "no module named numbers_of_narnia" in start_with({"stranger": load}).unavailable["stranger"]


def test_a_hook_that_does_not_exist() -> None:
    def register_elephants() -> list[str]:
        return []

    assert "stranger implements register_elephants, which is no hook" in why_unavailable(
        module("stranger", register_elephants)
    )


def test_a_hook_without_its_decorator() -> None:
    plain = module(provide_findings=lambda **_named: [])
    assert "stranger.provide_findings has the name of a hook: decorate it with @hook" in why_unavailable(
        plain
    )


def takes_elephants(elephants: int) -> list[int]:
    return [elephants]


@pytest.mark.parametrize("hook_name", sorted(KINDS))
def test_a_hook_with_other_arguments(hook_name: str) -> None:
    made = module()
    setattr(made, hook_name, hook(takes_elephants))
    assert f"stranger.{hook_name} must take (" in why_unavailable(made)


@pytest.mark.parametrize("answer", [None, [object()]], ids=lambda answer: type(answer).__name__)
@pytest.mark.parametrize("hook_name", sorted(name for name, kind in KINDS.items() if kind.phase == "declare"))
def test_an_answer_of_the_wrong_type(hook_name: str, answer: Any) -> None:
    made = module()
    setattr(made, hook_name, hook(lambda: answer))
    assert f"stranger.{hook_name} " in why_unavailable(made)


def test_no_manifest() -> None:
    assert "stranger has no MANIFEST" in why_unavailable(ModuleType("stranger.plugin"))


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"name": "somebody"}, "says the name 'somebody'"),
        ({"sdk": "1.x"}, "is not of the form >=1,<2"),
        ({"sdk": ">=2,<3"}, "was written for SDK >=2,<3; this is 1"),
        ({"requires": ("narnia",)}, "requires narnia"),
        ({"requires": "norway"}, "stranger: requires must be a tuple of texts"),
        ({"requires": ("stranger",)}, "stranger requires itself"),
        ({"title": "Stranger"}, "stranger: title must be a Wording"),
        ({"countries": ["NO"]}, "stranger: countries must be a tuple of texts"),
    ],
    ids=str,
)
def test_a_bad_manifest(fields: dict[str, Any], message: str) -> None:
    made = module()
    vars(made)["MANIFEST"] = replace(vars(made)["MANIFEST"], **fields)
    assert message in why_unavailable(made)


def test_a_name_that_is_no_name() -> None:
    assert "the manifest of Stranger-2" in why_unavailable(module("Stranger-2"), name="Stranger-2")


def test_plugins_that_require_each_other() -> None:
    one, two = module("one", requires=("two",)), module("two", requires=("one",))
    three = module("three", requires=("two",))
    host = start_with({"one": lambda: one, "two": lambda: two, "three": lambda: three})
    assert {"one", "two", "three"} <= set(host.unavailable)
    assert "leads back to itself" in host.unavailable["one"]


def test_what_stands_on_a_missing_plugin_falls_with_it() -> None:
    one, two = module("one", requires=("narnia",)), module("two", requires=("one",))
    host = start_with({"one": lambda: one, "two": lambda: two})
    assert "requires one" in host.unavailable["two"]


def test_a_role_of_somebody_else() -> None:
    role = Role("access.emperor", WORDS, frozenset({"all:agreement:read"}))
    assert "'access.emperor' must begin with 'stranger'" in why_unavailable(declaring("register_roles", role))


@pytest.mark.parametrize(
    "grant",
    ["everything:do", "all:everything:do", "agreement:read", "world:agreement:read", "own:tenant:manage", ""],
)
def test_a_role_that_grants_what_there_is_not(grant: str) -> None:
    role = Role("stranger.emperor", WORDS, frozenset({"all:agreement:read", grant}))
    expected = f"the role stranger.emperor grants what cannot be granted: {grant}"
    assert expected in why_unavailable(declaring("register_roles", role))


def test_a_role_with_its_tenant_kind_written_as_one_word() -> None:
    grants = frozenset({"all:agreement:read"})
    role = Role("stranger.emperor", WORDS, grants, tenant_kinds="seminars.town")  # type: ignore[arg-type]
    assert "a tuple of their keys" in why_unavailable(declaring("register_roles", role))


def test_a_tenant_kind_of_somebody_else(seminars: ModuleType) -> None:
    kind = seminars.register_tenant_kinds()[0]
    message = "'seminars.village' must begin with 'stranger'"
    assert message in why_unavailable(declaring("register_tenant_kinds", kind))


@pytest.mark.parametrize(
    "places", [(), (OfficialPlace("1", "A", "a"), OfficialPlace("1", "B", "b"))], ids=len
)
def test_an_official_list_without_order(seminars: ModuleType, places: tuple[OfficialPlace, ...]) -> None:
    kind = replace(seminars.register_tenant_kinds()[0], key="stranger.village", places=places)
    message = "stranger.village: the official list is empty or names a code twice"
    assert message in why_unavailable(declaring("register_tenant_kinds", kind))


def test_pages_under_the_name_of_somebody_else() -> None:
    pages = Blueprint("strangers_pages", __name__)
    message = "the blueprint strangers_pages must begin with stranger_"
    assert message in why_unavailable(declaring("register_blueprints", pages))


def test_two_blueprints_of_one_name() -> None:
    twice = [Blueprint("stranger_pages", __name__), Blueprint("stranger_pages", __name__)]
    assert "stranger_pages" in why_unavailable(declaring("register_blueprints", *twice))


@pytest.mark.parametrize(
    "address", ["/sign-in", "/t/<slug>/agreements/", "/t/<slug>/strangers", "/<path:all>"]
)
def test_pages_at_the_address_of_somebody_else(address: str) -> None:
    pages = Blueprint("stranger_pages", __name__)
    pages.add_url_rule(address, "one", lambda **_values: "")
    message = f"the address {address} must begin with /t/<slug>/stranger/"
    assert message in why_unavailable(declaring("register_blueprints", pages))


def test_pages_that_act_on_every_page() -> None:
    pages = Blueprint("stranger_pages", __name__)
    pages.before_app_request(lambda: "mine")
    message = "the blueprint stranger_pages acts on pages that are not its own"
    assert message in why_unavailable(declaring("register_blueprints", pages))


@pytest.mark.parametrize(
    ("key", "endpoint", "permission", "message"),
    [
        ("list", "stranger_pages.list", "agreement:read", "the menu entry list must begin with stranger."),
        ("stranger.list", "tenants_home.home", "agreement:read", "not a page of stranger"),
        ("stranger.list", "stranger_pages.none", "agreement:read", "which is no page of a tenant"),
        ("stranger.list", "stranger_pages.one", "agreement:read", "which is no page of a tenant"),
        ("stranger.list", "stranger_pages.list", "all:do", "names the unknown permission all:do"),
    ],
)
def test_a_door_that_leads_nowhere(key: str, endpoint: str, permission: str, message: str) -> None:
    pages = Blueprint("stranger_pages", __name__, url_prefix="/t/<slug>/stranger")
    pages.add_url_rule("/", "list", lambda: "")
    pages.add_url_rule("/<uuid:stranger_id>", "one", lambda **_values: "")
    made = declaring("register_blueprints", pages)
    setattr(made, "register_menu", hook(lambda: [MenuEntry(key, WORDS, endpoint, permission)]))  # noqa: B010
    assert message in why_unavailable(made)


@pytest.fixture
def folder(tmp_path: Path, seminars: ModuleType) -> Path:
    """A copy of a good agreement type, whose files a test may spoil."""
    copy = tmp_path / "invitation" / "2026-1"
    shutil.copytree(Path(str(seminars.__file__)).parent / "agreement_types" / "invitation" / "2026-1", copy)
    for file in copy.iterdir():
        file.write_text(file.read_text("utf-8").replace("seminars.", "stranger."), "utf-8")
    return copy


def spoil(file: Path, old: str, new: str) -> int:
    """Replace a text in a file; gives the number of its line."""
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_a_good_agreement_type_is_read(folder: Path) -> None:
    made = declaring("register_agreement_types", AgreementTypeFolder(folder))
    assert "stranger" in start_with({"stranger": lambda: made}).manifests


@pytest.mark.parametrize(
    ("file", "old", "new", "field"),
    [
        ("type.yaml", "kind: text}", "kind: elephant}", "kind"),
        ("type.yaml", "months: 3", "months: many", "months"),
        ("type.yaml", "open_ended: true", "open_minded: true", "open_minded"),
        ("type.yaml", "key: stranger.invitation", "key: norway.invitation", "key"),
        ("en.yaml", "{subject}.", "{elephant}.", "purpose.subject"),
        ("en.yaml", "host: {title: Host}", "hosts: {title: Host}", "contacts"),
    ],
)
def test_a_badly_formed_declaration_is_named_with_file_line_and_field(
    folder: Path,
    file: str,
    old: str,
    new: str,
    field: str,
) -> None:
    line = spoil(folder / file, old, new)
    reason = why_unavailable(declaring("register_agreement_types", AgreementTypeFolder(folder)))
    assert file in reason
    assert field in reason
    assert str(line) in reason or str(line - 1) in reason


def test_a_missing_declaration_file(tmp_path: Path) -> None:
    reason = why_unavailable(declaring("register_agreement_types", AgreementTypeFolder(tmp_path)))
    assert "type.yaml" in reason


@pytest.fixture
def clean_metadata() -> Iterator[None]:
    """Forget the tables that a test declared."""
    before = set(SHARED_METADATA.tables)
    yield
    for name in set(SHARED_METADATA.tables) - before:
        SHARED_METADATA.remove(SHARED_METADATA.tables[name])
    PluginTables.bases.pop("stranger", None)


def stranger_base() -> Any:
    class Base(PluginTables, DeclarativeBase):
        plugin = "stranger"

    return Base


@pytest.mark.usefixtures("clean_metadata")
def test_a_table_under_the_name_of_somebody_else() -> None:
    def load() -> ModuleType:
        base = stranger_base()
        type("Theirs", (Owned, base), {"__tablename__": "agreements_secret"})
        return module()

    message = "the table agreements_secret must begin with stranger_"
    assert message in start_with({"stranger": load}).unavailable["stranger"]


@pytest.mark.usefixtures("clean_metadata")
def test_mappers_that_do_not_fit() -> None:
    def load() -> ModuleType:
        base = stranger_base()

        class Broken(Owned, base):
            __tablename__ = "stranger_broken"
            title: Mapped[str] = mapped_column()
            nobody = relationship("Nobody")

        return module()

    reason = start_with({"stranger": load}).unavailable["stranger"]
    assert "Nobody" in reason


@pytest.mark.usefixtures("clean_metadata")
def test_the_kit_names_a_table_that_belongs_to_no_tenant(tmp_path: Path) -> None:
    base = stranger_base()

    class Free(base):
        __tablename__ = "stranger_free"
        id: Mapped[int] = mapped_column(primary_key=True)

    made = module(__file__=str(tmp_path / "plugin.py"), held=Free)
    complaints = complaints_about("stranger", lambda: made)
    assert complaints == [
        "stranger: the table stranger_free belongs to no tenant: derive its class from Owned"
    ]


@pytest.mark.parametrize(
    ("line", "imported"),
    [
        ("from core.access.models import Account", "core.access.models"),
        ("import plugins.norway.places", "plugins.norway.places"),
        ("def late():\n    from tenants import people", "tenants.people"),
    ],
)
def test_the_kit_names_an_import_of_what_is_not_the_sdk(tmp_path: Path, line: str, imported: str) -> None:
    (tmp_path / "plugin.py").write_text(line)
    made = module(__file__=str(tmp_path / "plugin.py"), __package__="stranger")
    complaints = complaints_about("stranger", lambda: made)
    assert f"stranger: plugin.py imports {imported}; a plugin may import core.sdk, stranger" in complaints


def test_the_kit_names_declarations_that_change(tmp_path: Path) -> None:
    numbers = iter(range(100))
    made = module(__file__=str(tmp_path / "plugin.py"))
    permissions = frozenset({"all:agreement:read"})
    vars(made)["register_roles"] = hook(lambda: [Role(f"stranger.role_{next(numbers)}", WORDS, permissions)])
    message = "stranger.register_roles gives another answer the second time: declarations are pure"
    assert complaints_about("stranger", lambda: made) == [message]


def test_the_kit_names_a_wording_that_is_missing_in_a_language(tmp_path: Path) -> None:
    silent = Wording(nb="Ord", da="", en="Words")
    made = module(__file__=str(tmp_path / "plugin.py"), summary=silent)
    assert complaints_about("stranger", lambda: made) == [f"stranger: {silent} is not said in every language"]


def new_year(country: str, year: int) -> set[date]:
    return {date(year, 1, 1)} if country else set()


def test_the_kit_names_an_answer_for_somebody_else(tmp_path: Path) -> None:
    made = module(__file__=str(tmp_path / "plugin.py"))
    vars(made)["provide_holidays"] = hook(new_year)
    message = "stranger.provide_holidays answers for a country or a type that is not its own"
    assert complaints_about("stranger", lambda: made) == [message]


def test_the_allow_list_keeps_the_rest_out(host_with: Callable[..., Host]) -> None:
    host = host_with(plugins=("norway",))
    assert "norway" in host.manifests
    assert "denmark" not in host.manifests
    assert {"access", "agreements", "documents", "tenants"} <= set(host.manifests)
