"""Every code of the vendor's tables, as the answer to a submit and inside a failed task."""

import pytest

from providers.base import Failed, NoAnswer, Refused, Unclear
from providers.causes import REMEDIES, Cause, Remedy
from providers.dashscope_errors import RULES, cause_of, complaint
from tests.providers.support import ORDER, answering, task

MISSING = "The request is missing required parameters or in a wrong format"
FETCH = "Download the media resource timed out during the data inspection process."
FREE = "Free allocated quota exceeded."
ASYNC = "current user api does not support asynchronous calls."
SYNC = "current user api does not support synchronous calls."

# HTTP status, code, message, cause (provider docs 000, 001, 003 and the vendor's error page)
CODES = [
    (400, "InvalidPerson", "The input image has no human body", Cause.PERSON_UNCLEAR),
    (400, "InvalidGarment", "Missing clothing image.", Cause.REQUEST_REFUSED),
    (400, "InvalidInputLength", "The image resolution is invalid", Cause.PHOTO_UNFIT),
    (400, "InvalidImageResolution", "", Cause.PHOTO_UNFIT),
    (400, "InvalidImageFormat", "", Cause.PHOTO_UNFIT),
    (400, "InvalidFile.Resolution", "", Cause.PHOTO_UNFIT),
    (400, "InvalidFile.Format", "", Cause.PHOTO_UNFIT),
    (400, "InvalidFile.DownloadFailed", "", Cause.PHOTO_UNREACHABLE),
    (400, "InvalidURL", "The request URL is invalid", Cause.PHOTO_UNREACHABLE),
    (400, "InvalidURL.ConnectionRefused", "", Cause.PHOTO_UNREACHABLE),
    (400, "InvalidURL.Timeout", "", Cause.PHOTO_UNREACHABLE),
    (400, "InvalidParameter", FETCH, Cause.PHOTO_UNREACHABLE),
    (400, "InvalidParameter.DataInspection", "Unable to download", Cause.PHOTO_UNREACHABLE),
    (400, "InvalidParameter", MISSING, Cause.REQUEST_REFUSED),
    (400, "InvalidParameter", "", Cause.REQUEST_REFUSED),
    (400, "BadRequest.EmptyInput", "", Cause.REQUEST_REFUSED),
    (400, "DataInspectionFailed", "inappropriate content", Cause.CONTENT_REFUSED),
    (400, "IPInfringementSuspect", "", Cause.CONTENT_REFUSED),
    (400, "Arrearage", "Access denied, your account is overdue", Cause.ARREARS),
    (403, "AccessDenied", "make sure your account is in good standing.", Cause.ARREARS),
    (401, "InvalidApiKey", "Invalid API-key provided.", Cause.KEY_REFUSED),
    (403, "Workspace.AccessDenied", "Workspace access denied.", Cause.KEY_REFUSED),
    (403, "AccessDenied", SYNC, Cause.REQUEST_REFUSED),
    (403, "AccessDenied", ASYNC, Cause.REQUEST_REFUSED),
    (403, "AccessDenied", "Access denied.", Cause.NOT_ALLOWED),
    (403, "AccessDenied.Unpurchased", "", Cause.NOT_ALLOWED),
    (403, "Model.AccessDenied", "Model access denied.", Cause.NOT_ALLOWED),
    (403, "Endpoint.AccessDenied", "Workspace endpoint access denied.", Cause.MODEL_GONE),
    (404, "ModelNotFound", "Model can not be found.", Cause.MODEL_GONE),
    (400, "InvalidParameter", "Model not exist.", Cause.MODEL_GONE),
    (404, "InvalidParameter", "Model not exist.", Cause.MODEL_GONE),
    (429, "Throttling", "", Cause.THROTTLED),
    (429, "Throttling.RateQuota", "Requests rate limit exceeded", Cause.THROTTLED),
    (429, "Throttling.BurstRate", "Request rate increased too quickly", Cause.THROTTLED),
    (429, "Throttling.AllocationQuota", "Allocated quota exceeded", Cause.THROTTLED),
    (429, "Throttling.AllocationQuota", FREE, Cause.ARREARS),
    (403, "AllocationQuota.FreeTierOnly", "", Cause.ARREARS),
    (429, "PrepaidBillOverdue", "", Cause.ARREARS),
    (429, "PostpaidBillOverdue", "", Cause.ARREARS),
    (429, "CommodityNotPurchased", "", Cause.ARREARS),
    (500, "InternalError", "An internal error has occured", Cause.SERVICE_FAILED),
    (500, "InternalError.Algo", "", Cause.SERVICE_FAILED),
    (500, "InternalError.Timeout", "", Cause.SERVICE_FAILED),
    (500, "SystemError", "", Cause.SERVICE_FAILED),
    (500, "ModelServiceFailed", "", Cause.SERVICE_FAILED),
    (500, "RequestTimeOut", "", Cause.SERVICE_FAILED),
    (503, "ModelUnavailable", "", Cause.SERVICE_FAILED),
]


@pytest.mark.parametrize(("status", "code", "message", "cause"), CODES)
async def test_every_code_means_the_same_as_an_answer_and_in_a_failed_task(
    status: int, code: str, message: str, cause: Cause
) -> None:
    refusal = {"code": code, "message": message, "request_id": "r"}
    submission = await answering(status, refusal).model.submit(ORDER)
    if cause is Cause.SERVICE_FAILED:  # it may have been accepted before it broke
        assert submission == Unclear(f"HTTP {status} {code}")
    else:
        assert isinstance(submission, Refused)
        assert (submission.problem.cause, submission.problem.code) == (cause, code)

    report = await answering(200, task("FAILED", code=code, message=message)).model.query("t-1")
    assert isinstance(report, Failed)
    assert (report.problem.cause, report.problem.code) == (cause, code)
    assert report.problem.message == message


@pytest.mark.parametrize(("status", "code", "message", "cause"), CODES)
async def test_every_code_means_the_same_to_the_models_that_are_told_what_to_draw(
    status: int, code: str, message: str, cause: Cause
) -> None:
    refusal = {"code": code, "message": message, "request_id": "r"}
    service = answering(status, refusal)
    assert await service.wan.submit(ORDER) == await service.model.submit(ORDER)
    failed = answering(200, task("FAILED", code=code, message=message))
    assert await failed.wan.query("t-1") == await failed.model.query("t-1")

    called = await service.qwen.submit(ORDER)
    if code in {"RequestTimeOut", "InternalError.Timeout"}:  # it may have been drawn after all
        assert called == Unclear(f"HTTP {status} {code}")
    else:
        assert isinstance(called, Refused)
        assert (called.problem.cause, called.problem.code) == (cause, code)


@pytest.mark.parametrize(("status", "code", "message", "cause"), CODES)
async def test_a_query_that_is_refused_says_nothing_about_the_task(
    status: int, code: str, message: str, cause: Cause
) -> None:
    report = await answering(status, {"code": code, "message": message}).model.query("t-1")
    assert isinstance(report, NoAnswer)
    assert (report.problem.cause, report.problem.code) == (cause, code)


@pytest.mark.parametrize(("status", "code", "message", "cause"), CODES)
async def test_a_refusal_is_found_wherever_the_answer_puts_it(
    status: int, code: str, message: str, cause: Cause
) -> None:
    inner = {"code": code, "message": message}
    for http_status in (200, status):
        for document in (inner, {"output": inner}, {"error": inner}):
            submission = await answering(http_status, document).model.submit(ORDER)
            if cause is Cause.SERVICE_FAILED:
                assert isinstance(submission, Unclear)
            else:
                assert isinstance(submission, Refused)
                assert submission.problem.cause is cause


def test_every_row_of_the_table_is_shown_by_an_example() -> None:
    shown = set()
    for _status, code, message, _cause in CODES:
        for rule in RULES:
            if cause_of(code, message) is rule.cause and _fits(rule.code, code):
                shown.add(rule)
    unshown = {rule.code for rule in RULES} - {rule.code for rule in shown}
    # Other spellings of codes shown above.
    assert unshown == {
        "invalid_api_key",
        "limitrequests*",
        "model_not_found",
        "serviceunavailable",
        "unsupportedoperation",
    }


def _fits(pattern: str, code: str) -> bool:
    return pattern.strip("*") in code.lower()


@pytest.mark.parametrize(
    ("status", "cause"),
    [
        (400, Cause.REQUEST_REFUSED),
        (401, Cause.KEY_REFUSED),
        (402, Cause.ARREARS),
        (403, Cause.KEY_REFUSED),
        (404, Cause.REQUEST_REFUSED),
        (408, Cause.SERVICE_FAILED),
        (413, Cause.REQUEST_REFUSED),
        (429, Cause.THROTTLED),
        (500, Cause.SERVICE_FAILED),
        (599, Cause.SERVICE_FAILED),
        (200, Cause.SERVICE_FAILED),
        (None, Cause.SERVICE_FAILED),
    ],
)
def test_a_code_nobody_knows_is_judged_by_its_status(status: int | None, cause: Cause) -> None:
    assert cause_of("Brand.New", "whatever", status) is cause
    assert cause_of("", "", status) is cause


def test_codes_are_compared_without_case() -> None:
    assert cause_of(" invalidAPIkey ", "") is Cause.KEY_REFUSED


@pytest.mark.parametrize("code", [None, "", 0, "0", 200, "200", "Success", "OK", [], {}, 1.5])
def test_a_code_that_says_all_is_well_is_no_complaint(code: object) -> None:
    assert complaint({"code": code, "message": "Success"}) is None


def test_a_complaint_without_a_message_still_counts() -> None:
    assert complaint({"code": 17, "message": ["?"]}) == ("17", "")


def test_everything_the_table_can_say_has_a_remedy_and_nothing_paid_is_repeated() -> None:
    assert {REMEDIES[rule.cause] for rule in RULES} == set(Remedy)
