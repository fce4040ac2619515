"""What the bot says of a group's settings, in English."""

TEXTS = {
    "groupsettings": (
        "⚙️ <b>How this group uses me</b>\n"
        "Administrators tap what shall be different. The group's pool gets {pool} a day; /quota "
        "tells what is left of it."
    ),
    "groupsettings.enabled.on": "✅ I answer in this group",
    "groupsettings.enabled.off": "🚫 I am silent in this group",
    "groupsettings.try_on.on": "✅ Try on",
    "groupsettings.try_on.off": "🚫 Try on",
    "groupsettings.restyle.on": "✅ Restyle",
    "groupsettings.restyle.off": "🚫 Restyle",
    "groupsettings.payer.pool": "🎟 The group's pool pays",
    "groupsettings.payer.members": "🎟 Members pay themselves",
    "groupsettings.limit": "👤 {limit} per member and day",
    "groupsettings.member_limit.any": "👤 No limit per member",
    "groupsettings.results.here": "🖼 Pictures come here",
    "groupsettings.results.private": "🖼 Pictures come in private",
    "groupsettings.language": "🌐 {name}",
    "groupsettings.language.any": "🌐 Everybody's own language",
    "groupsettings.saved": "Changed.",
    "groupsettings.not_yours": "Only administrators of this group can change that.",
    "groupsettings.old": "This button is from an earlier version. Send /groupsettings.",
    # --- pictures in private ---
    "progress.done_in_private": "✅ <b>Done.</b> Your picture is in our private chat.",
    "group.picture_private": "From your order in “{group}”:",
    "group.begin": (
        "I can't write to you in private yet, and your picture waits for you there. Open our "
        "chat and tap Start."
    ),
    # --- what is turned off ---
    "try_on_off": "Trying on is turned off in this group.",
    "restyle_off": "Restyling is turned off in this group.",
    "command.groupsettings": "For administrators: how this group uses me",
}
