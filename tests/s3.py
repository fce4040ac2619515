"""A real S3 endpoint on this machine (moto's server), and what it takes to look into it."""

import logging
from collections.abc import Iterator

import httpx
import pytest
from moto.server import ThreadedMotoServer

BUCKET = "photos"


class LocalS3:
    """The endpoint at `url`, spoken to without any key."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._http = httpx.Client(base_url=url, trust_env=False)

    def begin(self) -> None:
        """Forget everything, let everybody in, and make the one bucket."""
        self.ask_for_keys(wanted=False)
        self._http.post("/moto-api/reset").raise_for_status()
        self._http.put(f"/{BUCKET}").raise_for_status()

    def ask_for_keys(self, *, wanted: bool) -> None:
        """Refuse whoever has no valid key; there is none."""
        self._http.post("/moto-api/reset-auth", content="0" if wanted else "inf").raise_for_status()

    def open_to_everybody(self) -> None:
        """Let everybody read every object, as careless bucket policies do."""
        allowed = {
            "Effect": "Allow",
            "Principal": "*",
            "Action": "s3:GetObject",
            "Resource": f"arn:aws:s3:::{BUCKET}/*",
        }
        policy = {"Version": "2012-10-17", "Statement": [allowed]}
        self._http.put(f"/{BUCKET}?policy", json=policy).raise_for_status()

    def objects(self) -> list[str]:
        """Return the names of all objects."""
        listed = self._http.get(f"/{BUCKET}", params={"list-type": "2"}).raise_for_status().text
        return [part.partition("</Key>")[0] for part in listed.split("<Key>")[1:]]

    def put(self, key: str, data: bytes) -> None:
        """Put an object there that is not ours."""
        self._http.put(f"/{BUCKET}/{key}", content=data).raise_for_status()

    def close(self) -> None:
        self._http.close()


@pytest.fixture(scope="session")
def s3_server() -> Iterator[LocalS3]:
    """Start the endpoint once: it takes a second."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # no line per request
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    local = LocalS3(f"http://{host}:{port}")
    yield local
    local.close()
    server.stop()


@pytest.fixture
def s3(s3_server: LocalS3, monkeypatch: pytest.MonkeyPatch) -> LocalS3:
    """Return the endpoint with one empty bucket."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    s3_server.begin()
    return s3_server
