"""The back end that walks the norm IR: slow, plain, and one condition at a time where somebody asks for one."""

from mutandis.backends.engine import Engine
from mutandis.backends.interpret.functions import INTERPRET
from mutandis.link.program import Program


def interpreter(program: Program) -> Engine:
    """What decides about a program by walking it, which compiled code is held against."""
    return Engine(program, INTERPRET)
