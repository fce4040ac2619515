"""What the bot says in groups, in Simplified Chinese; see `en`."""
# ruff: noqa: RUF001  Chinese punctuation is meant as it stands

TEXTS = {
    # --- steps ---
    "group.answer.tryon": (
        "请直接回复这条消息发照片，或用 /tryon 回复群里任何一张照片。/cancel 可停止。"
    ),
    "group.answer.restyle": (
        "请直接回复这条消息发照片，或用 /restyle 回复群里任何一张照片。/cancel 可停止。"
    ),
    "group.placeholder": "请发一张照片",
    "group.idle": "好的。",
    "album_unseen": "在群里，一组照片我只能看到带命令的那张。其余的请用 /tryon 回复它们。",
    "style_unknown": "我不认识这个风格名称，可以从图库里挑选。",
    # --- messages of their own ---
    "group.welcome": (
        "我能让你看看衣服穿在身上的样子。👗 用 /tryon 回复一张照片，或用 /restyle 回复一张人像。"
    ),
    "group.help": (
        "<b>在这个群里</b>\n"
        "/tryon 写在照片的说明里，或用它回复照片：试穿\n"
        "/restyle 同样用法：重绘人像，例如 /restyle 二次元\n"
        "/cancel 停止你开始的操作，/quota 查看还剩多少积分\n"
        "/groupsettings 供管理员设置我在本群怎么用\n"
        "每个人的订单互不影响，你的按钮只有你能按。"
    ),
    "group.unknown_command": "我不认识这个命令。在这里我认识 /tryon 和 /restyle。",
    "group.nothing_to_cancel": "这里没有你可以取消的东西。",
    "group.private": "打开和我的私聊",
    # --- the bot comes and goes ---
    "group.introduction": (
        "大家好！👋 我能让你看看衣服穿在身上的样子。"
        "用 /tryon 回复一张照片，或用 /restyle 回复一张人像。"
        "其他时候我保持安静。管理员可用 /groupsettings 设置。"
    ),
    "group.no_pictures": (
        "我在这里不能发图片，所以你的图会私聊发给你：点我的名字，再点“开始”。"
        "管理员可以允许我在这里发图片。"
    ),
    "group.picture": "这是你在“{group}”里的订单，我没法发到那里：",
    "group.refunded": "我已不在“{group}”里，所以取消了你在那里的订单，{credits}已退还给你。",
    # --- answers to presses ---
    "not_yours": "这是别人的按钮。发送 /tryon 开始你自己的吧。🙂",
    # --- who cannot order ---
    "group.nameless": ("你以群的身份发言时，我不知道你是谁。请关闭“匿名发言”再下单，或者私聊我。"),
}
