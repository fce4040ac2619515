"""Orders by instruction: photos and a text in one message, as DashScope's editors take them.

What the text says is `providers.prompts`' business; the order of the photos is the
caller's, and the text refers to it.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from providers.gate import https_for
from providers.wishes import TryOnRequest


def photos(request: TryOnRequest) -> tuple[str, ...]:
    """Return the URLs of a try-on's photos: the garments, top first, then the person."""
    worn = (request.top_url, request.bottom_url)
    return (*(url for url in worn if url is not None), request.person_url)


def message(images: Iterable[str], text: str) -> dict[str, Any]:
    """Return the input of an order: the images in this order, then the instruction."""
    content = [*({"image": url} for url in images), {"text": text}]
    return {"messages": [{"role": "user", "content": content}]}


def picture_urls(output: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the result URLs in the messages of an output."""
    found = (https_for(url) for url in _images(output))
    return tuple(dict.fromkeys(found))


def _images(output: Mapping[str, Any]) -> Iterator[str]:
    for choice in _items(output.get("choices")):
        said = choice.get("message")
        for part in _items(said.get("content") if isinstance(said, Mapping) else None):
            url = part.get("image")
            if isinstance(url, str) and url.lower().startswith(("http://", "https://")):
                yield url


def _items(value: object) -> Iterator[Mapping[str, Any]]:
    """Yield the objects in a list; of anything else nothing."""
    if isinstance(value, list):
        yield from (item for item in value if isinstance(item, Mapping))
