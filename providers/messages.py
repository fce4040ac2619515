"""Orders by instruction: photos and a text in one message, as DashScope's editors take them.

What the text says is `providers.prompts`' and `providers.style_prompts`' business; it refers
to the order that the photos have here.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from providers import prompts, style_prompts
from providers.gate import https_for
from providers.spec import ModelSpec
from providers.styles import Style
from providers.wishes import Request, RestyleRequest, TryOnRequest


def photos(request: TryOnRequest) -> tuple[str, ...]:
    """Return the URLs of a try-on's photos: the garments, top first, then the person."""
    worn = (request.top_url, request.bottom_url)
    return (*(url for url in worn if url is not None), request.person_url)


def written(request: Request, spec: ModelSpec) -> dict[str, Any] | None:
    """Return the input of an order: its images, then the instruction. None: not offered."""
    match request:
        case TryOnRequest(wear=wear, face=face) if wear in spec.wears and face in spec.faces:
            return _message(photos(request), prompts.try_on(wear, face))
        case RestyleRequest(style=style) if style in spec.styles:
            images = portraits(request)
            return None if images is None else _message(images, style_prompts.restyle(style))
    return None


def portraits(request: RestyleRequest) -> tuple[str, ...] | None:
    """Return the URLs of a restyle's pictures, the person last; None if one is missing."""
    if request.style is not Style.OF_PICTURE:
        return (request.person_url,)
    return (request.style_url, request.person_url) if request.style_url else None


def _message(images: Iterable[str], text: str) -> dict[str, Any]:
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
