"""What a request to DAMO's twin must be like, and what is said where it is not.

Source: provider docs 002, the tables of fields and of codes. The table calls the picture of
the top `ops_image`; its example, and every client, `tops_image`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from bot.demo.services.refusals import Refusal, Wording

FITS = ("HALF_BODY", "FULL_BODY")
MOST_OUTFITS, MOST_PICTURES = 10, 4  # "最多支持批量提交10个换装任务", "1~4"
_SUBMIT_FIELDS = frozenset({"fit_type", "inference_num", "task_list"})
_TASK_FIELDS: Mapping[str, bool] = MappingProxyType(
    {"model_image": True, "tops_image": True, "pants_image": False, "mask_image": False}
)

# provider docs 002, "状态码说明"
INTERNAL = Wording(500, "23500000", "Internal server error.")
NO_PERSON = Wording(400, "23500016", "No people found in the image.")
NO_RECORD = Wording(
    400, "23500008", "No records found related to the specified resultKey parameter."
)
MISSING = Wording(400, "23500009", "Required parameters cannot be empty.")
NO_BODY = Wording(400, "23500012", "Required request body is missing.")
ILLEGAL = Wording(400, "23500013", "Illegal input parameter found.")
UNREACHABLE = Wording(400, "23500006", "The image url provided is invalid or non-accessible.")
UNFIT = Wording(400, "23500007", "The uploaded image does not meet the requirements.")
THROTTLED = Wording(403, "23500004", "Request was denied due to request throttling.")


@dataclass(frozen=True, slots=True)
class Outfit:
    """One entry of `data.task_list`, read and found right."""

    model: str
    tops: str
    pants: str | None
    mask: str | None

    @property
    def urls(self) -> dict[str, str]:
        """Its addresses by the names of their fields."""
        named = {
            "model_image": self.model,
            "tops_image": self.tops,
            "pants_image": self.pants,
            "mask_image": self.mask,
        }
        return {name: url for name, url in named.items() if url is not None}


def data_of(body: object) -> Mapping[str, Any]:
    """Return the part of a body that says everything. Raises Refusal."""
    if not isinstance(body, dict) or not body:
        raise Refusal(NO_BODY)
    data = body.get("data")
    if not isinstance(data, dict) or not data:
        raise Refusal(MISSING)
    return data


def read(body: object) -> tuple[str, int, list[Outfit]]:
    """Return fit, number of pictures and outfits. Raises Refusal."""
    data = data_of(body)
    fit, count, tasks = data.get("fit_type"), data.get("inference_num", 1), data.get("task_list")
    if not fit or not tasks:
        raise Refusal(MISSING)
    counted = type(count) is int and 1 <= count <= MOST_PICTURES
    if fit not in FITS or not counted or not data.keys() <= _SUBMIT_FIELDS:
        raise Refusal(ILLEGAL)
    if not isinstance(tasks, list) or len(tasks) > MOST_OUTFITS:
        raise Refusal(ILLEGAL)
    return str(fit), int(count), [_outfit(task, str(fit)) for task in tasks]


def _outfit(task: object, fit: str) -> Outfit:
    if not isinstance(task, dict) or not task.keys() <= _TASK_FIELDS.keys():
        raise Refusal(ILLEGAL)
    urls = {name: _url(task, name, needed=needed) for name, needed in _TASK_FIELDS.items()}
    if urls["pants_image"] and fit == "HALF_BODY":
        raise Refusal(ILLEGAL)  # a single piece
    return Outfit(
        urls["model_image"] or "",
        urls["tops_image"] or "",
        urls["pants_image"],
        urls["mask_image"],
    )


def _url(task: Mapping[str, Any], name: str, *, needed: bool) -> str | None:
    value = task.get(name)
    if value is None or value == "":
        if needed:
            raise Refusal(MISSING)
        return None
    if not isinstance(value, str):
        raise Refusal(ILLEGAL)
    if not value.isascii() or not value.startswith(("http://", "https://")):
        raise Refusal(UNREACHABLE)
    return value
