"""What operators read about one person, in Chinese; see `zh`."""
# ruff: noqa: RUF001  Chinese punctuation is meant as it stands

TEXTS = {
    "admin.usage.quota": "/quota 谁",
    "admin.command.quota": "查看某人的情况",
    "admin.usage.grant": "/grant 谁 N [原因]",
    "admin.command.grant": "赠送 N 个额外积分，-N 是收回",
    "admin.usage.setquota": "/setquota 谁 N|default [原因]",
    "admin.command.setquota": "某人每天得到多少积分",
    "admin.per_day": "每天：{amount}。",
    "admin.per_day.default": "{n}（和大家一样）",
    "admin.setquota": "✓ {who}\n每天的积分：{before} → <b>{after}</b>",
    "admin.setquota.ask": (
        "以后每天都不给 {who} 积分了吗？{before} → <b>0</b>\n额外的积分不受影响。"
    ),
    "admin.usage.ban": "/ban 谁 [原因]",
    "admin.command.ban": "不再接受某人的单",
    "admin.usage.unban": "/unban 谁 [原因]",
    "admin.command.unban": "重新接受某人的单",
    "admin.standing": "🎟 <b>{who}</b>",
    "admin.has": "现有 {total}：今天的 {daily}，额外的 {extra}。",
    "admin.running": "正在进行：{orders}。",
    "admin.standing.banned": "🚫 已封禁。原因：{why}",
    "admin.no_reason": "没写",
    "admin.grant": "✓ {who}\n额外积分：{before} → <b>{after}</b>",
    "admin.grant.ask": "收回 {who} 的额外积分：{before} → <b>{after}</b>？",
    "admin.grant.too_few": "{who} 只有额外的 {extra}，不能收回更多；每天的额度用 /setquota 限制。",
    "admin.ban.ask": ("封禁 <b>{who}</b>？\n现在进行中：{orders}。还没开始画的会取消，不扣积分。"),
    "admin.ban": "✓ {who}\n可以下单 → <b>已封禁</b>\n已取消并退还：{orders}。",
    "admin.ban.already": "{who} 已经被封禁。用 /unban 解除。",
    "admin.ban.operator": "这是管理员，不能封禁。",
    "admin.unban": "✓ {who}\n已封禁 → <b>可以下单</b>",
    "admin.unban.already": "{who} 没有被封禁。",
}
