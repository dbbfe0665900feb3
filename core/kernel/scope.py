"""The first wall: whose rows this code may touch, a context variable set from the URL, a job or a command."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class TenantScope:
    """Exactly one tenant."""

    tenant_id: UUID


@dataclass(frozen=True)
class AccountScope:
    """No tenant, but a signed-in account, which may read its own memberships."""

    account_id: UUID


@dataclass(frozen=True)
class PlatformScope:
    """Across tenants, by another database role, for a stated reason."""

    reason: str


Scope = TenantScope | AccountScope | PlatformScope


class NoTenantScopeError(RuntimeError):
    """Code touched a tenant's rows without saying which tenant."""


_scope: ContextVar[Scope | None] = ContextVar("fotfeste_scope", default=None)
_on_change: list[Callable[[bool], None]] = []
_on_platform: list[Callable[[str], None]] = []


def current_scope() -> Scope | None:
    """The scope in force, if any."""
    return _scope.get()


def current_tenant_id() -> UUID:
    """The tenant in force. Raises NoTenantScopeError when there is none."""
    scope = _scope.get()
    if not isinstance(scope, TenantScope):
        raise NoTenantScopeError("no tenant is in scope here: enter one from the URL, the job or the command")
    return scope.tenant_id


def scoped_tenant_id() -> UUID | None:
    """The tenant in force, or None where there is none."""
    scope = _scope.get()
    return scope.tenant_id if isinstance(scope, TenantScope) else None


def when_scope_changes(listener: Callable[[bool], None]) -> None:
    """Call a listener at each change, with whether it comes from a failure; the session is closed there."""
    if listener not in _on_change:
        _on_change.append(listener)


def when_platform_is_entered(listener: Callable[[str], None]) -> None:
    """Call a listener with the reason each time somebody works across tenants; the audit writes it down."""
    if listener not in _on_platform:
        _on_platform.append(listener)


@contextmanager
def tenant_scope(tenant_id: UUID) -> Iterator[None]:
    """Work for one tenant."""
    with _entered(TenantScope(tenant_id)):
        yield


@contextmanager
def account_scope(account_id: UUID) -> Iterator[None]:
    """Read what belongs to an account itself, outside every tenant."""
    with _entered(AccountScope(account_id)):
        yield


@contextmanager
def platform_scope(reason: str) -> Iterator[None]:
    """The only way out of a tenant: another database role, audited, for a reason in words."""
    if not reason.strip():
        raise ValueError("working across tenants needs a reason")
    with _entered(PlatformScope(reason)):
        for listener in _on_platform:
            listener(reason)
        yield


@contextmanager
def _entered(scope: Scope) -> Iterator[None]:
    if _scope.get() == scope:
        yield
        return
    _changed(failed=False)
    token = _scope.set(scope)
    failed = True
    try:
        yield
        failed = False
    finally:
        try:
            _changed(failed=failed)
        finally:
            _scope.reset(token)


def _changed(*, failed: bool) -> None:
    for listener in _on_change:
        listener(failed)
