"""Prose with live values: what is filled in, and every fault that can be seeded in it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.report.prose_study import (
    CLOSED,
    PROSE,
    QUOTES,
    WORDS,
    Small,
    analyse_small,
    draw_small,
    sections_of,
    write_small,
)
from workbench.errors import WorkbenchError
from workbench.report.blocks import FigureBlock, Paragraph, Prose, Quotes, TableBlock
from workbench.report.claims import VALUE, claims_table
from workbench.report.faults import ProseError
from workbench.report.values import Values
from workbench.report.written import Written, with_prose


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return Small(tmp_path_factory.mktemp("prose") / "study")


@pytest.fixture(scope="module")
def parts(small):
    analysis = analyse_small(small.write())
    drawings = draw_small(analysis)
    return sections_of(analysis, drawings), analysis, drawings


def write(parts, folder: Path, prose: dict[str, str], *, refused=None, collect=True) -> Written:
    """The report of the same cases with other prose."""
    sections, analysis, drawings = parts
    folder.mkdir(exist_ok=True)
    for name, text in prose.items():
        (folder / name).write_text(text, encoding="utf-8")
    study = analysis.study.model_copy(update={"prose": str(folder)})
    changed = type(analysis)(**{**vars(analysis), "study": study, "refused": refused or {}})
    return with_prose(sections, changed, drawings, QUOTES, collect=collect)


@pytest.fixture(scope="module")
def clean(parts, tmp_path_factory):
    return write(parts, tmp_path_factory.mktemp("clean") / "prose", PROSE)


def section(written: Written, name: str):
    return next(one for one in written.sections if one.id == name)


def words_of(written: Written, name: str) -> str:
    blocks = section(written, name).blocks
    return "\n\n".join(block.markdown for block in blocks if isinstance(block, Prose))


def test_the_clean_prose_has_no_fault(clean):
    assert [str(fault) for fault in clean.faults] == []


def test_values_are_those_of_the_cases(clean, small):
    later = [row for row in small.rows if row["day"].startswith("2023-11")]
    named = sum(row["platform"] == "TikTok" for row in later)
    said = {(c.what, dict(c.where).get("label")): c for c in clean.claims if c.kind == VALUE}
    assert said["share", "TikTok"].printed.startswith(f"{100 * named / len(later):.1f}%")
    assert said["cases", None].section == "summary"
    interval = said["interval", "TikTok"]
    assert (interval.n, interval.base) == (named, len(later))
    assert interval.low < named / len(later) < interval.high
    assert interval.place.startswith("prose/summary.md:6:")
    assert interval.inputs == clean.hashes["all"]


def test_a_value_says_on_hover_where_it_comes_from(clean):
    text = words_of(clean, "summary").replace("\\", "")
    said = "share of “TikTok” (Platform) in 2023-24; 55 of 80; 95% interval 57.9% to 77.8%"
    assert f'.claim title="{said}"' in text
    table = claims_table(clean.claims).frame
    assert len(table) == sum(claim.kind == VALUE for claim in clean.claims)
    assert table["Where it stands"].str.fullmatch(r"[a-z-]+\.md,\u00a0line\u00a0\d+").all()


def test_sections_are_introduced_replaced_and_added(clean):
    assert [one.id for one in clean.sections] == [
        "summary",
        "about",
        "a",
        "a-heads-and-teachers",
        "a-role",
        "a-platform",
        "c",
        "c1",
    ]
    assert section(clean, "a").title == "Part A, and more"
    assert [type(b) for b in section(clean, "a").blocks] == [Prose, FigureBlock, TableBlock]
    kinds = [type(block) for block in section(clean, "a-platform").blocks]
    assert kinds == [Prose, TableBlock, Paragraph, Quotes, Prose, Quotes]
    assert section(clean, "a-heads-and-teachers").level == 2


def test_links_lead_to_the_figure_as_it_is_counted(clean):
    assert "[Figure 2](#fig-2){.ref}" in words_of(clean, "summary")


def test_comments_are_neither_printed_nor_filled_in(clean):
    assert "writer notes" not in words_of(clean, "a")


def test_a_study_without_prose_stays_as_it_was(parts, tmp_path):
    sections, analysis, drawings = parts
    bare = analysis.study.model_copy(update={"folder": tmp_path})
    changed = type(analysis)(**{**vars(analysis), "study": bare})
    written = with_prose(sections, changed, drawings, QUOTES)
    assert list(written.sections) == sections
    assert written.faults == ()
    assert any(claim.kind == "cell" for claim in written.claims)


def test_generated_sentences_are_claims_of_their_table(clean):
    told = [c for c in clean.claims if c.kind == "sentence" and c.frame == "shares/platform"]
    assert told
    assert all(claim.base for claim in told)


# What is wrong, in which file, what it stands for there, of which kind, and a word of the message.
SUMMARY, A, PLATFORM = "summary.md", "a.md", "a-platform.md"
SHARE = '{{ share("platform", "TikTok", counts=True) }}'
FAULTS = {
    "a percentage typed": (SUMMARY, SHARE, "77.2%", "typed number", "77.2%"),
    "a count typed": (SUMMARY, "{{ cases(period) }}", "1,234", "typed number", "1,234"),
    "a small count typed": (
        SUMMARY,
        '{{ count("platform", "Instagram") }}',
        "12",
        "typed number",
        "'12'",
    ),
    "a decimal typed": (A, "Some were", "The mean was 4.7. Some were", "typed number", "4.7"),
    "a number in words": (A, "Some were", "Forty-two cases were", "typed number", "Forty-two"),
    "a part in words": (A, "Some were", "Two thirds of the cases were", "typed number", "thirds"),
    "one in so many": (A, "Some were", "One in five of them were", "typed number", "One in five"),
    "per cent in words": (A, "Some were", "Some 40 per cent were", "typed number", "40"),
    "a count before a year": (A, "Some were", "In 2023 35 cases were", "typed number", "35"),
    "the right figure of another label": (
        SUMMARY,
        "- Instagram stood in",
        "- Discord took 68.8%. Instagram stood in",
        "typed number",
        "68.8%",
    ),
    "the right figure of the wrong year": (
        SUMMARY,
        "- Instagram stood in",
        "- In 2022-23 TikTok took 68.8%. Instagram stood in",
        "typed number",
        "68.8%",
    ),
    "a number in an expression": (A, "{{ busiest() }}", '{{ "37 weeks" }}', "typed number", "37"),
    "a value of another year": (
        SUMMARY,
        "In {{ period }} there were {{ cases(period) }} cases, after {{ cases(earlier) }} the year "
        "before.",
        "In 2022-23 there were {{ cases(period) }} cases.",
        "period",
        "2023-24",
    ),
    "a live year beside the other's value": (
        SUMMARY,
        '{{ share("platform", "TikTok", counts=True) }} of the cases',
        'In {{ earlier }} {{ share("platform", "TikTok", counts=True) }} of the cases',
        "period",
        "2022-23",
    ),
    "a year that the value is not of": (
        A,
        "Of heads, {{",
        "In 2019, of heads {{",
        "period",
        "2019",
    ),
    "an unknown period": (
        SUMMARY,
        "cases(period)",
        'cases("2024-25")',
        "value",
        "Did you mean '2023-24'?",
    ),
    "an unknown label": (
        SUMMARY,
        'interval("platform", "TikTok")',
        'interval("platform", "TikTalk")',
        "value",
        "Did you mean 'TikTok'?",
    ),
    "an unknown field": (
        SUMMARY,
        'base("platform")',
        'base("platforms")',
        "value",
        "Did you mean 'platform'?",
    ),
    "an unknown function": (SUMMARY, "{{ cases(", "{{ case(", "value", "Did you mean 'cases'?"),
    "an unknown word": (SUMMARY, "In {{ period }}", "In {{ perod }}", "value", "'period'"),
    "a wrong argument": (A, "{{ busiest() }}", "{{ busiest(1, 2, 3) }}", "value", "busiest"),
    "braces left open": (A, "{{ busiest() }}", "{{ busiest( }}", "value", "cannot be read"),
    "a group that is not compared": (A, 'role="Head"', 'role="Nurse"', "value", "Nurse"),
    "a missing figure": (
        PLATFORM,
        '{{ table("platform") }}',
        '{{ figure("plattform") }}',
        "reference",
        "shares-platform",
    ),
    "a missing table": (
        PLATFORM,
        '{{ table("platform") }}',
        '{{ table("platforn") }}',
        "value",
        "'platform'",
    ),
    "a dangling link": (SUMMARY, 'ref("platform")', 'ref("themes")', "reference", "themes"),
    "a link to a figure that was left out": (
        SUMMARY,
        'ref("platform")',
        'ref("words", "figure")',
        "reference",
        "words",
    ),
    "a link typed by hand": (
        SUMMARY,
        '{{ ref("platform") }}',
        "Figure 2",
        "reference",
        "ref('NAME')",
    ),
    "a quote nobody cleared": (
        PLATFORM,
        '{{ quote("C1") }}',
        '{{ quote("C3") }}',
        "quote",
        "not released",
    ),
    "words of a case pasted in": (
        PLATFORM,
        "One wrote",
        f"“{WORDS[:70]}” One wrote",
        "quote",
        "quote('CASE'",
    ),
    "a case that is not there": (PLATFORM, 'quote("C1")', 'quote("X1")', "quote", "X1"),
    "a figure in the middle of a line": (
        A,
        "{{ generated() }}",
        "See {{ generated() }} here",
        "markup",
        "line of its own",
    ),
    "a picture from elsewhere": (
        A,
        "{{ generated() }}",
        "![x](http://a.example/b.png)\n\n{{ generated() }}",
        "markup",
        "figure('NAME')",
    ),
    "a statement of a template": (
        A,
        "{{ generated() }}",
        "{% if x %}\n\n{{ generated() }}",
        "markup",
        "double braces",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_each_seeded_fault_is_found_and_nothing_else(name, parts, tmp_path):
    file, right, wrong, kind, said = FAULTS[name]
    assert right in PROSE[file], "the clean prose no longer has what is to be spoilt"
    prose = {**PROSE, file: PROSE[file].replace(right, wrong, 1)}
    written = write(parts, tmp_path / "prose", prose)
    assert {fault.kind for fault in written.faults} == {kind}
    assert any(said in fault.message for fault in written.faults)
    spoilt = prose[file].splitlines()
    for fault in written.faults:
        assert fault.file == f"prose/{file}"
        assert fault.line >= 1
        assert fault.column <= len(spoilt[fault.line - 1])


def test_there_are_thirty_seeded_faults_or_more():
    assert len(FAULTS) >= 30


def test_faults_that_leave_a_hole_stop_the_report_all_at_once(parts, tmp_path):
    spoilt = PROSE[SUMMARY].replace('"TikTok"', '"TikTalk"').replace("cases(period)", "cases(x)")
    with pytest.raises(WorkbenchError) as told:
        write(parts, tmp_path / "prose", {**PROSE, SUMMARY: spoilt}, collect=False)
    assert "3 faults" in str(told.value)
    assert "prose/summary.md, line 3, column 28" in str(told.value)


def test_typed_figures_alone_do_not_stop_it(parts, tmp_path):
    spoilt = PROSE[SUMMARY].replace(SHARE, "77.2%")
    written = write(parts, tmp_path / "prose", {**PROSE, SUMMARY: spoilt}, collect=False)
    assert [fault.kind for fault in written.faults] == ["typed number"]


def test_a_figure_typed_right_passes_beside_its_label_and_period(parts, tmp_path):
    more = "\nIn 2023-24 Instagram stood in 11 cases.\n"
    written = write(parts, tmp_path / "prose", {**PROSE, SUMMARY: PROSE[SUMMARY] + more})
    assert written.faults == ()


def test_a_file_of_no_section_is_told(parts, tmp_path):
    written = write(parts, tmp_path / "prose", {**PROSE, "sumary.md": "Words."})
    [fault] = written.faults
    assert "Did you mean 'summary'?" in fault.message


def test_hidden_counts_print_words_and_refuse_a_sentence(tmp_path):
    prose = {
        "summary.md": '{{ count("platform", "Discord") }} cases, {{ cases() }} in all.\n\n'
        '{{ share("platform", "Discord", hidden="too few") }}; {{ share("platform", "Discord") }}'
    }
    small = Small(tmp_path / "study", disclosure=CLOSED, prose=prose)
    written = write_small(small.write())
    text = words_of(written, "summary")
    assert "[few]" in text
    assert "[140]" in text
    assert "[too few]" in text
    [fault] = written.faults
    assert (fault.kind, fault.line) == ("disclosure", 3)
    assert "hidden='...'" in fault.message


def test_a_refused_table_is_told(parts, tmp_path):
    refused = {"shares/platform": "it would tell a hidden count"}
    written = write(parts, tmp_path / "prose", PROSE, refused=refused)
    told = [fault for fault in written.faults if fault.kind == "disclosure"]
    assert {(fault.file, fault.line) for fault in told} >= {
        ("prose/summary.md", 5),
        ("prose/a-platform.md", 1),
    }
    assert all("it would tell a hidden count" in fault.message for fault in told)


def test_what_shows_a_refused_table_is_asked_for_in_vain(parts, tmp_path):
    sections, analysis, _ = parts
    bare = [replace(one, blocks=()) if one.id in ("a-platform", "c1") else one for one in sections]
    drawings = {name: one for name, one in draw_small(analysis).items() if "platform" not in name}
    lines = ('{{ figure("platform") }}', '{{ table("platform") }}', 'See {{ ref("platform") }}.')
    prose = {"summary.md": "\n\n".join(lines)}
    refused = {"shares/platform": "it would tell a hidden count"}
    written = write((bare, analysis, drawings), tmp_path / "prose", prose, refused=refused)
    assert [(fault.kind, fault.line) for fault in written.faults] == [
        ("disclosure", 1),
        ("disclosure", 3),
        ("disclosure", 5),
    ]
    assert all("refused by disclosure control" in fault.message for fault in written.faults)


@pytest.mark.parametrize(
    "attack",
    [
        "{{ share.__func__.__globals__ }}",
        '{{ "".__class__.__mro__ }}',
        "{{ cases.__self__.log }}",
        "{{ [].append(1) }}{{ self }}",
        '{{ "x" * 1000 * lipsum }}',
    ],
)
def test_the_sandbox_gives_nothing_away(parts, tmp_path, attack):
    written = write(parts, tmp_path / "prose", {"summary.md": f"# S\n\n{attack}\n"})
    assert {fault.kind for fault in written.faults} == {"value"}


def test_case_text_is_never_read_as_an_expression(tmp_path):
    small = Small(
        tmp_path / "study", prose={"summary.md": '{{ quote("C1", saying="braces") }}, so'}
    )
    for row in small.rows[1:4]:
        row["words"] = "These braces {{ cases() }} and *stars* and <b>tags</b> are mine."
    written = write_small(small.write())
    text = words_of(written, "summary")
    assert r"\{\{ cases\(\) \}\}" in text
    assert r"\*stars\*" in text
    assert r"\<b\>" in text
    assert replace(written.claims[0], section="").kind != VALUE


def test_a_quote_comes_from_the_list_that_somebody_signed(tmp_path):
    prose = {"summary.md": '{{ quote("C1") }}, so\n\n{{ quote("C2") }}\n'}
    small = Small(tmp_path / "study", prose=prose)
    study = small.write()
    text = (study.folder / "study.toml").read_text(encoding="utf-8")
    listed = text.replace('approve = "automatic"', 'approved = "approved.csv"')
    (study.folder / "study.toml").write_text(listed, encoding="utf-8")
    (study.folder / "approved.csv").write_text(
        "case_id,quote,approved_by,approved_on\n"
        "C1,They took it down.,A. Reader,2024-09-30\n"
        "C2,Words that this case does not say.,A. Reader,2024-09-30\n",
        encoding="utf-8",
    )
    written = write_small(type(study).load(study.folder))
    assert "“They took it down" in words_of(written, "summary")
    [fault] = written.faults
    assert (fault.kind, fault.line) == ("quote", 3)
    assert "C2" in fault.message


def test_a_count_that_is_withheld_is_not_called_few(parts):
    _, analysis, _ = parts
    frame = analysis.tables["shares/platform"].copy()
    at = (frame["label"] == "TikTok") & (frame["group"] == "2023-24")
    frame.loc[at, ["n", "share"]] = float("nan")
    held = frame.assign(note=at.map({True: "withheld so that none can be told", False: ""}))
    values = Values(analysis.study, analysis.log, {"shares/platform": held})
    assert values.count("platform", "TikTok") == "withheld"
    assert values.count("platform", "TikTok", hidden="some") == "some"
    with pytest.raises(ProseError, match="hidden by disclosure control"):
        values.share("platform", "TikTok")
