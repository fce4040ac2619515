"""What the bot says about image services other than the usual one, in Chinese; see `en`."""
# ruff: noqa: RUF001  Chinese punctuation is meant as it stands

TEXTS = {
    "ask.consent_fashn": (
        "• 标着 FASHN 的图片由另一家公司绘制：照片会改发到那里，副本最多保留 72 小时。"
    ),
}
