"""What the bot says about keeping one's own other half, in Simplified Chinese; see `zh`."""
# ruff: noqa: RUF001  Chinese punctuation is meant as it stands

TEXTS = {
    "half.bottom.keep": "👖 下装：我自己的",
    "half.bottom.new": "👖 下装：由模型搭配",
    "half.top.keep": "👕 上装：我自己的",
    "half.top.new": "👕 上装：由模型搭配",
    "result.half.bottom.missing": "照片里没有找到你自己的裤子或裙子，所以由模型搭配了一件。",
    "result.half.top.missing": "照片里没有找到你自己的上装，所以由模型搭配了一件。",
    "result.half.bottom.skipped": "这次没能抠出你自己的裤子或裙子，所以由模型搭配了一件。",
    "result.half.top.skipped": "这次没能抠出你自己的上装，所以由模型搭配了一件。",
    "alert.half_skipped": "无法保留用户自己的另一半服装",
    "alert.half_skipped.do": (
        "分割模型拒绝了请求。试衣会照常进行，用户也会得知。请到百炼控制台查看该模型是否已对账号开通。"
    ),
}
