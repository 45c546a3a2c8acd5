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

from workloads import SETS, WORKLOADS

BENCH = Path(__file__).resolve().parent.parent
PROGRAMS = BENCH / 'peers'
PACKAGES = BENCH / 'target' / 'peers'  # where bench/install-peers puts those of npm
ALL = tuple(w for w in WORKLOADS if w not in SETS['commands'])
PYTHON = tuple(w for w in ALL if w not in ('bulk_range', 'map_to_long'))


class Peer(NamedTuple):
    program: Tuple[str, ...]  # {java}, {class_path}, {python}, {system_python} are filled in
    workloads: Tuple[str, ...]
    needs: Tuple[str, ...] = ()  # succeeds if the peer is installed


# What a heap that still grows costs is page faults, more than anything that is measured here.
GROWN_HEAP = '-Xms1g'
JAVA_PROGRAM = ('{java}', GROWN_HEAP, '-cp', '{class_path}', 'dev.mitosis.bench.peer.PeerMain')
UNCACHED_PROGRAM = (JAVA_PROGRAM[0], '-Dmitosis.startCache=off', *JAVA_PROGRAM[1:])
PYTHON_PROGRAM = ('{python}', '-B', str(PROGRAMS / 'python_pools.py'))
COMMAND_PROGRAM = ('{python}', '-B', str(PROGRAMS / 'command_lines.py'))
NODE_PROGRAM = ('node', str(PROGRAMS / 'node_pools.mjs'))
NODE = ('first', 'roundtrip', 'roundtrip_idle', 'each', 'skew')
THREADS = ('first', 'roundtrip', 'roundtrip_idle', 'each', 'payload', 'cpu', 'skew',
           'each_strings', 'records_nested', 'payload_small')
FLOOR = ('first', 'roundtrip', 'roundtrip_idle', 'each', 'bulk', 'stream', 'payload', 'echo',
         'payload_small')


def python_package(module):
    """A peer that comes with the system's Python, as Debian's packages do."""
    return Peer(('{system_python}', *PYTHON_PROGRAM[1:]), PYTHON,
                ('{system_python}', '-c', f'import {module}'))


def node_package(name, *more):
    return Peer(NODE_PROGRAM, NODE + more, ('test', '-d', str(PACKAGES / 'node_modules' / name)))


def command(name, *workloads):
    """A program; what has another's name, as moreutils' parallel, does not count."""
    return Peer(COMMAND_PROGRAM, workloads, ('sh', '-c', f'{name} --version | grep -q GNU'))


PEERS = {
    'mitosis': Peer(JAVA_PROGRAM, ALL),
    'mitosis-uncached': Peer(UNCACHED_PROGRAM, ('first', 'memory')),
    'mitosis-threads': Peer(JAVA_PROGRAM, tuple(w for w in ALL if w != 'memory')),
    'thread-pool': Peer(JAVA_PROGRAM, THREADS),
    'fork-join': Peer(JAVA_PROGRAM, THREADS),
    'parallel-stream': Peer(JAVA_PROGRAM, ('bulk', 'records', 'cpu', *SETS['second'])),
    'floor': Peer(JAVA_PROGRAM, FLOOR),
    'floor-socket': Peer(JAVA_PROGRAM, ('roundtrip', 'roundtrip_idle')),
    'mp-fork': Peer(PYTHON_PROGRAM, PYTHON),
    'mp-spawn': Peer(PYTHON_PROGRAM, PYTHON),
    'mp-forkserver': Peer(PYTHON_PROGRAM, PYTHON),
    'executor': Peer(PYTHON_PROGRAM, PYTHON),
    'loky': python_package('joblib.externals.loky'),
    'billiard': python_package('billiard'),
    'pebble': python_package('pebble'),
    'piscina': node_package('piscina', 'payload'),
    'tinypool': node_package('tinypool', 'memory'),
    'workerpool': node_package('workerpool', 'memory'),
    'mitosis-map': Peer(COMMAND_PROGRAM, SETS['commands']),
    'gnu-parallel': command('parallel', 'command'),
    'gnu-parallel-blocks': command('parallel', *SETS['commands']),
    'xargs': command('xargs', 'command'),
    'xargs-blocks': command('xargs', *SETS['commands']),
}
SELDOM = ('mp-spawn', 'mp-forkserver')  # only where they are asked for: they differ in `first`


class FailedRun(Exception):
    """A peer gave a wrong result, failed, or took too long."""


def default(options):
    return [peer for peer in PEERS if peer not in SELDOM and is_installed(peer, options)]


def is_installed(peer, options):
    needs = filled(PEERS[peer].needs, options)
    try:
        return not needs or subprocess.run(needs, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def filled(command, options):
    return [part.format(java=options.java, class_path=options.class_path, python=options.python,
                        system_python=options.system_python) for part in command]


def run(peer, workload, options):
    """Runs a workload on a peer in a fresh process; returns the figures of each repetition."""
    repetitions = WORKLOADS[workload].repetitions
    command = [*filled(PEERS[peer].program, options),
               peer, workload, str(repetitions), str(options.workers)]
    environment = {**os.environ, 'MITOSIS_BENCH_PACKAGES': f'{PACKAGES}/'}
    # A session of its own, so that a run that takes too long ends with its workers.
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, text=True, env=environment,
                               start_new_session=True)
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
