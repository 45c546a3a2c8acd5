"""The peers: which workloads each has, and the command that runs one of them.

Every command takes PEER WORKLOAD REPETITIONS WORKERS and prints a JSON object a repetition.
A peer of another language is one more entry here and a program that keeps to that.
"""
import json
import os
import signal
import subprocess
from pathlib import Path
from typing import NamedTuple, Tuple

from workloads import WORKLOADS

PROGRAMS = Path(__file__).resolve().parent.parent / 'peers'
ALL = tuple(WORKLOADS)
PYTHON = tuple(w for w in ALL if w not in ('bulk_range', 'map_to_long'))


class Peer(NamedTuple):
    program: Tuple[str, ...]  # {java}, {class_path} and {python} are filled in
    workloads: Tuple[str, ...]


JAVA_PROGRAM = ('{java}', '-cp', '{class_path}', 'dev.mitosis.bench.peer.PeerMain')
PYTHON_PROGRAM = ('{python}', '-B', str(PROGRAMS / 'python_pools.py'))

PEERS = {
    'mitosis': Peer(JAVA_PROGRAM, ALL),
    'mitosis-threads': Peer(JAVA_PROGRAM, tuple(w for w in ALL if w != 'memory')),
    'thread-pool': Peer(JAVA_PROGRAM, ('first', 'roundtrip', 'each', 'payload', 'cpu', 'skew')),
    'parallel-stream': Peer(JAVA_PROGRAM, ('bulk', 'records', 'cpu')),
    'mp-fork': Peer(PYTHON_PROGRAM, PYTHON),
    'mp-spawn': Peer(PYTHON_PROGRAM, PYTHON),
    'mp-forkserver': Peer(PYTHON_PROGRAM, PYTHON),
    'executor': Peer(PYTHON_PROGRAM, PYTHON),
}
DEFAULT = ('mitosis', 'mitosis-threads', 'thread-pool', 'parallel-stream', 'mp-fork', 'executor')


class FailedRun(Exception):
    """A peer gave a wrong result, failed, or took too long."""


def run(peer, workload, options):
    """Runs a workload on a peer in a fresh process; returns the figures of each repetition."""
    repetitions = WORKLOADS[workload].repetitions
    program = [part.format(java=options.java, class_path=options.class_path,
                           python=options.python) for part in PEERS[peer].program]
    command = program + [peer, workload, str(repetitions), str(options.workers)]
    # A session of its own, so that a run that takes too long ends with its workers.
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, text=True, start_new_session=True)
    try:
        out, errors = process.communicate(timeout=options.timeout)
    except BaseException as end:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if isinstance(end, subprocess.TimeoutExpired):
            raise FailedRun(f'{peer} {workload}: no end after {options.timeout} s') from None
        raise
    if process.returncode != 0:
        raise FailedRun(f'{peer} {workload}: exit status {process.returncode}\n{out}{errors}')
    figures = [json.loads(line) for line in out.splitlines()]
    if len(figures) != repetitions:
        raise FailedRun(f'{peer} {workload}: {len(figures)} repetitions, not {repetitions}')
    return figures
