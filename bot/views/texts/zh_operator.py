"""What people read of what an operator did, in Chinese; see `zh`."""
# ruff: noqa: RUF001  Chinese punctuation is meant as it stands

TEXTS = {
    "closed": "暂停接单一小会儿：管理员正在处理一些事情。请晚点再来。",
    "progress.held.operator": "⏸ <b>暂停接单一小会儿。</b>\n你的单保留着位置，会自动继续。",
    "given": "🎁 你收到了额外的 {credits}，不会过期。",
    "banned": "抱歉，现在不能接受你的请求。如果你觉得弄错了，请联系这个机器人的管理员。",
}
