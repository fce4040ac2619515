"""Alerts about money and disk, in Chinese; see `zh`."""
# ruff: noqa: RUF001  Chinese punctuation is meant as it stands

TEXTS = {
    "alert.budget_nearly": "今天的费用已用掉五分之四",
    "alert.budget_nearly.do": "/usage 看花在哪里；/budget N 改上限，/pause 暂停接单。",
    "alert.disk_low": "数据库所在的磁盘快满了",
    "alert.disk_low.do": "请尽快腾出空间：没有空间就什么都写不了，机器人只能停下。",
}
