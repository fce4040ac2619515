"""What the service says when it says no, in its own words.

The same codes come as HTTP answers and inside tasks that failed. Sources: provider docs
000, 001 and 003, "错误码", and the vendor's page of general error codes.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """An HTTP status with the code and the message that go with it."""

    status: int
    code: str
    message: str


class Refusal(Exception):  # noqa: N818  a refusal is an answer like others, not a mistake here
    """The service refuses a call, or a task fails, for the reason in `wording`."""

    def __init__(self, wording: Wording) -> None:
        super().__init__(f"{wording.code}: {wording.message}")
        self.wording = wording


_FORMATS = "JPEG, JPG, PNG, BMP, and WEBP"
_SIZES = (
    "the largest length of image is smaller than 4096, and the smallest length of image is "
    "larger than 150. and the size of image ranges from 5KB to 5MB."
)

INVALID_KEY = Wording(401, "InvalidApiKey", "Invalid API-key provided.")
NO_WORKSPACE = Wording(403, "Workspace.AccessDenied", "Workspace access denied.")
NO_SYNCHRONOUS = Wording(
    403, "AccessDenied", "current user api does not support synchronous calls."
)
NO_ASYNCHRONOUS = Wording(
    403, "AccessDenied", "current user api does not support asynchronous calls."
)
WRONG_PATH = Wording(
    400,
    "InvalidParameter",
    "url error, please check url！",  # noqa: RUF001  the vendor writes it so
)
NOT_JSON = Wording(
    400,
    "InvalidParameter",
    "Required body invalid, please check the request body format.",
)
NO_MODEL = Wording(400, "BadRequest.EmptyModel", 'Required parameter "model" missing from request.')
MODEL_NOT_EXIST = Wording(400, "InvalidParameter", "Model not exist.")
MODEL_NOT_FOUND = Wording(
    404, "ModelNotFound", "The model does not exist or you do not have access to it."
)
ENDPOINT_DENIED = Wording(403, "Endpoint.AccessDenied", "Workspace endpoint access denied.")
MODEL_DENIED = Wording(403, "Model.AccessDenied", "Model access denied.")
UNPURCHASED = Wording(
    403,
    "AccessDenied.Unpurchased",
    "Access to model denied. Please make sure you are eligible for using the model.",
)
RATE = Wording(429, "Throttling.RateQuota", "Requests rate limit exceeded, please try again later.")
CONCURRENCY = Wording(429, "Throttling", "Requests throttling triggered.")
QUOTA = Wording(
    429, "Throttling.AllocationQuota", "Free allocated quota exceeded, please increase your quota."
)
ARREARAGE = Wording(
    400, "Arrearage", "Access denied, please make sure your account is in good standing."
)
INVALID_PARAMETER = Wording(
    400,
    "InvalidParameter",
    "The request is missing required parameters or in a wrong format, "
    "please check the parameters that you send.",
)
DOWNLOAD_TIMED_OUT = Wording(
    400,
    "InvalidParameter",
    "Download the media resource timed out during the data inspection process.",
)
NOT_RESOLVED = Wording(
    400,
    "InvalidParameter.DataInspection",
    "The media format is not supported or incorrect for the data inspection.",
)
INVALID_URL = Wording(
    400,
    "InvalidURL",
    "The request URL is invalid, please check the request URL is available and the request "
    f"image format is one of the following types: {_FORMATS}.",
)
INVALID_LENGTH = Wording(
    400,
    "InvalidInputLength",
    f"The image resolution is invalid, please make sure that {_SIZES}",
)
INVALID_PERSON = Wording(
    400,
    "InvalidPerson",
    "The input image has no human body or multi human bodies. "
    "Please upload other image with single person.",
)
INVALID_GARMENT = Wording(
    400,
    "InvalidGarment",
    "Missing clothing image.Please input at least one top garment or bottom garment image.",
)
CONTENT_REFUSED = Wording(
    400, "DataInspectionFailed", "Input or output data may contain inappropriate content."
)
NOT_PENDING = Wording(
    400,
    "UnsupportedOperation",
    "Failed to cancel the task, please confirm if the task is in PENDING status.",
)
INTERNAL = Wording(500, "InternalError", "An internal error has occured, please try again later.")
TIMED_OUT = Wording(500, "RequestTimeOut", "Request timed out, please try again later.")
UNAVAILABLE = Wording(503, "ModelUnavailable", "Model is unavailable, please try again later.")
