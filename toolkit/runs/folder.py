"""Translate the files of a plan: each result in place before the next is begun on, none twice, none half."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from toolkit.documents import compose, read
from toolkit.errors import InputError, ToolkitError
from toolkit.runs.files import lock, remove_leftovers, write_atomically
from toolkit.runs.manifest import Manifest
from toolkit.runs.plan import Job
from toolkit.runs.report import FileOutcome, RunReport, summarize_document
from toolkit.settings import MEGABYTE
from toolkit.translation import DocumentTranslator
from toolkit.types import Document, TranslatedDocument


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How a folder is worked through.

    ``max_size`` is in megabytes a file; ``again`` does finished files once more; ``dry_run`` reads and plans only.
    """

    max_size: int = 10
    again: bool = False
    dry_run: bool = False


def translate_folder(
    jobs: Sequence[Job],
    out: Path,
    translator: DocumentTranslator,
    options: RunOptions = RunOptions(),
    *,
    on_outcome: Callable[[FileOutcome], None] = lambda _: None,
    on_document: Callable[[TranslatedDocument], None] | None = None,
) -> RunReport:
    """Translate every job and write its output; a file that fails is reported and the others are done.

    Args:
        on_outcome: Called for each file as soon as its outcome is known (progress).
        on_document: Called with every translated document. When given, finished files are translated again for it
            (from the memory, when there is one), but not written again.

    Raises:
        OutputError: Another run is at work in *out*, or it cannot be written to.
        EngineError: The decoder failed.
    """
    if options.dry_run:
        outcomes = [_planned(job) for job in jobs]
        return RunReport(tuple(outcomes), str(translator.signature))
    with lock(out):
        remove_leftovers(out)
        run = _Run(jobs, out, translator, options, on_outcome, on_document)
        run.work()
        return RunReport(tuple(run.outcomes[job.name] for job in jobs), str(translator.signature))


def _planned(job: Job) -> FileOutcome:
    if job.error is not None:
        return _failure(job, job.error)
    return FileOutcome(str(job.path), "planned", str(job.output))


def _failure(job: Job, error: ToolkitError) -> FileOutcome:
    return FileOutcome(str(job.path), "failed", reason=error.reason, cure=error.cure)


class _Run:
    """The state of one run: which job a document came from, and what became of each."""

    def __init__(
        self,
        jobs: Sequence[Job],
        out: Path,
        translator: DocumentTranslator,
        options: RunOptions,
        on_outcome: Callable[[FileOutcome], None],
        on_document: Callable[[TranslatedDocument], None] | None,
    ) -> None:
        self.jobs, self.translator, self.options = jobs, translator, options
        self.on_outcome, self.on_document = on_outcome, on_document
        self.manifest = Manifest(out, str(translator.signature) + translator.engine.identity)
        self.outcomes: dict[str, FileOutcome] = {}
        self._reading: list[Job] = []

    def work(self) -> None:
        for translated in self.translator.translate(self._documents()):
            job = self._reading.pop(0)
            if self.on_document is not None:
                self.on_document(translated)
            if job.name not in self.outcomes:
                self._finish(job, translated)

    def _documents(self) -> Iterator[Document]:
        """Read the jobs' files one by one, as the translator asks for them."""
        for job in self.jobs:
            try:
                document = self._read(job)
            except ToolkitError as error:
                self._note(job, _failure(job, error))
                continue
            if document is not None:
                self._reading.append(job)
                yield document

    def _read(self, job: Job) -> Document | None:
        """The job's document, or ``None`` when it is done already and nobody asks to see it."""
        if job.error is not None:
            raise job.error
        try:
            line = None if self.options.again else self.manifest.finished(job)
        except OSError as error:
            raise InputError(
                f"cannot be read: {error.strerror}", where=str(job.path), cure="check its permissions"
            ) from error
        if line is not None:
            self._note(job, FileOutcome(str(job.path), "unchanged", str(job.output), **line["summary"]))
            if self.on_document is None:
                return None
        return read(job.path, language=self.translator.pair.source, max_bytes=self.options.max_size * MEGABYTE)

    def _finish(self, job: Job, translated: TranslatedDocument) -> None:
        summary = summarize_document(translated)
        try:
            written = compose(translated)
            write_atomically(job.output, written.data)
            self.manifest.add(job, translated.document.raw, written.data, summary)
        except ToolkitError as error:
            self._note(job, _failure(job, error))
            return
        notices = (*translated.document.notices, *written.notices)
        self._note(job, FileOutcome(str(job.path), "done", str(job.output), notices=notices, **summary))

    def _note(self, job: Job, outcome: FileOutcome) -> None:
        self.outcomes[job.name] = outcome
        self.on_outcome(outcome)
