"""What goes wrong on our side of the sandbox."""

from __future__ import annotations


class SandboxError(Exception):
    """The sandbox itself failed: our fault or the machine's, never the student's."""


class Lost(SandboxError):
    """The zygote is gone, and every worker with it. What was asked of it can be asked again of another one."""
