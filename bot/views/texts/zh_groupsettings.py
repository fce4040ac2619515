"""What the bot says of a group's settings, in Simplified Chinese; see `zh`."""
# ruff: noqa: RUF001  Chinese punctuation is meant as it stands

TEXTS = {
    "groupsettings": (
        "⚙️ <b>本群设置</b>\n管理员点一下就能更改。本群每天有 {pool}，用 /quota 可以看还剩多少。"
    ),
    "groupsettings.enabled.on": "✅ 我在本群回应大家",
    "groupsettings.enabled.off": "🚫 我在本群不说话",
    "groupsettings.try_on.on": "✅ 试穿",
    "groupsettings.try_on.off": "🚫 试穿",
    "groupsettings.restyle.on": "✅ 换风格",
    "groupsettings.restyle.off": "🚫 换风格",
    "groupsettings.payer.pool": "🎟 用本群的积分",
    "groupsettings.payer.members": "🎟 成员用自己的积分",
    "groupsettings.limit": "👤 每人每天 {limit}",
    "groupsettings.member_limit.any": "👤 每人不限",
    "groupsettings.results.here": "🖼 图片发在本群",
    "groupsettings.results.private": "🖼 图片发到私聊",
    "groupsettings.language": "🌐 {name}",
    "groupsettings.language.any": "🌐 每个人自己的语言",
    "groupsettings.saved": "改好了。",
    "groupsettings.not_yours": "只有本群的管理员可以更改。",
    "groupsettings.old": "这个按钮是旧版本的，请发送 /groupsettings。",
    # --- pictures in private ---
    "progress.done_in_private": "✅ <b>画好了。</b>图在我们的私聊里。",
    "group.picture_private": "这是你在“{group}”里的订单：",
    "group.begin": "我还不能私聊你，你的图在那里等着。请打开和我的私聊，点“开始”。",
    # --- what is turned off ---
    "try_on_off": "本群没有开放试穿。",
    "restyle_off": "本群没有开放换风格。",
    "command.groupsettings": "管理员：设置我在本群怎么用",
}
