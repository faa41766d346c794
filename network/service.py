"""What a service is written with: ``command``, ``query``, ``handles``, ``poll`` and the ``Service`` they stand in.

Every RPC answers ``{"ok": true, "result": …}`` or ``{"ok": false, "error": {"code", "message", "fields"}}``. A command
bears an id of the caller's choosing; its answer is stored under that id in the commit of its effect, so that a repeated
click, or a desk that timed out, gets the same answer and causes nothing twice.
"""

import functools
import hashlib
import json
import logging
from collections.abc import Callable, Collection, Mapping
from typing import Any, ClassVar

from marshmallow import RAISE, Schema, ValidationError, fields, validate
from sqlalchemy.exc import DBAPIError, IntegrityError

from contracts.context import Actor
from contracts.errors import Invalid, NotFound, Refused
from contracts.letters import OFFICE_ID
from contracts.moments import strange_years
from contracts.words import Desk
from network import restore, veils
from network.crash import crash_point
from network.entrypoints import OfficeProvider, mailbox, poll_timer, safe_rpc
from network.held import retry_due
from network.inbox import Handlers, deliver, resume_waiting
from network.journal import canonical
from network.office import OfficeRuntime
from network.tables import CommandRow

log = logging.getLogger(__name__)
Method = Callable[..., Any]


class ActorSchema(Schema):
    """Who acts, as the desk program vouches for it."""

    id = fields.String(required=True, validate=validate.Length(min=1, max=60))
    office = fields.String(required=True, validate=OFFICE_ID)
    desk = fields.String(load_default=Desk.PETITION.value, validate=validate.OneOf([desk.value for desk in Desk]))
    roles = fields.List(fields.String(), load_default=lambda: ["clerk"])
    person = fields.String(load_default="", validate=validate.Regexp(r"^[0-9A-Za-z-]{0,20}\Z"))


class QuerySchema(Schema):
    """The payload of a query."""

    class Meta:
        unknown = RAISE

    actor = fields.Nested(ActorSchema, required=True)
    data = fields.Dict(required=True)


class CommandSchema(QuerySchema):
    """The payload of a command."""

    command_id = fields.String(required=True, validate=validate.Regexp(r"^[0-9a-f]{32}\Z"))


def command(schema: type[Schema]) -> Callable[[Method], Method]:
    """RPC that changes something: ``method(self, uow, data)`` runs in one unit of work with what ``schema`` loaded."""

    def decorate(method: Method) -> Method:
        @functools.wraps(method)
        def run(self: "Service", payload: Mapping[str, Any]) -> dict[str, Any]:
            return _answered(self, lambda: _run_command(self, method, schema(), payload))

        decorated: Method = safe_rpc(run)
        return decorated

    return decorate


def query(schema: type[Schema]) -> Callable[[Method], Method]:
    """RPC that only reads: ``method(self, session, actor, data)``."""

    def decorate(method: Method) -> Method:
        @functools.wraps(method)
        def run(self: "Service", payload: Mapping[str, Any]) -> dict[str, Any]:
            return _answered(self, lambda: _run_query(self, method, schema(), payload))

        decorated: Method = safe_rpc(run)
        return decorated

    return decorate


def handles(*types: str) -> Callable[[Method], Method]:
    """Marks ``method(self, uow, letter)`` as the handler of these letter types."""

    def decorate(method: Method) -> Method:
        method.letter_types = types  # type: ignore[attr-defined]
        return method

    return decorate


def poll(method: Method) -> Method:
    """Marks ``method(self)`` to be called every few seconds, outside any transaction."""
    method.polled = True  # type: ignore[attr-defined]
    return method


class Service:
    """A service of an office. nameko makes one for each call and sets ``office``; so does whoever delivers letters."""

    name: ClassVar[str]
    office: OfficeRuntime = OfficeProvider()

    @classmethod
    def of(cls, office: OfficeRuntime) -> "Service":
        """The service of ``office``, outside nameko."""
        service = cls()
        service.office = office
        return service

    @property
    def handlers(self) -> Handlers:
        """Letter type → bound method."""
        found = {}
        for name in dir(type(self)):
            for type_ in getattr(getattr(type(self), name), "letter_types", ()):
                found[type_] = getattr(self, name)
        return found

    @mailbox
    def receive_letter(self, message: Mapping[str, Any]) -> None:
        """A letter of the own office arrived."""
        deliver(self.office, self.name, self.handlers, message["raw"], message["routing_key"])

    @poll_timer
    def tick(self) -> None:
        """Try again what failed in passing or had to wait, then whatever this service marked with ``poll``."""
        resume_waiting(self.office, self.name, self.handlers)
        retry_due(self.office, self.name, self.handlers)
        for name in dir(type(self)):
            if getattr(getattr(type(self), name), "polled", False):
                getattr(self, name)()


def _answered(service: Service, act: Callable[[], Any]) -> dict[str, Any]:
    try:
        return {"ok": True, "result": json.loads(canonical(act()))}
    except ValidationError as error:
        return {"ok": False, "error": Invalid(error.messages_dict).problem()}
    except Refused as error:
        return {"ok": False, "error": error.problem()}
    except DBAPIError:
        log.exception("%s: the database refused", service.name)
        return {"ok": False, "error": Refused("busy", "系统繁忙,请稍后重试").problem()}


def _run_command(service: Service, method: Method, schema: Schema, payload: Mapping[str, Any]) -> dict[str, Any]:
    call = CommandSchema().load(payload)
    actor, data = _actor(service, call), _loaded(schema, call["data"])
    try:
        result = _once(service, method, call["command_id"], actor, data)
    except IntegrityError:  # the same command was running beside this one and won
        result = _once(service, method, call["command_id"], actor, data)
    crash_point("after_command", service.name)
    return result


def _loaded(schema: Schema, given: Mapping[str, Any]) -> Any:
    """What the schema makes of it. Raises ValidationError, or Invalid for a day that no calendar here knows."""
    data = schema.load(given)
    strange = strange_years(data)
    if strange:
        raise Invalid(strange)
    return data


def _once(service: Service, method: Method, command_id: str, actor: Actor, data: dict[str, Any]) -> dict[str, Any]:
    with service.office.uow(service.name, actor) as uow:
        veils.screen(uow.session, actor)
        known, name = uow.session.get(CommandRow, command_id), _command_name(service, method, actor)
        if known is not None:
            return _same_answer(name, known, veils.recused_from(uow.session, actor))
        if restore.is_incomplete(uow.session):
            raise Refused("restoring", "本机构的数据刚从备份恢复,正在取回此后的内容,请稍后再办")
        uow.topic = (method.__name__, str(data.get("case", "") or ""))
        result: dict[str, Any] = json.loads(canonical(method(service, uow, data)))
        row = CommandRow(id=command_id, name=name, at=uow.now, result=result)
        uow.session.add(row)
    return result


def _command_name(service: Service, method: Method, actor: Actor) -> str:
    """Whose command it was: an answer is for who asked, and never for the other desk."""
    who = hashlib.blake2b(f"{actor.desk}/{actor.id}".encode(), digest_size=8).hexdigest()
    return f"{service.name}.{method.__name__} {who}"


def _same_answer(name: str, known: CommandRow, recused_from: Collection[str]) -> dict[str, Any]:
    if known.name != name:
        raise Refused("command_id_used", "该编号已用于另一操作", {"command_id": ["已用于另一操作"]})
    if any(case in json.dumps(known.result) for case in recused_from):
        raise NotFound("该事项")
    return known.result


def _run_query(service: Service, method: Method, schema: Schema, payload: Mapping[str, Any]) -> Any:
    call = QuerySchema().load(payload)
    actor, data = _actor(service, call), _loaded(schema, call["data"])
    with service.office.reading() as session:
        veils.screen(session, actor)
        return method(service, session, actor, data)


def _actor(service: Service, call: Mapping[str, Any]) -> Actor:
    actor = Actor(**{**call["actor"], "roles": tuple(call["actor"]["roles"])})
    if actor.office != service.office.id:
        raise Refused("not_yours", "只能在本单位办理", {"actor": {"office": ["不是本单位"]}})
    return actor
