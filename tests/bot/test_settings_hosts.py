"""The settings of where photos are put."""

from pathlib import Path

from tests.bot.environment import KEY, TOKEN, Given


def test_what_a_bucket_needs_is_missed_all_at_once(given: Given) -> None:
    lines = given.problems(PHOTO_HOST="s3", S3_REGION="eu-central-1")

    assert [line.partition(" is missing: with PHOTO_HOST=s3 it is ")[0] for line in lines] == [
        "S3_URL",
        "S3_BUCKET",
        "S3_ACCESS_KEY",
        "S3_SECRET_KEY",
    ]


def test_without_a_bucket_nothing_of_it_is_missed(given: Given) -> None:
    settings = given(S3_BUCKET="photos")

    assert (settings.photo_host, settings.s3_bucket) == ("dashscope", "photos")


def test_with_a_public_address_photos_are_handed_out_by_the_bot_itself(given: Given) -> None:
    assert given(PUBLIC_URL="https://bot.example").photo_host == "self"
    assert given(PUBLIC_URL="https://bot.example", PHOTO_HOST="dashscope").photo_host == "dashscope"


def test_the_key_of_a_bucket_can_stand_in_files_too(given: Given) -> None:
    Path("id").write_text("AKIACANARY\n", "utf-8")
    Path("secret").write_text("canary/secret\n", "utf-8")

    settings = given(S3_ACCESS_KEY_FILE="id", S3_SECRET_KEY_FILE="secret")

    assert {TOKEN, KEY, "AKIACANARY", "canary/secret"} <= set(settings.secrets)
    assert "canary" not in repr(settings)
