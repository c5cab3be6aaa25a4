"""Whose words they are, and whether they are negated.

Two ways of giving someone else's words are told apart. *Quoted* words stand as they were said: in
quotation marks, after "the caption reads", after a colon that a message leads to, or before "was
the reply". *Reported* words are told ("he says that", "she was called a"). What the enquirer says
of herself ("I would call it", "caller says") is neither. All of it is read from word forms alone:
a change of speaker that only the sense shows is missed.
"""

from __future__ import annotations

import re

Span = tuple[int, int]


def _forms(verbs: str, *, third_person: bool = True) -> str:
    """A pattern for the forms of regular ``verbs`` but the bare one: "says", "-ed" and "-ing".

    Without ``third_person`` for those whose form in -s is mostly a noun ("the comments").
    """
    found = []
    for verb in verbs.split():
        if verb.endswith("e"):
            stem, endings = verb[:-1], ["es", "ed", "ing"]
        elif verb.endswith("y") and verb[-2] not in "aeo":
            stem, endings = verb[:-1], ["ies", "ied", "ying"]
        else:
            stem, endings = verb, ["e?s", f"{verb[-1]}?ed", f"{verb[-1]}?ing"]
        found.append(f"{stem}(?:{'|'.join(endings[0 if third_person else 1 :])})")
    return "|".join(found)


_NOT = r"(?:\b(?:not|never|cannot|(?:is|are|was|were|do|does|did|has|have|had|wo|ca|would)nt)|n't)"
_NEGATION = re.compile(
    rf"(?:{_NOT}|\b(?:no|none of|without|hardly|barely|scarcely|rarely|neither|nor|nothing|nobody"
    r"|less than|far from|anything but|rather than|instead of))\s+(?:[\w'-]+\s+){0,2}$"
)
# Denied in the clause above: "I do not think that we are", "nobody says you are".
_DENIED = re.compile(
    rf"(?:{_NOT}|\b(?:nobody|no one|none of \w+))\s+(?:\w+\s+)?"
    r"(?:th(?:ink|inks|inking|ought)|believ\w+|feel\w*|suppos\w+|consider\w*|mean\w*|say\w*|said"
    r"|suggest\w*|imply\w*|call\w*|describ\w+|find|that)\s+(?:[\w'-]+\s+){0,4}$"
)
# These assert what follows: "not only worried", "isn't it pathetic", "cannot believe how useless".
_NO_NEGATION = re.compile(
    r"\b(?:not (?:only|just|merely|least|to mention)|no (?:doubt|wonder|question|end|matter how)"
    r"|nothing (?:but|short of|less than)|(?:cannot|can't|cant) (?:believe|help|but)|why not"
    r"|(?:is|are|was|were)n'?t (?:it|this|that|they|you)(?= (?:just |all |so |an? )*$))\b"
)
_CLAUSE = re.compile(r"[,;:()–—]|\b(?:but|and|so|because|although|though|however|since|i|we)\b")
_BREAK = re.compile(r"[,;:()–—]|\b(?:but|because|although|though|however)\b")

_DOUBLE = re.compile(r'(?<!\w)"(?=\S)[^"]{1,600}(?<=\S)"(?!\w)|“[^”]{1,600}”|«[^»]{1,600}»')
# A single mark opens after white space and closes before it: apostrophes do neither.
_SINGLE = re.compile(
    r"(?<![\w'])['‘](?=\S)(?!(?:til|em|cause|cos|bout|tis|twas|n)\b)"
    r"[^\"“”]{1,300}?(?<=\S)['’](?![\w'])"
)

_MEDIUM = (
    r"(?:(?:message|comment|caption|text|post|user ?name|title|tweet|e-?mail|letter|threat|review"
    r"|heading|hashtag|voice ?(?:note|over)|meme|video|clip|reel|song|chant|banner|sign"
    r"|description|insult|taunt)s?|bio|poll|log|abuse|graffiti|subtitles|repl(?:y|ies)|stor(?:y|ies))"
)
_PERSON = (
    r"(?:(?:pupil|student|boy|girl|parent|mother|father|mum|dad|user|account|friend|teenager|troll"
    r"|stranger|kid|lad)s?|he|she|they|someone|somebody|everyone|people|others?|another|some|many"
    r"|both|class(?:es)?|child(?:ren)?)"
)
_SPOKE = r"(?:wrote|writes|said|commented|posted|replied|shouted|typed|texted|yelled|screamed)"
# What follows stands as it was said, unless it goes on as a clause or names what was posted.
_DIRECT = (
    r"(?:\s+back)?\s*[:,-]?\s+(?!(?:that|to|it|he|she|they|them|him|me|us|an?|the|his|her|their|our"
    r"|some|no|nothing|anything|something|is|are|was|were|must|about|on|in|at|by|of|for|from|as|and"
    r"|when|while|after|before|again|online|last|yesterday|today|so)\b)"
)
_LEADS = (
    rf"(?:it|which|that|ones?|others?|{_MEDIUM}(?:\s+\w+){{0,3}}?)\s+(?:says?|said|saying|reads?"
    r"|reading|states?|stated|stating|went(?: on(?: about)?)?|goes|ran|shouting|sneers?)",
    rf"{_PERSON}\s+(?:\w+\s+)?{_SPOKE}",
    r"captioned|titled|entitled|tagged|quote|unquote",
    r"(?:(?:the|whose|with(?: the| a)?) (?:words?|phrases?|slogan|refrain|line|heading|name)"
    r"|with (?:the )?caption)(?! (?:on|in|of|used|for|and|are|were|from|to)\b)(?:\s+(?:is|was)\b)?",
    r"(?:words?|phrases?) used (?:is|are|was|were|includes?|included)",
    r"(?:end|beg[iau]n|start|open)(?:s|ed|ning|ing)? (?:off )?with",
    r"(?:the|a) (?:message|text|comment|note|reply|tweet|post),?"
    r"(?=\s+(?:you(?: are|'re)|we(?: are|'re)|ur?)\b)",
    r"(?:which|that) (?:beg[ai]ns?|start(?:s|ed)|end(?:s|ed))(?=\s+(?:you|u)\b)",
)
_SUCH_AS = (
    r"(?:abuse|insults?|words?|phrases?|language|things|names|lines|comments?|messages?|repl(?:y|ies)"
    r"|remarks?|hashtags?|posts?)(?:[^\S,]+\w+){0,6}?,?\s+(?:such as|like|includ(?:e|es|ed|ing)"
    r"|along the lines of|for (?:instance|example)|to the effect)"
    r"\s+(?!(?:this|that|these|those|it|them|the|an?)\b)"
)
_INTRODUCED = re.compile(rf"\b(?:(?:{'|'.join(_LEADS)}){_DIRECT}|{_SUCH_AS})")
# A sentence with none of these words needs no closer look (for speed alone): each way of leading
# into quoted words above, and each of trailing them in _TAG, holds one.
_CUES = frozenset(
    "say says said saying read reads reading state states stated stating went goes ran shouting"
    " sneer sneers wrote writes commented posted replied shouted typed texted yelled screamed"
    " captioned titled entitled tagged quote unquote word words phrase phrases slogan refrain line"
    " heading name caption captions such like include includes included including along"
    " instance example effect end ends ended ending begin begins began begun beginning start starts"
    " started starting open opens opened opening message messages comment comments text texts note"
    " reply replies tweet tweets post posts added claim claims claimed think thinks answer response"
    " you you're u how shame shut drop get stuffed we're watch".split()
)
# Words spoken to someone in a sentence about others ("a note was left, you are a clown").
_ADDRESS = re.compile(
    r"\b(?:(?:you(?: are|'re)|u (?:are|r))(?: all| just| so| such| nothing| an?)*"
    r" (?!(?:able|the|there|right|not|our|aware|doing|going|welcome|well|busy|free|sure|looking"
    r"|asking|told|in|on|at)\b)"
    r"|you (?:have been|will be) (?:warned|sorry)|how dare|shame on you|shut (?:up|your)|drop dead"
    r"|go (?:to hell|and die)|get (?:stuffed|lost)|kill yourself|watch your back)"
)
_OTHERS = re.compile(
    rf"\b(?:{_MEDIUM}|{_PERSON}|him|her|his|their|note|phone|tik ?tok|quiz|page|chat|thread|group"
    r"|recording|picture|photo)\b"
)
_SPEAKERS = re.compile(
    r"\b(?:i|we|you|your|caller|(?:my|our) (?:\w+ )?(?:message|e-?mail|report|call|letter)s?)\b"
)
_NO_MARKS = str.maketrans(dict.fromkeys(",.:;!?\"'()-“”", " "))
# A message or an act of saying leads to a colon; "Message: ..." heads the enquirer's own words.
_COLON = re.compile(
    rf"\b(?!^(?:message|e-?mail|log)\b)(?P<lead>{_MEDIUM}|{_SPOKE}|words?|phrases?|copied|verbatim"
    r"|goes|reads|ran|underneath|below|says|saying|asked|told|read out|accused|hand)\b"
    r"(?:[^:;]|(?<=\d):(?=\d)){0,80}:\s+(?!(?:it|this|that) (?:has|is|must|needs)\b)(?=\S)"
)
_NOT_ANOTHERS = re.compile(r"\b(?:i|we|my|our|your|caller)(?:'\w+)?\s+(?:\w+\s+){0,2}$")
_TAG = re.compile(
    rf",\s+(?:{_PERSON}|one(?: of (?:\w+ ){{1,2}}\w+)?"
    r"|(?:an?|the|his|her|their|one) (?:\w+ ){0,2}\w+)"
    rf"\s+(?:\w+ed\s+)?(?:{_SPOKE}|says|added)\b(?=\W*$|[.,;]"
    r"|\s+(?:to (?:him|her|them|me|us)|on|at|in|as|under\w*"
    r"|below|when|about|back|before|and|by|again)\b)"
    rf"|,\s+(?:says|said|reads?|went) (?:an?|the|his|her|one|another) {_MEDIUM}\b"
    r"|,?\s+(?:or )?so (?:he|she|they|the \w+) (?:says?|said|claims?|claimed|thinks?|wrote)\b"
    r"|,?\s+(?:is|are|was|were) (?:the|their|his|her|one|another|what|how) (?:[\w']+ ){0,4}?"
    r"(?:messages?|comments?|captions?|texts?|posts?|tweets?|repl(?:y|ies)|answer|response|words?"
    rf"|line|{_PERSON} (?:\w+ )?{_SPOKE})\b"
)

_TELLING = _forms(
    "claim label brand describe name nickname dub refer accuse allege state suggest imply insinuate"
    " complain argue declare announce insist demand ask deny threaten promise warn shout yell"
    " scream chant sneer jeer taunt mock ridicule insult tease wish greet type tweet reply answer"
    " scrawl scribble spray mouth mutter whisper inform order add portray depict compare liken"
    " joke rant boast vow assert proclaim rate rank vote tag list abuse heckle address decide"
)
_PUBLISHING = _forms("comment post caption text message email e-mail", third_person=False)
_IRREGULAR = (
    r"(?<!so-)call(?:s|ed|ing)|says|said|saying|tells|told|telling|writes|wrote|written|writing"
    r"|s[au]ng|singing|sp(?:eaks?|oke|eaking) of|put (?:it )?(?:about|round)"
    r"|(?:him|her|them|us|staff|(?:mr|mrs|miss|ms|the|our|my|a) \w+) as(?= (?:an?|the)\b)"
    r"|(?<!fact )(?<!truth )(?<!point )(?<!view )(?:is|be|was) that"
    r"(?= (?:he|she|they|we|i|m(?:r|rs|s|iss)|the|our|all|teachers|staff)\b)"
    r"|sen(?:ds?|t|ding) (?:him|her|them|us|me)|according to|memes? of"
    r"|(?:posts?|videos?|clips?|comments?|messages?|letters?|e-?mails?|story|stories) in which"
)
_BARE = (
    r"call|say|claim|describe|accuse|allege|state|suggest|tell|threaten|shout|chant"
    r"|mock|write|ask|refer|insult|taunt"
)
_VERB = re.compile(
    rf"\b(?P<verb>{_IRREGULAR}|{_TELLING}|{_PUBLISHING}|(?P<bare>{_BARE})|thinks|believes|reckons"
    r"|(?:they|pupils|boys|girls|parents|kids|students|some|others|people) (?:\w+ )?"
    r"(?:think|believe|reckon|post|comment|text|message|reply)"
    r"|(?:rumour|accusation|allegation|claim|threat|complaint|remark|joke|rhyme|song)s?"
    r"(?: \w+){0,3}? (?:that(?! (?:is|are|was|were)\b)|of|to|about))\b(?!(?<=written) by\b)"
)
_THOUGHT = re.compile(r"(?:think|thinks|believes?|reckons?)$")
_PARTICIPLE = re.compile(r"(?:ed|told|written|sung)$")
_PASSIVE = re.compile(
    r"(?:\b(?:is|was|were|been|being|be|got|gets?|getting|am|are)|'m|'re|'s)\s+"
    r"(?:(?:\w+ly|also|even|then|just|once|now)\s+)?$"
)
# Words that may stand between the enquirer and her own verb of saying.
_BETWEEN = (
    r"(?:have|had|has|would|will|must|can|could|should|shall|may|might|do|did|don't|am|are|was|were"
    r"|be|to|just|only|also|even|now|not|never|always|want|wanted|wish|like|need|going|about|writing"
    r"|wrote|ringing|rang|calling|called|emailing|phoning|here|afraid|further|already|again|then"
    r"|and|too|glad|sorry|happy|bound|dare|often|both|all|\w+ly)"
)
_ENQUIRER = re.compile(
    r"(?:\b(?:i|we|(?<!\ba )caller|enquirer|the writer)(?:'(?:d|ll|ve|m|re))?"
    r"|\b(?:let|allow|permit) (?:me|us)"
    r"|\b(?:my|our) (?:\w+ )?(?:e-?mails?|messages?|letters?|reports?|complaints?|notes?|forms?))"
    rf"\s+(?:{_BETWEEN}\s+){{0,4}}$"
)
# A bare form is an order or part of the enquirer's own sentence: "tell them", "how dare you say".
_ORDER = re.compile(
    r"(?:^|[,;:.!?(–—-]\s*|\b(?:you|please|just|and|then|so|go|do|not|don't|never|can|could|will"
    r"|somebody|someone|should|must|would|the|a|an|this|that|your|my|our|another|phone|or|us|me"
    r"|you (?:\w+ ){0,2}to)\s+)$"
)
# "Whoever posted this is": what is then said of the speaker is the enquirer's own.
_RELATIVE = re.compile(
    r"\b(?:who(?:ever)?|that|what (?:\w+ ){0,2}\w+)\s+"
    r"(?:(?:has|have|had|is|are|keeps?|\w+ly)\s+)?$"
)
_ACT = re.compile(
    r"post|comment|caption|wr[io]t|typ|text|messag|tweet|scr[ai]|said|sen|call|(?:nick)?nam|brand"
    r"|label|mock|taunt|insult|ridicul|teas|threat|shout|think|believe"
)
_RESUMED = re.compile(
    r"(?:\W+(?!that (?:he|she|they|you|we|i|it|the|an?|his|her|my|our)\b|saying\b)[\w']+){0,6}?"
    r"(?<!\bhe)(?<!\bshe)(?<!\bthey)(?<!\byou)(?<!\bwe)(?<!\bi)\s+"
    r"(?:is|are|was|were|must|should|ought|needs?|deserves?|wants?|will|can|makes?|had better"
    r"|ha(?:s|ve) to)\b(?! that\b)"
)
_REACH = re.compile(r"(?:\W+[\w'*]+){0,14}\W*")
_OURS = re.compile(
    r";|:\s|[–—]|\s-\s|,?\s+(?:and|but|so|yet)\s+(?:i|we|it|this|that (?:is|was|must)|these|nobody"
    r"|no ?one|whoever|nothing|still|your?|(?:he|she) is|they are|please|get|take|act|do|stop|sort"
    r"|what|how|why|they (?:must|need|should|have to))\b(?!\s+(?:hate|know where|will be))"
    r"|,\s+(?:i|we|so|if|but|yet|which|though|although|while|whereas|however|please)\b"
)
# A judgement hung on what was told: "they refused, what a company", "he denies it, the liar".
_JUDGED = re.compile(
    r",\s+(?:what|how|well|shame|that's|absolute|utter)\b"
    r"|,\s+(?:the|you)(?:\s+[\w-]+){0,4}(?=\W*$|,)"
)


def fold(text: str) -> str:
    """``text`` in lower case with straight apostrophes, character for character."""
    lowered = text.lower()
    if len(lowered) != len(text):  # a few letters, such as İ, grow in lower case
        lowered = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    return lowered.replace("’", "'").replace("\xa0", " ").replace("\n", " ")


def quoted_spans(copy: str, sentences: list[Span]) -> list[Span]:
    """Where ``copy`` (folded) gives someone else's words as they were said.

    Words in quotation marks, also across ``sentences``; words introduced by "the caption reads"
    up to where the enquirer plainly goes on ("so we"); words after a colon that a message leads
    to, to the end of their sentence; and words before "was the reply" or ", he wrote".
    """
    spans = []
    if '"' in copy or "“" in copy or "«" in copy:
        spans += [match.span() for match in _DOUBLE.finditer(copy)]
    if "'" in copy or "‘" in copy:
        spans += [match.span() for match in _SINGLE.finditer(copy)]
    bare = copy.translate(_NO_MARKS)
    for start, end in sentences:
        cued = not _CUES.isdisjoint(bare[start:end].split())
        if cued or ": " in copy[start:end]:
            found = _unmarked(copy[start:end], cued=cued)
            spans += [(start + first, start + last) for first, last in found]
    return spans


def reported_spans(sentence: str) -> list[Span]:
    """Where a folded ``sentence`` tells what someone else says, calls, thinks or threatens.

    A span runs from the verb of saying over at most 14 words, and stops where the enquirer
    plainly goes on. Spans may overlap.
    """
    spans = []
    for match in _VERB.finditer(sentence):
        end = match.end()
        before = sentence[max(0, match.start() - 80) : match.start()]
        if not _is_enquirers(before, match):
            spans.append((end, end + _reach(before, match, sentence[end : end + 200])))
    return spans


def is_negated(before: str) -> bool:
    """Whether a negation within three words stands in the same clause, just ``before``.

    One that denies the clause ("nobody thinks that you are") reaches five words.
    """
    near = before[-80:]
    clause = _CLAUSE.split(near)[-1]
    if _NO_NEGATION.search(clause):
        return False
    return bool(_NEGATION.search(clause) or _DENIED.search(_BREAK.split(near)[-1]))


def is_reported(before: str, after: str = "") -> bool:
    """Whether what stands between ``before`` and ``after`` is told of someone else.

    ``before`` is the folded sentence so far; with its rest in ``after``, a judgement that the
    enquirer adds at its end ("he denies it, the liar") is seen to be her own.
    """
    near = before[-160:]
    spans = reported_spans(near + after[:80])
    return any(start <= len(near) <= end and (end > len(near) or not after) for start, end in spans)


def _unmarked(sentence: str, *, cued: bool) -> list[Span]:
    spans = []
    introduced = _INTRODUCED.search(sentence) if cued else None
    if introduced and not _NOT_ANOTHERS.search(sentence[: introduced.start()]):
        ours = _OURS.search(sentence, introduced.end())
        spans.append((introduced.end(), ours.start() if ours else len(sentence)))
    colon = _COLON.search(sentence) if ": " in sentence else None
    if colon and not _NOT_ANOTHERS.search(sentence[: colon.start("lead")]):
        spans.append((colon.end(), len(sentence)))
    address = _ADDRESS.search(sentence) if cued else None
    if address:
        before = sentence[: address.start()]
        if _OTHERS.search(before) and not _SPEAKERS.search(before):
            spans.append((address.start(), len(sentence)))
    tag = _TAG.search(sentence) if cued else None
    if tag:
        spans.append((0, tag.start()))
    return [(start, end) for start, end in spans if start < end]


def _is_enquirers(before: str, verb: re.Match[str]) -> bool:
    """Whether the enquirer herself says it, or orders that it be said."""
    if verb["bare"] and _ORDER.search(before):
        return True
    told = _PARTICIPLE.search(verb["verb"]) and _PASSIVE.search(before)
    return not told and _ENQUIRER.search(before) is not None


def _reach(before: str, verb: re.Match[str], rest: str) -> int:
    """How many characters of ``rest`` the verb of saying governs."""
    reached = _REACH.match(rest)
    ends = [reached.end() if reached else 0]
    ends += [stop.start() for stop in (_OURS.search(rest), _JUDGED.search(rest)) if stop]
    if _THOUGHT.search(verb["verb"]) and "," in rest:
        ends.append(rest.index(","))
    if _ACT.match(verb["verb"]) and (verb["verb"].endswith("ing") or _RELATIVE.search(before)):
        resumed = _RESUMED.match(rest)
        ends += [resumed.end()] if resumed else []
    return min(ends)
