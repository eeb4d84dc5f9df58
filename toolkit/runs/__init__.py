"""A whole folder: what to do, what is done already, and what became of it."""

from toolkit.runs.folder import RunOptions, translate_folder
from toolkit.runs.plan import Job, plan_jobs
from toolkit.runs.report import FileOutcome, RunReport

__all__ = ["FileOutcome", "Job", "RunOptions", "RunReport", "plan_jobs", "translate_folder"]
