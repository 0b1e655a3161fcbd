"""Work in a process of its own beside this one, for what loads a large library: it loads while others work, on another
core, and whatever it takes of memory goes back when it ends.

Here: both ends of the pipes. A module `m` ends with `beside.serve(work)`, where `work` takes a function that tells and
then whatever it is asked; `begin(m)` starts its process ahead of time, and `ask(m, …)` gives what it tells, piece by
piece, and returns what it has made. Not here: what is done there, and the process that reads files, which is watched
more closely (`warehouse/isolated_reader.py`).

A process lives for one question. It ends with whoever asked, however that ends: nobody else holds the pipe that it
reads, so the pipe ends then.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Generator, Iterator
from typing import IO, Any

from . import stopping
from .root import REPOSITORY

_begun: dict[str, subprocess.Popen[bytes]] = {}


class BrokeDown(Exception):
    """The process ended without an answer, or with an error that cannot be handed over; with what is known of it."""


def begin(module: str) -> None:
    """Starts the process of a module, unless one is waiting already."""
    if module not in _begun:
        # From the repository, so that no module of the folder where a person stands is taken for one of Python's.
        _begun[module] = subprocess.Popen(
            [sys.executable, "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=REPOSITORY,
        )


def ask(module: str, *question: Any) -> Generator[Any, None, Any]:
    """What the process of a module tells, as it tells it; returns what it has made. Raises what was raised there, and
    BrokeDown. Whoever stops listening ends it."""
    begin(module)
    process = _begun.pop(module)
    try:
        for kind, content in _answers(process, question):
            if kind == "made":
                return content
            if kind == "raised":
                raise content
            yield content
        raise BrokeDown(f"the process of {module} ended with {process.wait()}")
    finally:
        process.kill()
        for pipe in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                pipe.close()  # type: ignore[union-attr]
        process.wait()


def made(module: str, *question: Any) -> Any:
    """What the process of a module has made, where it tells nothing before. Raises as `ask` does."""
    answers = ask(module, *question)
    while True:
        try:
            next(answers)
        except StopIteration as end:
            return end.value


def end_waiting() -> None:
    """Ends what was begun ahead and is not needed after all."""
    while _begun:
        _, process = _begun.popitem()
        process.kill()
        process.communicate()


def serve(work: Callable[..., Any]) -> None:
    """Answers one question, and is gone with whoever asked it. A stop is asked of them, and is theirs to hand on."""
    questions, answers = sys.stdin.buffer, own_output()
    for number in stopping.SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    gc.freeze()  # what is loaded stays, and need not be looked through again and again
    turn = threading.Lock()

    def tell(content: Any, kind: str = "told") -> None:
        with turn:
            pickle.dump((kind, content), answers, pickle.HIGHEST_PROTOCOL)
            answers.flush()

    try:
        question = pickle.load(questions)
    except EOFError:
        return
    threading.Thread(target=_end_with, args=(questions,), daemon=True).start()
    try:
        tell(work(tell, *question), "made")
    except Exception as error:
        error.add_note(traceback.format_exc())
        tell(error if _can_be_handed_over(error) else BrokeDown(traceback.format_exc()), "raised")


def _answers(process: subprocess.Popen[bytes], question: Any) -> Iterator[tuple[str, Any]]:
    """All that the process says to a question, until it ends."""
    assert process.stdin is not None and process.stdout is not None
    with contextlib.suppress(EOFError, BrokenPipeError, pickle.UnpicklingError):
        pickle.dump(question, process.stdin, pickle.HIGHEST_PROTOCOL)
        process.stdin.flush()
        while True:
            yield pickle.load(process.stdout)


def own_output() -> IO[bytes]:
    """Where answers go; whatever a library prints goes nowhere."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return answers


def _end_with(questions: IO[bytes]) -> None:
    """Waits for the end of the pipe, which comes when whoever asked is gone, and ends this process at once."""
    questions.read()
    os._exit(1)


def _can_be_handed_over(error: Exception) -> bool:
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return False
    return True
