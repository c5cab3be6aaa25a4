"""The words that speak of an account: its own, those of platforms, and with what they begin."""

from __future__ import annotations

from workbench.privacy.patterns import shape

NET = (
    r"(?:snap(?:chat)?|insta(?:gram)?|tik ?tok|discord|twitter|face ?book|fb|you ?tube|roblox|kik"
    r"|whats ?app|telegram|reddit|twitch|x ?box|psn|fortnite|minecraft|steam|yubo|be ?real|wizz"
    r"|only ?fans|signal|threads|bluesky|tumblr|pinterest|omegle|vsco|ig|sc|yt|x)"
)
OWN = (
    r"(?:user ?names?|user ?ids?|users?|handles?|gamer ?(?:tags?|names?)|player ?names?"
    r"|(?:screen|display|nick|account|profile|online|game|insta|snap|page|channel) ?names?|nick"
    r"|alias|i\.?g\.?n|log ?ins?|sign ?in)"
)
SITE = shape(
    rf"\b(?:{OWN}|accounts?|profiles?|add|tags?|pages?|follow\w*|block\w*|posts?|posted|messag\w+"
    rf"|dms?|comments?|videos?|chats?|online|(?:go|goes|going|went) by|{NET})\b"
)
OWN_CUE = frozenset(
    """user username usernames users userid userids handle handles gamer gamertag gamertags
    gamername player playername screen screenname display displayname nick nickname account
    accountname profile profilename online game insta snap snapname page pagename channel
    channelname alias i ign
    log login logins sign signin""".split()
)
NET_CUE = frozenset(
    """snap snapchat insta instagram tik tiktok discord twitter face facebook fb you youtube roblox
    kik whats whatsapp telegram reddit twitch x xbox psn fortnite minecraft steam yubo be bereal
    wizz only onlyfans signal threads bluesky tumblr pinterest omegle vsco ig sc yt""".split()
)
CUE = (
    OWN_CUE
    | NET_CUE
    | frozenset(
        """accounts profiles pages channels server servers group groups tag tags name
        title""".split()
    )
)
"""The first words of what an account, a profile or a platform is called."""
