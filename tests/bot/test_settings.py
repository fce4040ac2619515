import re
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pydantic import SecretStr, ValidationError

from bot.settings import Settings, SettingsProblem, load, oddities
from bot.values import Address
from providers.catalogue import SPECS
from tests.bot.environment import KEY, TOKEN, Given

pytestmark = pytest.mark.usefixtures("empty_environment")

MODELS = ", ".join(spec.model for spec in SPECS if spec.wears)


def test_a_token_and_a_key_are_enough(given: Given) -> None:
    settings = given()

    assert settings == Settings(
        telegram_bot_token=SecretStr(TOKEN),
        telegram_api_url="https://api.telegram.org",
        admin_ids=(),
        database_path=Path("data/fitting-room.db"),
        listen=Address("127.0.0.1", 8080),
        public_url=None,
        updates="polling",
        dashscope_api_key=SecretStr(KEY),
        dashscope_url="https://dashscope.aliyuncs.com/api/v1",
        dashscope_workspace=None,
        fashn_api_key=None,
        fashn_url="https://api.fashn.ai/v1",
        tryon_models=(
            "aitryon-plus",
            "aitryon",
            "wan2.7-image-pro",
            "qwen-image-3.0",
            "damo",
            "fashn",
        ),
        damo_appcode=None,
        damo_url="https://damotryon.market.alicloudapi.com/api/v1/tryon",
        photo_host="dashscope",
        s3_url=None,
        s3_bucket=None,
        s3_region=None,
        s3_access_key=None,
        s3_secret_key=None,
        daily_credits=5,
        group_daily_credits=20,
        daily_budget_cny=Decimal(50),
        timezone=ZoneInfo("UTC"),
        default_language="en",
        log_level="info",
        log_format="text",
    )
    assert settings.daily_budget == 50_000


def test_everything_can_be_set(given: Given) -> None:
    settings = given(
        TELEGRAM_API_URL="http://127.0.0.1:8081/",
        ADMIN_IDS="1004, 1001,1004",
        DATABASE_PATH="/data/bot.db",
        LISTEN="[::1]:0",
        PUBLIC_URL="https://bot.example/fitting/",
        DASHSCOPE_URL="https://w.cn-beijing.maas.aliyuncs.com/api/v1",
        DASHSCOPE_WORKSPACE="ws-1",
        FASHN_API_KEY="fa-canary",
        FASHN_URL="https://fashn.example/v1/",
        TRYON_MODELS=" aitryon ",
        PHOTO_HOST="S3",
        S3_URL="https://oss-cn-beijing.aliyuncs.com/",
        S3_BUCKET="photos",
        S3_REGION="oss-cn-beijing",
        S3_ACCESS_KEY="AKIACANARY",
        S3_SECRET_KEY="canary/secret",
        DAILY_CREDITS="0",
        DAILY_BUDGET_CNY="12.505",
        TIMEZONE="Asia/Shanghai",
        DEFAULT_LANGUAGE="zh",
        LOG_LEVEL="DEBUG",
        LOG_FORMAT="json",
    )

    assert settings.telegram_api_url == "http://127.0.0.1:8081"
    assert settings.admin_ids == (1004, 1001)
    assert settings.database_path == Path("/data/bot.db")
    assert settings.listen == Address("::1", 0)
    assert settings.public_url == "https://bot.example/fitting"
    assert settings.updates == "webhook"
    assert settings.dashscope_workspace == "ws-1"
    assert settings.tryon_models == ("aitryon",)
    assert settings.photo_host == "s3"
    assert settings.s3_url == "https://oss-cn-beijing.aliyuncs.com"
    assert (settings.s3_bucket, settings.s3_region) == ("photos", "oss-cn-beijing")
    assert settings.fashn_url == "https://fashn.example/v1"
    assert {TOKEN, KEY, "fa-canary", "AKIACANARY", "canary/secret"} <= set(settings.secrets)
    assert settings.daily_credits == 0
    assert settings.daily_budget == 12_505
    assert settings.timezone == ZoneInfo("Asia/Shanghai")
    assert settings.default_language == "zh"
    assert (settings.log_level, settings.log_format) == ("debug", "json")


def test_nothing_set_says_where_the_missing_come_from() -> None:
    with pytest.raises(SettingsProblem) as caught:
        load()

    token, key = caught.value.lines
    assert token.startswith("TELEGRAM_BOT_TOKEN is missing: @BotFather gives you one")
    assert key.startswith("DASHSCOPE_API_KEY is missing: ")


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        (
            "TIMEZONE",
            "Mars",
            "TIMEZONE: 'Mars' is no time zone; use a name such as Europe/Berlin",
        ),
        (
            "TIMEZONE",
            "europe/berlim",
            "TIMEZONE: 'europe/berlim' is no time zone; use a name such as Europe/Berlin",
        ),
        (
            "TIMEZONE",
            "../../etc/passwd",
            "TIMEZONE: '../../etc/passwd' is no time zone; use a name such as Europe/Berlin",
        ),
        (
            "ADMIN_IDS",
            "1001, @olga",
            "ADMIN_IDS: '@olga' is no numeric id; write such as 12345678, 23456789",
        ),
        (
            "LISTEN",
            "8080",
            "LISTEN: '8080' is no address; write host:port, such as 127.0.0.1:8080 or 0.0.0.0:8080",
        ),
        (
            "PUBLIC_URL",
            "http://bot.example",
            (
                "PUBLIC_URL: 'http://bot.example' must begin with https://; Telegram sends updates"
                " to nothing else"
            ),
        ),
        (
            "PUBLIC_URL",
            "bot.example",
            (
                "PUBLIC_URL: not a web address; write it with https:// in front and without user,"
                " ? or #"
            ),
        ),
        (
            "UPDATES",
            "webhook",
            (
                "UPDATES: 'webhook' needs PUBLIC_URL, the address under which Telegram reaches"
                " this bot"
            ),
        ),
        ("UPDATES", "push", "UPDATES: 'push' is not possible; choose polling or webhook"),
        (
            "TRYON_MODELS",
            "aitryon, dall-e",
            f"TRYON_MODELS: 'dall-e' is not known; choose from {MODELS}",
        ),
        ("PHOTO_HOST", "ftp", "PHOTO_HOST: 'ftp' is not possible; choose dashscope, self or s3"),
        (
            "PHOTO_HOST",
            "self",
            (
                "PHOTO_HOST: 'self' needs PUBLIC_URL, the address under which services fetch"
                " photos from this bot"
            ),
        ),
        (
            "PUBLIC_URL",
            "https://bücher.example",
            (
                "PUBLIC_URL: 'https://bücher.example' must be plain ASCII; write an international"
                " name as xn--…"
            ),
        ),
        (
            "S3_BUCKET",
            "s3://photos",
            (
                "S3_BUCKET: 's3://photos' is no bucket; write its bare name: 3 to 63 of a-z, 0-9,"
                " - and ."
            ),
        ),
        (
            "S3_REGION",
            "Frankfurt am Main",
            (
                "S3_REGION: 'Frankfurt am Main' is no region; write a name such as oss-cn-beijing"
                " or us-east-1"
            ),
        ),
        ("DAILY_CREDITS", "-1", "DAILY_CREDITS: '-1' is no whole number from 0 to 1000000"),
        (
            "DAILY_BUDGET_CNY",
            "NaN",
            "DAILY_BUDGET_CNY: 'NaN' is no amount; write a number such as 50 or 12.5",
        ),
        (
            "DAILY_BUDGET_CNY",
            "fifty",
            "DAILY_BUDGET_CNY: 'fifty' is no amount; write a number such as 50 or 12.5",
        ),
        ("DEFAULT_LANGUAGE", "tlh", "DEFAULT_LANGUAGE: 'tlh' is not possible; choose en or zh"),
        (
            "LOG_LEVEL",
            "loud",
            "LOG_LEVEL: 'loud' is not possible; choose debug, info, warning or error",
        ),
    ],
)
def test_a_wrong_value_is_explained_in_words(given: Given, name: str, text: str, line: str) -> None:
    assert given.problems(**{name: text}) == (line,)


def test_all_problems_are_told_at_once(given: Given) -> None:
    lines = given.problems(TIMEZONE="Mars", LISTEN="x", PUBLIC_URL="://", LOG_FORMAT="xml")

    assert [line.partition(":")[0] for line in lines] == [
        "LISTEN",
        "PUBLIC_URL",
        "TIMEZONE",
        "LOG_FORMAT",
    ]


@pytest.mark.parametrize(
    "name",
    [
        "TELEGRAM_BOT_TOKEN",
        "DASHSCOPE_API_KEY",
        "FASHN_API_KEY",
        "S3_ACCESS_KEY",
        "S3_SECRET_KEY",
    ],
)
def test_a_wrong_secret_is_not_shown(given: Given, name: str) -> None:
    (line,) = given.problems(**{name: "Canary Secret With Spaces"})

    assert line.startswith(name)
    assert "Canary" not in line


def test_a_secret_in_the_wrong_place_is_not_shown_either(given: Given) -> None:
    (line,) = given.problems(DEFAULT_LANGUAGE=TOKEN)

    assert line == "DEFAULT_LANGUAGE: '[hidden]' is not possible; choose en or zh"


def test_settings_can_be_printed_without_showing_secrets(given: Given) -> None:
    settings = given()

    for text in (repr(settings), str(settings), settings.model_dump_json(include={"log_level"})):
        assert TOKEN not in text
        assert KEY not in text
    assert settings.secrets[:2] == (TOKEN, KEY)


def test_settings_cannot_be_changed(given: Given) -> None:
    settings = given()
    with pytest.raises(ValidationError):
        settings.log_level = "debug"


def test_the_file_beside_the_program_is_read_and_the_environment_outranks_it(
    given: Given,
) -> None:
    Path(".env").write_text("TIMEZONE=Asia/Tokyo\nDAILY_CREDITS=7 # enough\n", "utf-8")

    settings = given(DAILY_CREDITS="9")

    assert (settings.timezone.key, settings.daily_credits) == ("Asia/Tokyo", 9)


def test_what_is_set_to_nothing_is_not_set(given: Given) -> None:
    assert given(TIMEZONE="", PUBLIC_URL=" ").updates == "polling"


def test_a_file_that_is_no_text_is_reported(given: Given) -> None:
    Path(".env").write_bytes(b"TIMEZONE=\xff\xfe")

    (line,) = given.problems()

    assert line.startswith(".env cannot be read as UTF-8 text")


def test_secrets_can_stand_in_files_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("token").write_text(f"{TOKEN}\n", "utf-8")
    Path("key").write_text(KEY, "utf-8")
    Path(".env").write_text("DASHSCOPE_API_KEY_FILE=key\n", "utf-8")
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN_FILE", "token")

    assert load().secrets[:2] == (TOKEN, KEY)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (None, "the file 'token' cannot be read (FileNotFoundError)"),
        (b" \n", "the file 'token' is empty"),
        (b"\xff\xfe", "the file 'token' cannot be read (UnicodeDecodeError)"),
    ],
)
def test_a_secret_file_that_gives_none_is_reported(
    monkeypatch: pytest.MonkeyPatch, content: bytes | None, why: str
) -> None:
    if content is not None:
        Path("token").write_bytes(content)
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN_FILE", "token")
    monkeypatch.setenv("DASHSCOPE_API_KEY", KEY)

    with pytest.raises(SettingsProblem) as caught:
        load()

    assert caught.value.lines == (f"TELEGRAM_BOT_TOKEN: {why}",)


def test_a_secret_given_twice_is_reported(given: Given) -> None:
    (line,) = given.problems(DASHSCOPE_API_KEY_FILE="key")

    assert line == "DASHSCOPE_API_KEY: is given twice; drop it or DASHSCOPE_API_KEY_FILE"


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("BOT_TOKEN", "TELEGRAM_BOT_TOKEN"),
        ("TELEGRAM_TOKEN", "TELEGRAM_BOT_TOKEN"),
        ("DASHSCOPE_KEY", "DASHSCOPE_API_KEY"),
    ],
)
def test_a_similar_name_is_hinted_at_when_ours_is_missing(
    monkeypatch: pytest.MonkeyPatch, name: str, meant: str
) -> None:
    monkeypatch.setenv(name, TOKEN)

    with pytest.raises(SettingsProblem) as caught:
        load()

    assert f"{name} is no setting; did you mean {meant}?" in caught.value.lines
    assert TOKEN not in str(caught.value)


def test_a_slip_in_an_optional_name_is_hinted_at_without_stopping_the_bot(given: Given) -> None:
    given(ADMIN_ID="1001", TIME_ZONE="Asia/Tokyo")

    assert oddities() == (
        "ADMIN_ID is no setting; did you mean ADMIN_IDS?",
        "TIME_ZONE is no setting; did you mean TIMEZONE?",
    )


def test_names_of_others_are_nobodys_business(given: Given) -> None:
    given(PATH="/bin", DATABASE_URL="x", LISTEN_FDS="3", LOG_DIR="y", HOME="/", LANG="C")

    assert oddities() == ()


def test_a_local_telegram_may_be_reached_without_encryption(given: Given) -> None:
    settings = given(TELEGRAM_API_URL="http://127.0.0.1:1", PUBLIC_URL="http://127.0.0.1:2")

    assert settings.updates == "webhook"


def test_the_example_file_names_every_setting_with_its_default(given: Given) -> None:
    example = (Path(__file__).parents[2] / ".env.example").read_text("utf-8")
    lines = re.findall(r"^#?([A-Z0-9_]+)=(.*)$", example, re.MULTILINE)
    examples = {"ADMIN_IDS", "PUBLIC_URL"}  # these have no default to show
    shown = "\n".join(f"{name}={text}" for name, text in lines if name not in examples)
    Path(".env").write_text(shown, "utf-8")

    assert sorted(name.lower() for name, _ in lines) == sorted(Settings.model_fields)
    assert given() == Settings(
        telegram_bot_token=SecretStr(TOKEN), dashscope_api_key=SecretStr(KEY)
    )
