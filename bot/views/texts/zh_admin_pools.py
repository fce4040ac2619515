"""What operators read about the pools of groups, in Chinese; see `zh`."""
# ruff: noqa: RUF001  Chinese punctuation is meant as it stands

TEXTS = {
    "admin.pools": "🎟 <b>我所在的群的积分池</b>",
    "admin.pools.one": "<b>{title}</b>\n<code>{id}</code>\n每天：{per_day}。今天还剩：{left}。",
    "admin.pools.more": "还有 {n} 个群：请在群里说 /groupquota N。",
    "admin.pools.how": "修改：/groupquota 群ID N",
    "admin.pools.none": "我现在不在任何群里。",
    "admin.usage.groupquota": "/groupquota [[群ID] N|default [原因]]",
    "admin.command.groupquota": "群积分池每天得到多少积分",
    "admin.misread.no_chat": "哪个群？请在群里说，或者先写群 ID：-100…",
    "admin.groupquota": ("✓ {title}\n积分池每天：{before} → <b>{after}</b>\n今天还剩：{left}。"),
    "admin.groupquota.ask": "以后每天都不给 <b>{title}</b> 的积分池积分了吗？{before} → <b>0</b>",
    "admin.groupquota.unknown": "我从没进过群 {id}。",
}
