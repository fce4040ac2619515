"""What the bot says about restyling, in Simplified Chinese; see `zh`."""
# ruff: noqa: RUF001  Chinese punctuation is meant as it stands

TEXTS = {
    "menu.restyle": "🎨 换风格",
    "button.restyle": "🎨 给它换个风格",
    # --- restyling ---
    "ask.portrait": ("<b>给谁的照片换风格？</b>\n发一张单人照片，最好是头肩像，脸清楚，光线充足。"),
    "ask.styles": (
        "<b>想要哪种风格？</b>\n编号和图里的一样。可以选一个，也可以选几个，每种风格出一张图。"
    ),
    "ask.styles_price": "每张 {price}，一次最多 {most} 张。",
    "ask.style_picture": (
        "<b>要哪张图的风格？</b>\n"
        "把它发给我：一幅画、一张插图、一张剧照都行。我只取它的风格，不取内容。"
    ),
    "button.style": "{n} · {style}",
    "button.style_ticked": "✓ {n} · {style}",
    "button.of_picture": "🖼 用我的一张图的风格",
    "button.of_picture_ticked": "✓ 照片同款风格",
    "button.style_of": "换一张风格图",
    "button.on": "→ 继续（{n}）",
    "button.styles": "换风格",
    "button.portrait": "换照片",
    "card.look": "<b>可以开始了吗？</b>\n这张照片要画成：{styles}。",
    "card.look_like": ("<b>可以开始了吗？</b>\n左边是你的照片，右边是风格图。\n风格：{styles}。"),
    "card.time_last": "一张一张地画，最后一张<b>{wait}</b>后出图",
    "card.photo.style": "风格图",
    "card.photo.portrait": "人像照片",
    # --- the styles ---
    "style.retro_comic": "复古漫画",
    "style.fairy_tale_3d": "3D童话",
    "style.anime": "二次元",
    "style.fresh": "小清新",
    "style.future_tech": "未来科技",
    "style.classical_chinese": "国画古风",
    "style.warrior_general": "将军百战",
    "style.vivid_cartoon": "炫彩卡通",
    "style.elegant_chinese": "清雅国风",
    "style.new_year": "喜迎新年",
    "style.fine_brush": "国风工笔",
    "style.new_year_wishes": "恭贺新禧",
    "style.fairy_world": "童话世界",
    "style.clay_world": "黏土世界",
    "style.pixel_world": "像素世界",
    "style.adventure_world": "冒险世界",
    "style.manga_world": "日漫世界",
    "style.world_3d": "3D世界",
    "style.anime_world": "二次元世界",
    "style.hand_drawn_world": "手绘世界",
    "style.crayon_world": "蜡笔世界",
    "style.fridge_magnet_world": "冰箱贴世界",
    "style.badge_world": "吧唧世界",
    "style.of_picture": "照片同款风格",
    "portrait_small": "这张照片太小，没法换风格。请发每边不少于 256 像素的照片。",
    "one_portrait": "这里只需要一张照片，我用了第一张。",
    "new_portrait": "好的，换成这张照片了。",
    "styles_changed": "你选的风格里有的现在没有了，请再看一眼。",
    "too_many_styles": "已有 {orders}在进行，最多还能再下 {room} 单。请少选几种风格，或者等一等。",
    "no_style_yet": "请先选至少一种风格。",
    "styles_full": "一次最多 {most} 种风格。请先取消另一种。",
    "stale.AwaitPortrait": "那一步已经过去了。现在请发人像照片。",
    "stale.AwaitStyles": "那一步已经过去了。现在请在最新的那条消息里选风格。",
    "stale.AwaitStylePicture": "那一步已经过去了。现在请发你喜欢的那张风格图。",
    "stale.ConfirmLook": "那一步已经过去了。你的卡片是最新的那条消息。",
    "progress.ordered": "⏳ <b>已下单。</b>",
    "progress.title": "🎨 {style}",
    "job.restyle": "🎨 给这张换风格",
    "job.other_style": "🎨 换种风格",
    "job.try_on": "👗 试穿",
    "result.restyle": "✨ <b>画好啦！</b>\n{style} · {model} · {time}",
    "fail.restyle.person_unclear": (
        "照片里没能找到一张清楚的脸。请发一张单人照片，脸清楚、不要太小。"
    ),
    "fail.restyle.photo_unreachable": (
        "图像服务用不了这张照片：没有收到，或者没认出是图片。"
        "管理员已经知道了。请过几分钟再试，或者换一张照片。"
    ),
    "model.wanx-style-repaint-v1": "风格重绘",
    "command.restyle": "给人像换风格",
}
