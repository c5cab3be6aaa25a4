"""Sentences that could be quoted: of each theme, tone, row of a lens, and of returning matters."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from workbench.lenses.lens import load_lens, read_through
from workbench.lenses.returns import within_period
from workbench.report.analysis import Analysis
from workbench.report.keeping import keep, texts_of
from workbench.text.sentences import own_sentences
from workbench.themes.quotes import theme_sentences
from workbench.tone.markers import TONES
from workbench.tone.score import score_tone

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

ROWS = 5
"""Rows of a lens that are quoted from: the commonest."""

_OF_A_THEME = 6
_OF_A_ROW = 18
_FEWEST_WORDS = 6
_LETTERS = (40, 160)
_DIGITS = 6
# What a text says of a matter that came back; the signs of a return are no words.
_CAME_BACK = "back"
# Where a sentence begins as one does: no bullet, no heading of a form such as "Summary:".
_BEGINS_WELL = r"^(?![^.?!]{1,30}: )[“\"'‘(]?[A-Z]"
_COLUMNS = ["key", "text_id", "start", "end"]


def find_candidates(analysis: Analysis) -> pd.DataFrame:
    """Sentences that could be quoted (key, case_id, text), best first under each key.

    Keys are ``theme/N``, ``tone/NAME``, ``LENS/ELEMENT``, ``returns`` and, of codebooks by which
    somebody coded, ``codebook/NAME/CODE``: a suggestion that nobody checked lends no voice. No
    sentence comes from a text that reads as somebody at risk, nor from the lens of risk, nor
    from a note, which is not in the enquirer's words.
    """
    import pandas as pd

    texts = texts_of(analysis.log)
    parts = [
        _of_themes(analysis, texts),
        *_of_tones(analysis, texts),
        *_of_lenses(analysis, texts),
        *_of_codebooks(analysis),
    ]
    rows = pd.concat(parts, ignore_index=True)[_COLUMNS]
    rows = rows[~rows["text_id"].isin(analysis.log.notes)]
    said = [" ".join(text.split()) for text in _cut(rows, texts)]
    frame = pd.DataFrame({"key": rows["key"], "case_id": rows["text_id"], "text": said})
    frame = frame[frame["text"].str.count(r"\S+") >= _FEWEST_WORDS]
    order = {key: place for place, key in enumerate(frame["key"].unique())}
    odd = ~frame["text"].str.contains(_BEGINS_WELL)
    frame = frame.assign(place=frame["key"].map(order), odd=odd)
    frame = frame.sort_values(["place", "odd"], kind="stable")[["key", "case_id", "text"]]
    read = texts[texts.index.isin(frame["case_id"])]
    at_risk = read_through(read, load_lens("risk"))["text_id"]
    return frame[~frame["case_id"].isin(at_risk)].reset_index(drop=True)


def _cut(rows: pd.DataFrame, texts: pd.Series) -> list[str]:
    """The words of the stretches (text_id, start, end) of ``texts``."""
    places = zip(rows["text_id"], rows["start"], rows["end"], strict=True)
    return [str(texts[text_id])[start:end] for text_id, start, end in places]


def _of_themes(analysis: Analysis, texts: pd.Series) -> pd.DataFrame:
    """Sentences of each main theme: its best, the best of each firm sub-theme, then the next."""
    found = theme_sentences(
        analysis.themes,
        texts,
        analysis.vectors,
        count=_OF_A_THEME,
        leave_out=analysis.log.notes,
    )
    main = _main_themes(analysis)
    found = found[found["theme"].isin(main)]
    place = found.groupby("theme").cumcount()
    found = found.assign(main=found["theme"].map(main), place=place)
    found = found.sort_values(["main", "place", "theme"], kind="stable")
    return found.assign(key="theme/" + found["main"].astype(str))


def _main_themes(analysis: Analysis) -> dict[int, int]:
    """The main theme of each main theme, which is itself, and of each firm sub-theme."""
    frame = analysis.tables.get("themes")
    if frame is None:  # refused by disclosure control
        frame = analysis.themes.themes.assign(firm=False)
    shown = frame[(frame["level"] == 0) | ((frame["level"] == 1) & frame["firm"])]
    above = shown["parent"].where(shown["level"] == 1, shown["theme"])
    return dict(zip(shown["theme"].astype(int), above.astype(int), strict=True))


def _of_codebooks(analysis: Analysis) -> Iterator[pd.DataFrame]:
    """Sentences that bear a code most surely, or one under it: of each outermost code, best first.

    Those of cases to which a person gave the code come first.
    """
    for name, coded in analysis.coded.items():
        if not coded.judged:
            continue
        table = coded.book.table()
        for code in coded.book.children(""):
            under = table.loc[table["theme"] == code.name, "code"]
            own = coded.evidence[coded.evidence["code"].isin(under)]
            place = own.groupby("code").cumcount()  # the best of each code, then the second best
            order = own.assign(place=place, late=~own["by_people"])
            order = order.sort_values(["late", "place"], kind="stable").drop_duplicates("text_id")
            yield order.assign(key=f"codebook/{name}/{code.code}")


def _of_tones(analysis: Analysis, texts: pd.Series) -> Iterator[pd.DataFrame]:
    """Sentences in which a marker of each tone fires, the commonest tone first.

    Those in which the tone's head hears it too come first: a marker alone can mislead.
    """
    marked = analysis.tones[analysis.tones["evidence"].map(len) > 0]
    marked = marked[~marked["text_id"].isin(analysis.log.notes)]
    rates = marked["dimension"].value_counts().sort_values(ascending=False, kind="stable")
    parts = {
        str(tone): _spread(marked[marked["dimension"] == tone], key=f"tone/{tone}")
        for tone in rates.index
    }
    said = {tone: _cut(own, texts) for tone, own in parts.items()}
    heard = _hear(sorted({sentence for own in said.values() for sentence in own}))
    for tone, own in parts.items():
        sure = heard[tone].reindex(said[tone]).to_numpy()
        yield own.iloc[(-sure.round(_DIGITS)).argsort(kind="stable")]


def _hear(sentences: Sequence[str]) -> pd.DataFrame:
    """How surely the heads hear each tone in each sentence, or what they heard in an earlier run.

    A row a sentence, a column a tone; 0 where a sentence holds no words of the enquirer's own.
    """
    import pandas as pd

    def listen() -> dict[str, np.ndarray]:
        scored = score_tone(sentences)
        surest = scored.groupby(["text_id", "dimension"])["probability"].max().unstack()
        table = surest.reindex(index=range(len(sentences)), columns=list(TONES), fill_value=0.0)
        return {"heard": table.to_numpy()}

    content = [json.dumps(list(sentences)).encode()]
    kept = keep("heard", listen, code=("tone", "text", "learning"), content=content)
    return pd.DataFrame(kept["heard"], index=pd.Index(sentences), columns=pd.Index(TONES))


def _of_lenses(analysis: Analysis, texts: pd.Series) -> Iterator[pd.DataFrame]:
    """Sentences with the words of the commonest elements of each lens, and of returning matters."""
    for lens in analysis.reading.lenses:
        if lens.name == "risk":
            continue
        found = analysis.reading.found[lens.name]
        within = {element.id: element.within for element in lens.elements}
        for element in common_elements(found):
            own = _beside(found, element, within[element])
            yield _spread(_sentences(own, texts), key=f"{lens.name}/{element}")
    back = within_period(analysis.reading.returns, analysis.log)["case_id"]
    if "attempts" in analysis.reading.found:
        found = analysis.reading.found["attempts"]
        told = found[(found["element"] == _CAME_BACK) & found["text_id"].isin(back)]
        yield _spread(_sentences(told, texts), key="returns")


def common_elements(found: pd.DataFrame) -> list[str]:
    """The ``ROWS`` elements that most texts show, the commonest first."""
    counts = found.drop_duplicates(["text_id", "element"])["element"].value_counts()
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], str(pair[0])))
    return [str(element) for element, _ in ranked[:ROWS]]


def _beside(found: pd.DataFrame, element: str, within: str) -> pd.DataFrame:
    """Where an element stands; of one within another only what stands in a sentence with that.

    A text that shows both may name its school far from what it says of defamation.
    """
    own = found[found["element"] == element]
    if not within:
        return own
    above = found.loc[found["element"] == within, ["text_id", "sentence"]].drop_duplicates()
    return own.merge(above, on=["text_id", "sentence"])


def _sentences(found: pd.DataFrame, texts: pd.Series) -> pd.DataFrame:
    """text_id, start and end of the sentences in which words were found."""
    import pandas as pd

    places = found.drop_duplicates(["text_id", "sentence"])[["text_id", "sentence"]]
    pieces = {text_id: own_sentences(str(texts[text_id])) for text_id in places["text_id"].unique()}
    rows = [
        (text_id, pieces[text_id][at].start, pieces[text_id][at].end)
        for text_id, at in places.itertuples(index=False)
    ]
    return pd.DataFrame(rows, columns=pd.Index(["text_id", "start", "end"]))


def _spread(sentences: pd.DataFrame, *, key: str) -> pd.DataFrame:
    """Sentences of some length from different cases, spread over the whole time."""
    length = sentences["end"] - sentences["start"]
    fit = sentences[length.between(*_LETTERS, inclusive="neither")].drop_duplicates("text_id")
    step = max(1, len(fit) // _OF_A_ROW)
    return fit.iloc[step // 2 :: step].head(_OF_A_ROW).assign(key=key)
