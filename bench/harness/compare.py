"""Compares two commits: the same workloads on both, in the order A B B A, round by round.

Each side is built from a checkout of its own. A figure of a run is the median of its repetitions
after the first three, which show a cold JVM; a pair is two such runs side by side. Printed are the
median of the pairs' ratios and its 95 percent interval (bootstrap, 10,000 samples). More than 1
means that NEW is better, whichever way the figure goes. Started by bench/compare.
"""
import argparse
import json
import random
import statistics
import subprocess
import sys
from pathlib import Path

import machine
from workloads import WORKLOADS

COLD = 3
SAMPLES = 10_000


def parse_options():
    parser = argparse.ArgumentParser(prog='bench/compare', description=__doc__)
    parser.add_argument('old', help='a commit')
    parser.add_argument('new', help='a commit')
    parser.add_argument('--rounds', type=int, default=15, metavar='N')
    parser.add_argument('--only', default='roundtrip,each,bulk', metavar='WORKLOADS')
    parser.add_argument('--workers', default='2', metavar='N')
    parser.add_argument('--json', type=Path, metavar='FILE')
    parser.add_argument('--java', help=argparse.SUPPRESS)
    parser.add_argument('--jars', type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def run(jar, workload, options):
    command = [options.java, '-cp', str(jar), 'dev.mitosis.bench.peer.PeerMain', 'mitosis',
               workload, '10', options.workers]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    figures = [json.loads(line)[WORKLOADS[workload].figure] for line in out.splitlines()]
    return statistics.median(figures[COLD:])


def pairs_of(workload, options):
    """Ratios of neighbours, NEW over OLD, turned so that more is better."""
    old, new = options.jars / 'old.jar', options.jars / 'new.jar'
    pairs = []
    for number in range(1, options.rounds + 1):
        first_old, first_new = run(old, workload, options), run(new, workload, options)
        second_new, second_old = run(new, workload, options), run(old, workload, options)
        for before, after in ((first_old, first_new), (second_old, second_new)):
            better = WORKLOADS[workload].higher_is_better
            pairs.append(after / before if better else before / after)
        print(f'round {number:2}  {workload:10} {pairs[-2]:.3f} {pairs[-1]:.3f}', file=sys.stderr)
    return pairs


def interval(pairs):
    chance = random.Random(1)
    medians = sorted(statistics.median(chance.choices(pairs, k=len(pairs)))
                     for _ in range(SAMPLES))
    return medians[int(SAMPLES * 0.025)], medians[int(SAMPLES * 0.975)]


def main():
    options = parse_options()
    result = {'old': machine.git('rev-parse', '--short', options.old),
              'new': machine.git('rev-parse', '--short', options.new),
              **machine.platform_facts(options), 'rounds': options.rounds, 'workloads': {}}
    for workload in options.only.split(','):
        pairs = pairs_of(workload, options)
        low, high = interval(pairs)
        result['workloads'][workload] = {
            'median_ratio': statistics.median(pairs), 'interval95': [low, high], 'pairs': pairs}
        print(f'{workload:12} {statistics.median(pairs):.3f}  (95 %: {low:.3f} to {high:.3f})')
    if options.json:
        options.json.write_text(json.dumps(result, indent=1) + '\n')


if __name__ == '__main__':
    main()
