"""Makes journeys quick: what a bot does once per process is done once for all of them."""

import functools
import ssl
import sys
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True, scope="session")
def _quick_clients() -> Iterator[None]:
    """Let all HTTP clients share their certificates, which take each of them 20 ms to read.

    And spare the HTTP library its search for a package that is not there, made with every
    request.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ssl, "create_default_context", functools.cache(ssl.create_default_context))
        patch.setitem(sys.modules, "sniffio", None)
        yield
