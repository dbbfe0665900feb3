"""The floor: the same pages by bare Flask, hand-written SQL on one open connection, and the same templates.

It knows one tenant's menu and language by heart and has no walls, no plugins and no rules: what the product
works out for each request (who may do what, what a draft lacks, which advice fits) stands here as a constant.
So the ratio says what all of that costs.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

import psycopg
from flask import Flask, current_app, g, render_template, request, session, url_for
from flask_babel import Babel
from flask_babel import gettext as _
from holidays import country_holidays
from psycopg.rows import namedtuple_row

from core.access.roles import ADMINISTRATOR, CORE_ROLES
from core.access.scopes import widest
from core.agreements.annexes.reading import Start
from core.agreements.evaluating.listing import listed as listed_evaluations
from core.agreements.evaluating.service import KIND as EVALUATION
from core.agreements.life.story import Chapter, Story
from core.agreements.overview.filters import Choices
from core.agreements.overview.service import Reading
from core.agreements.printing.labels import labels_in
from core.agreements.printing.reading import reading_of
from core.agreements.printing.service import FinalState
from core.agreements.signing.attention import Attention, Unfinished, Waiting
from core.agreements.signing.panel import Panel, line_of
from core.agreements.states import TITLES, Status
from core.app import ALWAYS_ON
from core.kernel import clock
from core.obligations.service import EXPIRY, Kept, Overview, Promise
from core.obligations.states import MEETINGS, Standing, standing_of
from core.plugin_host.declarations import MenuEntry
from core.web.components import TEMPLATES, Components
from core.web.formats import written_date
from core.web.frame import PRODUCT, Frame, Language
from core.web.hooks import AccountInFrame, MenuItem, TenantInFrame
from core.web.languages import LANGUAGES
from tenants.home.service import SHOWN, WITHIN_DAYS, Home
from tests.bench import queries
from tests.bench.floor_list import list_of
from tests.bench.place import TIMEZONE

LANGUAGE: Final = "nb"
FRIDAY: Final = 5
HOLIDAYS: Final = country_holidays("NO")
ADVICE: Final = (
    "Sett opp samarbeidsmøtene i kalenderen for hele året, og avtal hvem som skriver referat.",
    "Gjør avtalen kjent for alle programrådgivere og veiledere hos begge parter.",
)
TYPE_TITLE: Final = "Samarbeidsavtale med Nav om introduksjonsprogrammet"


class Asked:
    """One connection that counts what it is asked."""

    def __init__(self, url: str) -> None:
        self._connection = psycopg.connect(url, autocommit=True, row_factory=namedtuple_row)
        self.count = 0

    def all(self, statement: str, **values: object) -> list[Any]:
        """All rows of a statement."""
        self.count += 1
        return self._connection.execute(statement, values).fetchall()

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()


def make_floor(product: Flask, asked: Asked, known: Choices) -> Flask:
    """A bare application with three pages that shares the product's addresses, texts and template helpers."""
    floor = Flask("floor", template_folder=str(TEMPLATES), static_folder=None)
    floor.secret_key = product.secret_key
    floor.config["BABEL_TRANSLATION_DIRECTORIES"] = product.config["BABEL_TRANSLATION_DIRECTORIES"]
    Babel(floor, default_locale=LANGUAGE, default_timezone=TIMEZONE)
    floor.config["DOORS"] = _doors(product)
    _share(product, floor)
    floor.url_value_preprocessor(lambda _endpoint, values: setattr(g, "slug", values.pop("slug")))
    floor.url_defaults(_give_slug)
    floor.view_functions = {
        "tenants_home.home": lambda: home(asked),
        "agreements_overview.page": lambda agreement_id: agreement(asked, agreement_id),
        "agreements_overview.agreements": lambda: agreements(asked, known),
    }
    return floor


def _share(product: Flask, floor: Flask) -> None:
    floor.jinja_env.trim_blocks = floor.jinja_env.lstrip_blocks = True
    for rule in product.url_map.iter_rules():
        floor.url_map.add(rule.empty())
    for name in ("asset_url", "page_url", "htmx_settings"):
        floor.jinja_env.globals[name] = product.jinja_env.globals[name]
    floor.jinja_env.globals |= {"csrf_token": lambda: "token", "ui": Components(floor.jinja_env)}
    for name in ("date", "datetime", "number", "percent"):
        floor.jinja_env.filters[name] = product.jinja_env.filters[name]


def _give_slug(endpoint: str, values: dict[str, Any]) -> None:
    if current_app.url_map.is_endpoint_expecting(endpoint, "slug"):
        values.setdefault("slug", g.slug)


def _reader(asked: Asked) -> Any:
    [reader] = asked.all(queries.READER, slug=g.slug, account=session["account"])
    return reader


def _frame(reader: Any) -> Frame:
    account_links = (
        MenuItem("deputies", _("Deputies"), url_for("access_standing_in.page")),
        MenuItem("tenants", _("My workplaces"), url_for("access_account.my_tenants")),
        MenuItem("account", _("My account"), url_for("access_account.own")),
    )
    return Frame(
        PRODUCT,
        LANGUAGE,
        tuple(Language(code, name, code == LANGUAGE) for code, name in LANGUAGES.items()),
        request.full_path.rstrip("?"),
        clock.now().year,
        tenant=TenantInFrame(reader.tenant_name, url_for("tenants_home.home")),
        account=AccountInFrame(reader.name, url_for("security.logout"), account_links),
        menu=tuple(
            MenuItem(one.key, one.title.in_language(LANGUAGE), url_for(one.endpoint))
            for one in current_app.config["DOORS"]
        ),
    )


def _doors(product: Flask) -> list[MenuEntry]:
    """The doors of the product's menu for an administrator."""
    [role] = [one for one in CORE_ROLES if one.key == ADMINISTRATOR]
    may = {"", *widest(role.permissions)}
    declared = product.extensions["fotfeste_host"].declared("register_menu")
    found = [one.value for one in declared if one.plugin in ALWAYS_ON and one.value.permission in may]
    return sorted(found, key=lambda one: (one.weight, one.key))


def agreements(asked: Asked, known: Choices) -> str:
    """The list of agreements."""
    reader = _reader(asked)
    return list_of(
        asked.all,
        reader.tenant_id,
        _frame(reader),
        known,
        type_title=TYPE_TITLE,
        language=LANGUAGE,
        timezone=TIMEZONE,
    )


def agreement(asked: Asked, agreement_id: UUID) -> str:
    """One agreement in force."""
    reader = _reader(asked)
    [found] = asked.all(queries.AGREEMENT, tenant=reader.tenant_id, agreement=agreement_id)
    requests = asked.all(queries.REQUESTS, tenant=reader.tenant_id, version=found.version_id)
    promises = asked.all(queries.PROMISES, tenant=reader.tenant_id, agreement=agreement_id)
    lived = asked.all(queries.LIFE, tenant=reader.tenant_id, agreement=agreement_id)
    evaluated = asked.all(queries.EVALUATIONS, tenant=reader.tenant_id, agreement=agreement_id)
    listed = [_promise(row, clock.today(TIMEZONE)) for row in promises]
    start = Start(found.starts_on, lambda year: country_holidays("NO", years=year))
    text = reading_of(found.content, labels_in(found.language), start=start)
    return render_template(
        "agreements/page.html",
        frame=_frame(reader),
        reading=Reading(
            found,
            Status.ACTIVE,
            TYPE_TITLE,
            found.adviser,
            text,
            list(ADVICE),
            [],
            may_write=True,
            is_checked=False,
            units=[],
            unit=None,
        ),
        title=TITLES[Status.ACTIVE].in_language(LANGUAGE),
        editable=False,
        panel=_panel(found, requests, reader.email),
        story=_story(found, lived),
        promises=listed,
        evaluations=listed_evaluations(
            (one for one in listed if one.kind == EVALUATION),
            {row.obligation_id: row.closed_at for row in evaluated},
        ),
        kept=_kept(listed),
        may_do=True,
        may_copy=True,
    )


def _story(found: Any, lived: Sequence[Any]) -> Story:
    """The life of an agreement to which nothing has happened since it was signed."""
    began = _("In force from %(date)s.", date=written_date(found.starts_on))
    chapters = (
        Chapter(found.sent_at, _("Sent for signing"), "", "", ""),
        Chapter(found.activated_at, _("Signed by all"), began, "", ""),
    )
    verbs = () if lived else ("amend", "extend", "shorten", "pause", "end", "renew")
    return Story(found.id, Status.ACTIVE, chapters, verbs, 0, None, None, None, None, None, None)


def _kept(listed: Sequence[Promise]) -> Kept:
    standings = [one.standing for one in listed if one.kind in MEETINGS]
    return Kept(standings.count(Standing.DONE), standings.count(Standing.MISSED))


def _panel(found: Any, requests: Iterable[Any], email: str) -> Panel:
    order = {one["party_key"]: place for place, one in enumerate(found.content["signatories"])}
    in_order = sorted(requests, key=lambda row: order[row.party_key])
    return Panel(
        agreement_id=found.id,
        title=found.title,
        status=Status.ACTIVE,
        version=found.number,
        sent_at=found.sent_at,
        lines=tuple(line_of(row, email) for row in in_order),
        missing=(),
        is_confirmed=True,
        may_send=True,
        can_be_sent=False,
        can_be_withdrawn=False,
        can_be_cancelled=False,
        cancel_reason=found.cancel_reason,
        waits_for_me=False,
        final=FinalState(is_ready=False, sealed_at=None, is_development=True),
    )


def _promise(row: Any, today: date) -> Promise:
    is_day_off = row.due_on.isoweekday() > FRIDAY or row.due_on in HOLIDAYS
    standing = standing_of(row, today)
    return Promise(
        id=row.id,
        kind=row.kind,
        title=row.title,
        subject_id=row.subject_id,
        subject_title=row.subject_title,
        called_by=row.called_by,
        agenda=tuple(row.agenda),
        due_on=row.due_on,
        standing=standing,
        notice=_("This is a day off. Agree on another day.")
        if is_day_off and standing is Standing.PLANNED
        else "",
    )


def home(asked: Asked) -> str:
    """What needs attention."""
    reader = _reader(asked)
    mine = {"tenant": reader.tenant_id, "most": SHOWN}
    week_ago = clock.now() - timedelta(days=7)
    waiting = asked.all(queries.WAITING, **mine, email=reader.email, before=week_ago)
    unfinished = asked.all(queries.UNFINISHED, **mine, account=reader.id)
    shown = Home(
        attention=_attention(waiting, unfinished, reader.email),
        quiet=(),
        promises=_overview(asked, mine),
        may_read=True,
        may_write=True,
        may_invite=True,
        may_do=True,
        approvals=0,
    )
    return render_template("tenants_home/home.html", frame=_frame(reader), home=shown)


def _attention(waiting: list[Any], unfinished: list[Any], email: str) -> Attention:
    signatures = [
        (row.email, Waiting(row.agreement_id, row.title, row.party_name, row.name, row.requested_at))
        for row in waiting
    ]
    refused = [row for row in unfinished if row.refused_at is not None]
    drafts = [row for row in unfinished if row.refused_at is None]
    return Attention(
        for_me=tuple(one for to, one in signatures if to == email),
        silent=tuple(one for to, one in signatures if to != email),
        refused=tuple(Unfinished(row.id, row.title, row.refused_at, None) for row in refused),
        drafts=tuple(Unfinished(row.id, row.title, row.changed_at, 0) for row in drafts),
    )


def _overview(asked: Asked, mine: dict[str, Any]) -> Overview:
    today = clock.today(TIMEZONE)
    until = today + timedelta(days=WITHIN_DAYS)
    rows = asked.all(queries.DUE, **mine, today=today, until=until, expiry=EXPIRY)
    found = [(row.place, _promise(row, today)) for row in rows]
    return Overview(
        *(tuple(one for where, one in found if where == place) for place in ("expiring", "late", "next"))
    )
