"""The parts of a report about words: those of subject lines, and those that mark a side off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from workbench import charts
from workbench.charts import alt, alt_words
from workbench.charts.drawing import Drawing
from workbench.compare.keyness import marked_words, say_keyness
from workbench.compare.shift import WordShift, say_shift
from workbench.report.analysis import Analysis, safe_count
from workbench.report.behind import Behind, Sourced, behind_row, behind_rows
from workbench.report.blocks import Block, FigureBlock, Paragraph, Section, TableBlock
from workbench.report.parts import slug
from workbench.report.tables import HIDDEN, count
from workbench.report.wording_tables import CLOUD, ENQUIRIES, KEYNESS, SHIFT, SUBJECTS, TOP, WORDS

if TYPE_CHECKING:
    import pandas as pd

_NAMED = 3
"""The most words that a title names on one side."""
_WARNED = "Mostly in warnings of mail gateways"
_LEFT_OUT = "Stop words are left out."


def draw_words(analysis: Analysis) -> Iterator[Drawing]:
    """Words of subject lines as bars and clouds, then those that mark a period or group off."""
    if len(analysis.tables.get(WORDS, ())):
        yield from _bars(analysis)
        yield from _clouds(analysis)
    for key, frame in analysis.tables.items():
        if key.startswith(f"{KEYNESS}/") and len(marked_words(frame)):
            names = _names(frame)
            figure = charts.keyness(frame, names=names)
            said = alt_words.alt_keyness(frame, names=names)
            title = f"{_matter(analysis, key)}: {_marking(frame)}"
            yield Drawing(slug(key), figure, frame, title, said, _base_of_sides(analysis, key))


def word_sections(analysis: Analysis, drawings: Mapping[str, Drawing]) -> list[Section]:
    """The section on words in subject lines; none where no case has a subject line."""
    if WORDS not in analysis.tables:
        return []
    blocks: list[Block] = [*_figures(drawings, "subject-words")]
    for period in analysis.log.periods:
        blocks += _ranked(analysis, period)
    if not len(analysis.tables[WORDS]):
        blocks.append(Paragraph("No word stands in enough subject lines to be told."))
    if not analysis.study.words.banners:
        blocks.append(Paragraph(_NONE_LISTED, style="note"))
    clouds = [_cloud_name(period) for period in analysis.log.periods]
    blocks += _figures(drawings, "subject-words-without", *clouds)
    return [Section("Words in subject lines", 2, tuple(blocks))]


def word_blocks(analysis: Analysis, drawings: Mapping[str, Drawing], key: str) -> list[Block]:
    """What marks the sides of table ``key`` ("keyness/enquiries") off; empty if it is not there."""
    frame = analysis.tables.get(key)
    if frame is None:
        return []
    hidden = _hidden(analysis, key)
    if not len(frame):
        return [Paragraph(f"{_matter(analysis, key)}: none can be compared.{hidden}")]
    blocks: list[Block] = [*_figures(drawings, slug(key))]
    text = f"{say_keyness(frame, names=_names(frame))}{hidden}"
    blocks.append(Paragraph(Sourced(text, *_behind_sides(frame, key))))
    shift = key.replace(KEYNESS, SHIFT, 1)
    total = analysis.tables.get(shift)
    if total is not None:
        said = say_shift(WordShift(frame, total), names=_names(total))
        by = ("group_a", "group_b")
        row = behind_row(total.iloc[0], "distance", frame=shift, by=by, low="low", high="high")
        blocks.append(Paragraph(Sourced(said, row)))
    return blocks


_NONE_LISTED = (
    "The study lists no words of mail gateways' warnings ('banners' under [words] in its file), so "
    "such warnings count as if enquirers had written them."
)


def _bars(analysis: Analysis) -> Iterator[Drawing]:
    """The words as the lines stand and, where warnings change them, without warnings."""
    shown, own = analysis.tables[WORDS], _own_words(analysis)
    periods, note = analysis.log.periods, _base_of_lines(analysis).then(f" {_LEFT_OUT}")
    what = "words in subject lines"
    warned = list(dict.fromkeys(shown.loc[_taken(shown), "word"]))
    verb = "comes" if len(warned) == 1 else "come"
    added = f"; {_some(warned)} {verb} from mail gateways" if warned else ""
    figure = charts.bars(
        shown.assign(taken=_taken(shown)),
        label="word",
        group="period",
        marked="taken",
        marked_as=_WARNED,
        counted="uses",
        top=TOP,
        groups=periods,
    )
    said = alt.alt_bars(shown, what=what, label="word", group="period")
    title = f"{_leading(shown)}{added}"
    yield Drawing("subject-words", figure, shown, title, said, note)
    if _same(shown, own):
        return
    figure = charts.bars(
        own, label="word", n="n_without", group="period", counted="uses", top=TOP, groups=periods
    )
    said = alt.alt_bars(
        own, what=f"{what}, warnings left out", label="word", n="n_without", group="period"
    )
    title = f"{_leading(own)}, once the warnings of mail gateways are taken off"
    yield Drawing("subject-words-without", figure, own, title, said, note, source=CLOUD)


def _clouds(analysis: Analysis) -> Iterator[Drawing]:
    """A cloud for each of the last two periods."""
    cloud = analysis.tables[CLOUD]
    for period in analysis.log.periods[-2:]:
        part = cloud[cloud["period"] == period]
        if not len(part):
            continue
        figure = charts.word_cloud(part, n="n_without")
        first = _listed(_quoted(part["word"].head(_NAMED)))
        title = f"Word cloud of subject lines, {period}: largest are {first}"
        said = alt_words.alt_word_cloud(part, what=f"subject lines, {period}", n="n_without")
        note = _base_of_lines(analysis, period).then(
            " Stop words and warnings of mail gateways are left out. A cloud shows which words "
            "there are; how often is read from the table."
        )
        yield Drawing(_cloud_name(period), figure, part, title, said, note, source=CLOUD)


def _ranked(analysis: Analysis, period: str) -> list[Block]:
    """The table of one period, and which words fall out of it without warnings."""
    import pandas as pd

    shown, own = (
        frame[frame["period"] == period].reset_index(drop=True)
        for frame in (analysis.tables[WORDS], _own_words(analysis))
    )
    if not len(shown):
        return []
    taken = _taken(shown)
    columns = {
        "Rank": pd.Series([str(rank) for rank in range(1, max(len(shown), len(own)) + 1)]),
        "Word": shown["word"] + taken.map({True: " *", False: ""}),
        "Uses": shown["n"].map(count),
    }
    if not _same(shown, own):
        columns["Without warnings"] = own["word"]
        columns["Uses without"] = own["n_without"].map(count)
    marked = f" * {_WARNED}." if taken.any() else ""
    table = TableBlock(
        title=f"The words used most in subject lines, {period}",
        frame=pd.DataFrame(columns).fillna(""),
        numeric=tuple(name for name in columns if name == "Rank" or name.startswith("Uses")),
        widths=(0.6, 1.6, 0.8, 1.6, 1.0)[: len(columns)],
        note=_base_of_lines(analysis, period).then(f" {_LEFT_OUT}{marked}"),
        source=WORDS,
        cells=_behind_ranked(shown, own),
    )
    if not analysis.study.words.banners:
        return [table]
    return [table, Paragraph(_say_fallen(shown, own, period))]


def _behind_ranked(shown: pd.DataFrame, own: pd.DataFrame) -> dict[str, tuple[Behind, ...]]:
    """What is behind each printed rank and count; the shorter list ends in rows without any."""
    by, rows = ("word", "period"), max(len(shown), len(own))
    found = {
        "Rank": behind_rows(shown, "rank", frame=WORDS, by=by),
        "Uses": behind_rows(shown, "n", frame=WORDS, by=by),
        "Uses without": behind_rows(own, "n_without", frame=CLOUD, by=by, n="n_without"),
    }
    return {
        head: (*behind, *(Behind(WORDS) for _ in range(rows - len(behind))))
        for head, behind in found.items()
    }


def _say_fallen(shown: pd.DataFrame, own: pd.DataFrame, period: str) -> str:
    """Which words are among the first only by the warnings of mail gateways."""
    fallen = shown[~shown["word"].isin(own["word"])]
    many = f"the {len(shown)} words used most in {period}"
    if not len(fallen):
        same = f"Without the warnings of mail gateways, {many} are the same."
        return Sourced(same, Behind(WORDS, (("period", period),), "rows", n=len(shown)))
    pairs = zip(fallen["word"], fallen["n"], fallen["n_without"], strict=True)
    words = [f"“{word}” ({count(n)} uses, {_few(rest)} without)" for word, n, rest in pairs]
    new = _quoted(own.loc[~own["word"].isin(shown["word"]), "word"])
    instead = f" Without warnings the list takes in {_listed(new)} instead." if new else ""
    return Sourced(
        f"Only warnings of mail gateways bring {_listed(words)} among {many}.{instead}",
        *behind_rows(fallen, "n", frame=WORDS, by=("word", "period")),
    )


def _few(n: object) -> str:
    printed = count(n)
    return {"0": "none", HIDDEN: "few or none"}.get(printed, printed)


def _own_words(analysis: Analysis) -> pd.DataFrame:
    """The words ranked without the warnings of mail gateways, as many as are ranked with them."""
    cloud = analysis.tables[CLOUD]
    return cloud[cloud["rank_without"] <= TOP].reset_index(drop=True)


def _taken(frame: pd.DataFrame) -> pd.Series[bool]:
    """Words of which most uses stand in warnings; what is hidden is too little to be more."""
    return (2 * frame["n_without"].fillna(0) < frame["n"]).astype(bool)


def _same(shown: pd.DataFrame, own: pd.DataFrame) -> bool:
    columns = ["period", "word"]
    return (
        shown[[*columns, "n"]].to_numpy().tolist()
        == own[[*columns, "n_without"]].to_numpy().tolist()
    )


def _leading(frame: pd.DataFrame) -> str:
    """Which word leads, where it leads in every period."""
    first = frame.groupby("period", sort=False)["word"].first().unique()
    return (
        f"Words in subject lines: most often “{first[0]}”"
        if len(first) == 1
        else "Words in subject lines"
    )


def _marking(frame: pd.DataFrame) -> str:
    """Which words are clear, side by side, for a title."""
    marked = marked_words(frame, top=None)
    clear = marked[marked["clear"]]
    names = _names(frame)
    said = []
    for side, name in zip("ab", names, strict=True):
        words = list(clear.loc[clear["side"] == side, "word"])
        if words:
            said.append(f"{_some(words)} {'marks' if len(words) == 1 else 'mark'} {name}")
    return "; ".join(said) or f"none differs clearly between {names[0]} and {names[1]}"


def _matter(analysis: Analysis, key: str) -> str:
    """What a table of keyness is about: "Words of enquiries, Primary and Secondary in 2023-24"."""
    _, what, *period = key.split("/", maxsplit=2)
    if what in (SUBJECTS, ENQUIRIES):
        return f"Words of {_texts_of(key)}"
    groups = analysis.study.comparisons[int(what) - 1].groups
    return f"Words of enquiries, {groups[0]} and {groups[1]} in {period[0]}"


def _base_of_sides(analysis: Analysis, key: str) -> str:
    row, what = analysis.tables[key].iloc[0], _texts_of(key)
    dropped = "signatures" if what == ENQUIRIES else "warnings of mail gateways"
    return Sourced(
        f"Base: {count(row['base_a'])} {what} of {row['group_a']} and {count(row['base_b'])} of "
        f"{row['group_b']}. Stop words, {dropped} and redacted names are left out."
        f"{_hidden(analysis, key)}",
        *_behind_sides(analysis.tables[key], key),
    )


def _behind_sides(frame: pd.DataFrame, key: str) -> tuple[Behind, ...]:
    """The texts of both sides of a table of keyness."""
    row = frame.iloc[0]
    sides = ((str(row[f"group_{side}"]), float(row[f"base_{side}"])) for side in "ab")
    return tuple(Behind(key, (("group", name),), "base", base=base) for name, base in sides)


def _hidden(analysis: Analysis, key: str) -> str:
    """A sentence on the words that disclosure control leaves out; empty where it does not."""
    rule = analysis.study.disclosure
    if rule.exempt:
        return ""
    return (
        f" Words in {rule.hide_up_to} or fewer {_texts_of(key)} of either side are left out, "
        "however many the other has."
    )


def _texts_of(key: str) -> str:
    return "subject lines" if key == f"{KEYNESS}/{SUBJECTS}" else ENQUIRIES


def _base_of_lines(analysis: Analysis, *periods: str) -> Sourced:
    """How many cases have a subject line, in ``periods`` or in all."""
    cases, study = analysis.log.cases, analysis.study
    said, behind = [], []
    for period in periods or analysis.log.periods:
        lines = cases.loc[cases["period"] == period, "subject"]
        with_line, every = (safe_count(int(n), study) for n in (lines.notna().sum(), len(lines)))
        said.append(f"{count(with_line)} of {count(every)} cases of {period}")
        where = (("period", period),)
        behind.append(Behind("cases", where, "subject lines", n=with_line, base=every))
    return Sourced(f"Base: subject lines, which {' and '.join(said)} have.", *behind)


def _names(frame: pd.DataFrame) -> tuple[str, str]:
    return str(frame["group_a"].iloc[0]), str(frame["group_b"].iloc[0])


def _cloud_name(period: str) -> str:
    return slug("word-cloud", period)


def _figures(drawings: Mapping[str, Drawing], *names: str) -> list[Block]:
    return [FigureBlock(drawings[name]) for name in names if name in drawings]


def _some(words: list[str]) -> str:
    """The first of ``words``, and how many more there are."""
    more = [f"{len(words) - _NAMED:,} more"] if len(words) > _NAMED else []
    return _listed([*_quoted(words[:_NAMED]), *more])


def _quoted(words: Iterable[str]) -> list[str]:
    return [f"“{word}”" for word in words]


def _listed(words: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))
