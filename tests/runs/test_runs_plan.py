"""Which files a run takes, and where their translations go."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from toolkit.errors import InputError
from toolkit.runs import plan_jobs


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Ja.")


def outputs(folder: Path, out: Path, **options: object) -> list[str]:
    jobs = plan_jobs([folder], out, **options)  # type: ignore[arg-type]
    return [job.output.relative_to(out.resolve()).as_posix() for job in jobs]


def test_the_tree_is_mirrored_in_a_stable_order(tmp_path: Path) -> None:
    make(tmp_path / "in", "b.txt", "a/x y 🙂.html", "a.b.md", ".hidden.txt", ".git/config")
    assert outputs(tmp_path / "in", tmp_path / "out") == ["a.b.en.md", "b.en.txt", "a/x y 🙂.en.html"]


def test_the_output_folder_inside_the_input_is_passed_over(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "out/a.en.txt", "out/.toolkit/manifest.jsonl")
    assert outputs(tmp_path, tmp_path / "out") == ["a.en.txt"]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"include": ["*.txt"]}, ["a.en.txt", "sub/c.en.txt"]),
        ({"exclude": ["sub/*"]}, ["a.en.txt", "b.en.md"]),
        ({"include": ["*.txt"], "exclude": ["sub/*"]}, ["a.en.txt"]),
        ({"target": "fr", "include": ["a.*"]}, ["a.fr.txt"]),
    ],
)
def test_globs_and_target(tmp_path: Path, options: dict[str, object], expected: list[str]) -> None:
    make(tmp_path / "in", "a.txt", "b.md", "sub/c.txt")
    assert outputs(tmp_path / "in", tmp_path / "out", **options) == expected


def test_a_single_file_goes_to_the_top(tmp_path: Path) -> None:
    make(tmp_path, "deep/down/a.txt")
    assert outputs(tmp_path / "deep/down/a.txt", tmp_path / "out") == ["a.en.txt"]


def test_the_same_file_named_twice_is_done_once(tmp_path: Path) -> None:
    make(tmp_path / "in", "a.txt")
    assert len(plan_jobs([tmp_path / "in", tmp_path / "in" / "a.txt"], tmp_path / "out")) == 1


def test_two_files_with_one_output_are_an_error(tmp_path: Path) -> None:
    make(tmp_path, "one/a.txt", "two/a.txt")
    with pytest.raises(InputError, match="same file"):
        plan_jobs([tmp_path / "one", tmp_path / "two"], tmp_path / "out")


def test_what_is_not_there_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="no such file"):
        plan_jobs([tmp_path / "nowhere"], tmp_path / "out")
    with pytest.raises(InputError, match="no files"):
        plan_jobs([tmp_path / "empty"], tmp_path / "out")


def test_links_that_loop_or_lead_nowhere_are_named_and_stop_nothing(tmp_path: Path) -> None:
    make(tmp_path / "in", "a.txt")
    os.symlink(tmp_path / "in", tmp_path / "in" / "again")
    os.symlink("loop", tmp_path / "in" / "loop")
    jobs = plan_jobs([tmp_path / "in"], tmp_path / "out")
    assert [(job.name, job.error is None) for job in jobs] == [("a.txt", True), ("loop", False)]


def test_a_link_in_the_output_folder_cannot_lead_out_of_it(tmp_path: Path) -> None:
    make(tmp_path / "in", "sub/a.txt")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out").mkdir()
    os.symlink(tmp_path / "elsewhere", tmp_path / "out" / "sub")
    (job,) = plan_jobs([tmp_path / "in"], tmp_path / "out")
    assert job.error is not None
    assert "leave the output folder" in job.error.reason
