"""The door to the memory service: signing in and connecting."""

from __future__ import annotations

from pathlib import Path

import pytest
import requests

from musync.domain import Account, FreeControl
from musync.services.api import Env, Form, GaveUp, SignedIn
from musync.services.memory import MemoryService, MemoryWorld, forget_world, memory_plugin, memory_service, world_named
from musync.services.memory.plugin import plugin


@pytest.fixture
def env(tmp_path: Path) -> Env:
    return Env(control=FreeControl(), cache=tmp_path, secrets={}, http=requests.Session)


def account(world: MemoryWorld, ext_id: str = "me") -> Account:
    return Account(name=ext_id, service="memory", ext_id=ext_id, settings={"world": world.name})


def test_an_account_names_its_world(env: Env) -> None:
    world = world_named("plugin test")
    world.account("anna").make_playlist("Road")
    with plugin.connect(account(world, "anna"), env) as service:
        assert service.scope == "plugin test"
        assert [playlist.title for playlist in service.list_playlists().items] == ["Road"]
    with plugin.connect(account(world, "bert"), env) as service:
        assert not service.list_playlists().items
    forget_world("plugin test")


def test_connecting_makes_no_request(env: Env) -> None:
    world = world_named("quiet")
    plugin.connect(account(world), env).close()
    assert world.count() == 0
    forget_world("quiet")


def test_signing_in_asks_for_user_and_world(env: Env) -> None:
    flow = plugin.sign_in(env)
    first = flow.begin()
    assert isinstance(first, Form)
    assert [field.key for field in first.fields] == ["user", "world"]
    done = flow.answer({"user": "anna", "world": "w"})
    assert done == SignedIn(ext_id="anna@w", label="anna", settings={"world": "w"}, secrets={})


@pytest.mark.parametrize(("values", "key"), [({"user": " ", "world": "w"}, "user"), ({"user": "anna"}, "world")])
def test_an_empty_field_is_named(env: Env, values: dict[str, str], key: str) -> None:
    step = plugin.sign_in(env).answer(values)
    assert isinstance(step, Form)
    assert step.error
    assert step.error_key == key


def test_signing_in_anew_refuses_another_user(env: Env) -> None:
    known = Account(name="anna", service="memory", ext_id="anna@w")
    flow = plugin.sign_in(env, known)
    assert isinstance(flow.answer({"user": "anna", "world": "w"}), SignedIn)
    refused = flow.answer({"user": "bert", "world": "w"})
    assert isinstance(refused, GaveUp)
    assert refused.code == "other-account"


def test_a_variant_comes_under_its_own_id(env: Env) -> None:
    kind = memory_service(roles=[])
    other = memory_plugin("readonly", kind, "Read only")
    assert (other.id, other.title, other.service_class()) == ("readonly", "Read only", kind)
    assert plugin.service_class() is MemoryService
