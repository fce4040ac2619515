"""Sessions, orders and messages as JSON text, and back: what the database keeps of them.

Every text names its format version, so a newer program knows an older row. Members of a
union carry their type's name. Nothing here reads the clock or the database.
"""

import json
from typing import Any

from cattrs.preconf.json import make_converter
from cattrs.strategies import configure_tagged_union

from bot.dialogue.states import Draft, Project, Session, State
from bot.messages import Outgoing
from bot.orders import Order, TryOn

VERSION = 1


class Unreadable(ValueError):  # noqa: N818  names what was found, not that it is an error
    """The stored text is not of this program's making; start afresh from a clean state."""


_converter = make_converter()
# At first every order was a try-on and said nothing of its kind.
configure_tagged_union(Order, _converter, tag_name="is", default=TryOn)
configure_tagged_union(Project, _converter, tag_name="is", default=Draft)
for _union in (State, Outgoing):
    configure_tagged_union(_union, _converter, tag_name="is")


def _dump(value: object, kind: Any) -> str:  # noqa: ANN401  a type or a union of types
    body = _converter.unstructure(value, unstructure_as=kind)
    return json.dumps({"v": VERSION, "body": body}, ensure_ascii=False, separators=(",", ":"))


def _load(text: str, kind: Any) -> Any:  # noqa: ANN401  a type or a union of types
    try:
        document = json.loads(text)
        if document["v"] == VERSION:
            return _converter.structure(document["body"], kind)
    except Exception as error:  # the converter raises groups of anything
        msg = f"stored JSON does not fit: {type(error).__name__}"
        raise Unreadable(msg) from error
    msg = f"stored JSON has format version {document['v']}, this program reads {VERSION}"
    raise Unreadable(msg)


def dump_session(session: Session) -> str:
    """Return the session as JSON text."""
    return _dump(session, Session)


def load_session(text: str) -> Session:
    """Return the session in a JSON text. Raises `Unreadable`."""
    session: Session = _load(text, Session)
    return session


def dump_order(order: Order) -> str:
    """Return the order as JSON text."""
    return _dump(order, Order)


def load_order(text: str) -> Order:
    """Return the order in a JSON text. Raises `Unreadable`."""
    order: Order = _load(text, Order)
    return order


def dump_outgoing(message: Outgoing) -> str:
    """Return the message as JSON text."""
    return _dump(message, Outgoing)


def load_outgoing(text: str) -> Outgoing:
    """Return the message in a JSON text. Raises `Unreadable`."""
    message: Outgoing = _load(text, Outgoing)
    return message
