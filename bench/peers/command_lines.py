#!/usr/bin/env python3
"""Squares numbers, read as lines and printed as lines, by one command, several times.

usage: command_lines.py PEER WORKLOAD REPETITIONS WORKERS
peers: mitosis-map          ./mitosis map, from the start of its JVM to the end
       gnu-parallel         GNU parallel, one shell a line
       gnu-parallel-blocks  GNU parallel, a block of lines for each worker, to awk
       xargs, xargs-blocks  one shell a line, and one for each 1,000 lines

Prints one JSON object a repetition. A wrong line ends it with a traceback and status 1. The lines
of xargs come in any order, those of the others in that of the input.
"""
import json
import subprocess
import sys
import time
from pathlib import Path

COUNTS = {'command': 2_000, 'command_long': 1_000_000}
MITOSIS = str(Path(__file__).resolve().parent.parent.parent / 'mitosis')
AWK = """awk '{printf "%.0f\\n", $1 * $1}'"""
LOOP = 'for n; do echo $((n * n)); done'


def command_of(peer, count, workers):
    if peer == 'mitosis-map':
        return [MITOSIS, 'map', 'n -> n * n', '--type', 'long', '--workers', workers]
    if peer == 'gnu-parallel':
        return ['parallel', '--will-cite', f'-j{workers}', '-k', 'echo $(({} * {}))']
    if peer == 'gnu-parallel-blocks':
        block = -(-count // int(workers))
        return ['parallel', '--will-cite', f'-j{workers}', '-k', '--pipe', f'-N{block}', AWK]
    if peer == 'xargs':
        return ['xargs', f'-P{workers}', '-n1', 'sh', '-c', LOOP, 'sh']
    if peer == 'xargs-blocks':
        return ['xargs', f'-P{workers}', '-n1000', 'sh', '-c', LOOP, 'sh']
    raise ValueError(f'no peer {peer}')


def run(command, count):
    lines = ''.join(f'{n}\n' for n in range(1, count + 1))
    start = time.perf_counter()
    out = subprocess.run(command, input=lines, stdout=subprocess.PIPE, text=True, check=True).stdout
    return time.perf_counter() - start, list(map(int, out.split()))


def main():
    peer, workload, repetitions, workers = sys.argv[1:]
    count = COUNTS[workload]
    command = command_of(peer, count, workers)
    run(command, 2)  # so that nothing is built on first use within the time
    for _ in range(int(repetitions)):
        seconds, squares = run(command, count)
        if peer.startswith('xargs'):
            squares.sort()
        if squares != [n * n for n in range(1, count + 1)]:
            raise AssertionError(f'wrong lines: {squares!r:.200}')
        print(json.dumps({'lines_per_s': count / seconds}), flush=True)


if __name__ == '__main__':
    main()
