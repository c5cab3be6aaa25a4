"""The files of a study that change what is counted."""

from __future__ import annotations

from pathlib import Path

from workbench.study import Study


def input_files(study: Study) -> dict[str, Path]:
    """The files of cases and of everything that changes what is counted, as far as they exist."""
    named = [source.path for source in study.sources]
    named += [path for c in study.crosswalks for path in (c.path, c.double_coded) if path]
    named += [*study.codebooks.values(), *study.codings.values(), *study.published.files]
    named += [path for path in (study.themes.decisions, study.themes.kept) if path]
    named += [path for path in (study.published.claims, study.release.approved) if path]
    named += [study.method.codings] if study.method.codings else []
    found: dict[str, Path] = {}
    for name in named:
        path = study.locate(name)
        if path.is_dir():
            inside = sorted(file for file in path.rglob("*") if file.is_file())
            found |= {f"{name}/{file.relative_to(path).as_posix()}": file for file in inside}
        elif path.is_file():
            found[name] = path
    labelled = (study.tone.heads, study.tone.prevalence, study.tone.agreement)
    return {**found, **{path.name: path for path in labelled if path is not None}}
