"""The ``workbench`` command: from a study to its report, and the small jobs beside it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.errors import WorkbenchError

if TYPE_CHECKING:
    import pandas as pd

    from workbench.report.build import Report

USAGE_ERROR = 2
"""The exit code for anything the person at the keyboard can mend."""

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="A workbench for qualitative casework. Everything stays on this machine.",
)
label_app = typer.Typer(
    no_args_is_help=True, help="Let people label tones: draw a sample, read their sheets back."
)
app.add_typer(label_app, name="label")


def main() -> None:
    """Run the command; what the researcher can mend is printed as one paragraph, exit code 2."""
    try:
        app()
    except WorkbenchError as error:
        _tell(f"{error}")
        raise SystemExit(USAGE_ERROR) from None
    except KeyboardInterrupt:
        _tell("Stopped. Nothing was left half written.")
        raise SystemExit(130) from None


@app.command()
def report(
    study: Annotated[Path, typer.Argument(help="A study.toml, or the folder that holds it.")],
    out: Annotated[Path | None, typer.Option(help="Where to write; default figures/NAME.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say only what is wrong.")] = False,
    strict: Annotated[bool, typer.Option(help="Write nothing if the prose has any fault.")] = False,
) -> None:
    """Analyse a study, export its figures with their data, and write the report."""
    from workbench.progress import SILENT
    from workbench.study import Study

    described = Study.load(study)
    target = out or Path("figures") / described.name
    from workbench.report.build import build_report

    if quiet:
        build_report(described, out=target, progress=SILENT, strict=strict)
        return
    from workbench.bars import Bars

    with Bars() as bars:
        built = build_report(described, out=target, progress=bars, strict=strict)
    _summarise(built)


@app.command()
def diff(
    old: Annotated[Path, typer.Argument(help="The folder of a report, or its ledger.")],
    new: Annotated[Path, typer.Argument(help="That of a later one.")],
) -> None:
    """Say what changed between two reports, claim by claim."""
    from workbench.report.difference import changed_files, compare_ledgers, say_differences
    from workbench.report.ledger import read_ledger

    before, after = read_ledger(old), read_ledger(new)
    changes = compare_ledgers(before, after)
    _tell(say_differences(changes, files=changed_files(before, after)), error=False)


@app.command()
def check(
    study: Annotated[Path, typer.Argument(help="A study.toml, or the folder that holds it.")],
    report: Annotated[Path | None, typer.Argument(help="Its folder; default figures/NAME.")] = None,
) -> None:
    """Say whether a report still stands on the study's files as they are now."""
    from workbench.report.faults import stop_at
    from workbench.report.ledger import find_stale, read_ledger
    from workbench.study import Study

    described = Study.load(study)
    folder = report or Path("figures") / described.name
    stop_at(find_stale(read_ledger(folder), described), strict=True)
    _tell("The report stands on the files as they are now.", error=False)


@app.command("new-study")
def new_study(
    folder: Annotated[Path, typer.Argument(help="A new folder, such as corpora/private/mine.")],
    title: Annotated[str, typer.Option(help="What the report is called.")] = "",
) -> None:
    """Write a study.toml and prose to begin with; nothing is overwritten."""
    from workbench.report.starting import write_new_study

    for path in write_new_study(folder, title=title):
        _tell(f"Wrote {path}", error=False)


@app.command()
def lab(
    folder: Annotated[
        Path, typer.Argument(help="The folder of notebooks to open.", exists=True)
    ] = Path("notebooks"),
    browser: Annotated[bool, typer.Option(help="Open a browser window.")] = True,
) -> None:
    """Open the notebooks in JupyterLab, with settings that keep everything on this machine."""
    from workbench.explore.lab import open_lab

    raise SystemExit(open_lab(folder, browser=browser))


@app.command()
def inspect(
    file: Annotated[
        Path, typer.Argument(help="A file of cases: CSV, Excel, JSON lines ..., or e-mail.")
    ],
) -> None:
    """Guess which column is what, and print the study.toml that would read the file."""
    from workbench.cases.inspect import inspect_file
    from workbench.cases.inspect_mail import inspect_mail
    from workbench.cases.mailbox import is_mail

    sys.stdout.write(inspect_mail(file) if is_mail(file) else inspect_file(file))


@label_app.command("draw")
def label_draw(
    study: Annotated[Path, typer.Argument(help="A study.toml, or the folder that holds it.")],
    coders: Annotated[str, typer.Option(help="Who labels: short names, as 'AB,CD'.")],
    tones: Annotated[str, typer.Option(help="As 'concern,urgency'; default all ten.")] = "",
    sentences: Annotated[int | None, typer.Option(help="How many; they teach the heads.")] = None,
    texts: Annotated[int | None, typer.Option(help="How many; they give shares of texts.")] = None,
    out: Annotated[Path | None, typer.Option(help="Default: a private folder 'labels'.")] = None,
) -> None:
    """Draw sentences or texts, and write a sheet for each coder."""
    from workbench.bars import Bars
    from workbench.labelling import draw_labels, say_drawn
    from workbench.study import Study
    from workbench.tone.markers import TONES

    described = Study.load(study)
    with Bars() as bars:
        drawn = draw_labels(
            described,
            tones=_names(tones) or TONES,
            sentences=sentences,
            texts=texts,
            coders=_names(coders),
            folder=out,
            progress=bars,
        )
    _tell(say_drawn(drawn, study=str(study)), error=False)


@label_app.command("read")
def label_read(
    study: Annotated[Path, typer.Argument(help="A study.toml, or the folder that holds it.")],
    folder: Annotated[Path | None, typer.Argument(help="Where the sheets are.")] = None,
    arbiter: Annotated[str, typer.Option(help="Whose sheet settles differences.")] = "agreed",
) -> None:
    """Read filled-in sheets: agreement, heads learnt anew, what is fit to publish."""
    from workbench.bars import Bars
    from workbench.labelling import read_labels, say_reading
    from workbench.study import Study

    described = Study.load(study)
    with Bars() as bars:
        reading = read_labels(described, folder, arbiter=arbiter, progress=bars)
    _tell(say_reading(reading), error=False)


@app.command("keep-themes")
def keep_themes(
    study: Annotated[Path, typer.Argument(help="A study.toml, or the folder that holds it.")],
    anew: Annotated[
        bool, typer.Option(help="Find them anew, in place of those that are kept.")
    ] = False,
) -> None:
    """Keep the themes as they are, so that cases added or corrected later move none of them."""
    from workbench.bars import Bars
    from workbench.report.kept_themes import keep_study_themes, say_saved
    from workbench.study import Study

    described = Study.load(study)
    with Bars() as bars:
        path, themes = keep_study_themes(described, anew=anew, progress=bars)
    _tell(say_saved(path, themes, described), error=False)


@app.command()
def concern(
    study: Annotated[Path, typer.Argument(help="A study.toml, or the folder that holds it.")],
    case: Annotated[str, typer.Argument(help="The identifier of the case.")],
    out: Annotated[
        Path | None,
        typer.Option(help="Default: figures/NAME-private/concern-CASE.docx."),
    ] = None,
) -> None:
    """Write the concern sheet of one case: signs, times, what to find out, whom to tell."""
    from workbench.report.concern import check_case, sheet_name, sheet_of, write_concern_sheet
    from workbench.report.keeping import read_safely
    from workbench.study import Study

    described = Study.load(study)
    check_case(case, described)
    target = out or Path("figures") / f"{described.name}-private" / sheet_name(case)
    sheet = sheet_of(case, read_safely(described), described)
    written = write_concern_sheet(sheet, target, synthetic=described.synthetic)
    _tell(f"Wrote {written}. It quotes the record: keep it as the record is kept.", error=False)


@app.command()
def redact(
    study: Annotated[Path, typer.Argument(help="A study.toml, or the folder that holds it.")],
    out: Annotated[
        Path | None, typer.Option(help="A folder. Default: figures/NAME-private/redacted.")
    ] = None,
    map_to: Annotated[
        Path | None,
        typer.Option("--map", help="A file for what each pseudonym stands for; keep it apart."),
    ] = None,
) -> None:
    """Write the cases without names, and a list of what was hidden where."""
    from workbench.bars import Bars
    from workbench.report.redacted import write_redacted
    from workbench.study import Study

    described = Study.load(study)
    target = out or Path("figures") / f"{described.name}-private" / "redacted"
    with Bars() as bars:
        done = write_redacted(described, target, map_to=map_to, progress=bars)
    for row in done.hidden.to_dict("records"):
        kind, way = str(row["kind"]).lower(), row["found_by"]
        _tell(f"{row['n']:>7,} {kind} ({way}), in {row['cases']:,} cases", error=False)
    for path in done.files:
        _tell(f"Wrote {path}", error=False)
    _tell(
        "No redaction finds every name: have the texts read before they go to anyone.", error=False
    )


@app.command()
def lint(
    paths: Annotated[
        list[Path], typer.Argument(help="A study; or files of printed figures, or folders of them.")
    ],
    claims: Annotated[
        list[Path] | None, typer.Option(help="A file of what reports say in words.")
    ] = None,
    prose: Annotated[
        list[Path] | None, typer.Option(help="A text to check: Markdown, Word, HTML.")
    ] = None,
    period: Annotated[
        str, typer.Option(help="What sentences of the text are about that name no period.")
    ] = "",
) -> None:
    """List contradictions in printed figures and in what is said of them; exit code 1 if any."""
    import pandas as pd

    from workbench.compare.lint import has_contradictions
    from workbench.compare.lint import lint as look
    from workbench.compare.linting.inputs import gather
    from workbench.compare.linting.prose import no_prose, read_prose

    inputs = gather(paths, claims=claims or ())
    texts = [read_prose(path, report=period) for path in prose or ()]
    findings = look(
        inputs.printed,
        inputs.claims,
        pd.concat([no_prose(), *texts]),
        fields=inputs.fields,
        banners=inputs.banners,
    )
    _show_findings(findings)
    if inputs.skipped:
        names = ", ".join(path.name for path in inputs.skipped)
        _tell(f"Not looked at, since they hold no shares: {names}", error=False)
    if has_contradictions(findings):
        raise typer.Exit(1)


@app.command()
def demo(
    out: Annotated[Path, typer.Option(help="Where to write it.")] = Path("corpora/demo"),
) -> None:
    """Write the demonstration corpus: two school years of invented enquiries."""
    from workbench.demo import write

    write(out)
    _tell(f"Wrote the demonstration corpus to {out}.", error=False)


def _names(listed: str) -> list[str]:
    return [name.strip() for name in listed.split(",") if name.strip()]


def _show_findings(findings: pd.DataFrame) -> None:
    """Findings as a table, a block for each severity, and how many there are of each."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from workbench.compare.lint import say_tally

    console = Console(highlight=False)
    for severity, rows in findings.groupby("severity", sort=False):
        table = Table(title=str(severity).capitalize(), title_justify="left", show_lines=True)
        for heading, ratio in (("Rule", 2), ("Where", 3), ("Finding", 6)):
            table.add_column(heading, ratio=ratio)
        for row in rows.itertuples(index=False):
            where = [str(part) for part in (row.report, row.table, row.label) if part]
            table.add_row(*map(Text, (str(row.rule), ", ".join(where), str(row.finding))))
        console.print(table)
    _tell(f"Findings: {say_tally(findings)}." if len(findings) else "No findings.", error=False)


def _summarise(built: Report) -> None:
    """What was made and what was not, in a few lines."""
    lines = [
        f"Report:  {built.docx}",
        f"         {built.html}",
        *([f"         {built.pdf}"] if built.pdf else []),
        *(f"         {path}" for path in built.summary),
        f"Figures: {len(built.figures)} in {built.html.parent}, each with its data as CSV",
    ]
    if built.problems:
        lines.append(
            f"Set aside: {built.problems} rows that could not be used; see "
            f"{built.html.parent / 'problems.csv'} for file, row, column and mend"
        )
    if built.faults:
        lines.append("Doubtful in the prose:")
        lines += [f"- {fault}" for fault in built.faults]
    if built.gaps:
        lines.append(f"Not possible with these records: {len(built.gaps)} parts, listed there")
    if not built.pictures:
        from workbench.browser import how_to_install

        lines.append(f"No static pictures: no browser was found. {how_to_install()}")
    _tell("\n".join(lines), error=False)


def _tell(text: str, *, error: bool = True) -> None:
    from rich.console import Console

    from workbench.privacy.escape import drop_controls

    console = Console(stderr=error, highlight=False, soft_wrap=True)
    console.print(drop_controls(text), markup=False)
