"""Runs the workloads on all peers, interleaved, and writes JSON and Markdown.

Round by round, within a round workload by workload, each peer in turn in a fresh process: what
disturbs the machine for a while disturbs all peers alike. Started by bench/side-by-side.
"""
import argparse
import json
import sys
import time
from pathlib import Path

import machine
import peers
import report
import targets
from workloads import SETS, WORKLOADS


def names(known, sets=None):
    def parse(text):
        chosen = [name for part in text.split(',') for name in (sets or {}).get(part, (part,))]
        for name in chosen:
            if name not in known:
                raise argparse.ArgumentTypeError(f'no {name!r}; there are {", ".join(known)}')
        return chosen
    return parse


def at_least_one(text):
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f'must be at least 1, got {number}')
    return number


def parse_options():
    parser = argparse.ArgumentParser(prog='bench/side-by-side', description=__doc__)
    parser.add_argument('--rounds', type=at_least_one, default=3, metavar='N')
    parser.add_argument('--only', type=names(WORKLOADS, SETS), default=list(WORKLOADS),
                        metavar='WORKLOADS', help=','.join(WORKLOADS) + '; or ' + ' or '.join(SETS))
    parser.add_argument('--peers', type=names(peers.PEERS), metavar='PEERS',
                        help=','.join(peers.PEERS) + '; default: what is installed, but'
                        f' not {" and ".join(peers.SELDOM)}')
    parser.add_argument('--workers', type=at_least_one, default=2, metavar='N')
    parser.add_argument('--out', type=Path, metavar='FOLDER',
                        default=Path(__file__).resolve().parent.parent / 'results')
    parser.add_argument('--python', default=sys.executable, metavar='COMMAND',
                        help="runs the standard library's Python peers; default: what runs this")
    parser.add_argument('--system-python', default='/usr/bin/python3', metavar='COMMAND',
                        help='runs the other Python peers; default: /usr/bin/python3')
    parser.add_argument('--timeout', type=at_least_one, default=600, metavar='SECONDS',
                        help='for one workload on one peer; default: 600')
    parser.add_argument('--java', help=argparse.SUPPRESS)
    parser.add_argument('--class-path', help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.peers is None:
        options.peers = peers.default(options)
        return options
    for peer in options.peers:
        if not peers.is_installed(peer, options):
            parser.error(f'{peer} is not installed: bench/install-peers installs it')
    return options


def run_all(options):
    runs = []
    for number in range(1, options.rounds + 1):
        for workload in options.only:
            for peer in options.peers:
                if workload in peers.PEERS[peer].workloads:
                    runs.append(run_one(number, workload, peer, options))
    return runs


def run_one(number, workload, peer, options):
    start, others = time.monotonic(), machine.Others()
    repetitions = peers.run(peer, workload, options)
    others = others.cores()
    seconds = round(time.monotonic() - start, 1)
    figure = WORKLOADS[workload].figure
    shown = report.short(repetitions[0][figure]) + ' ... ' + report.short(repetitions[-1][figure])
    print(f'round {number}  {workload:14} {peer:16} {shown:20} {WORKLOADS[workload].unit}'
          f'  ({seconds} s, others {others} cores)', file=sys.stderr)
    return {'round': number, 'workload': workload, 'peer': peer, 'seconds': seconds,
            'others_cores': others, 'repetitions': repetitions}


def measure(options):
    result = {
        'format': 1,
        **machine.facts(options),
        'options': {'rounds': options.rounds, 'workers': options.workers,
                    'only': options.only, 'peers': options.peers},
    }
    runs = run_all(options)
    result['summary'] = report.summarize(runs)
    result['ratios'] = report.ratios(result['summary'])
    result['targets'] = targets.judge(result['summary'])
    result['runs'] = runs
    return result


def free_name(folder, name):
    """The name, or with -2, -3, ... appended: no run overwrites another."""
    candidate, number = folder / name, 1
    while candidate.with_suffix('.json').exists():
        number += 1
        candidate = folder / f'{name}-{number}'
    return candidate


def write(result, folder):
    folder.mkdir(parents=True, exist_ok=True)
    base = free_name(folder, f"{result['date']}-{result['commit']}")
    base.with_suffix('.json').write_text(json.dumps(result, indent=1) + '\n')
    markdown = report.to_markdown(result)
    base.with_suffix('.md').write_text(markdown)
    print(markdown)
    print(f'Written: {base}.json and .md', file=sys.stderr)


def main():
    options = parse_options()
    try:
        write(measure(options), options.out)
    except peers.FailedRun as failure:
        print(f'side-by-side: {failure}', file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == '__main__':
    main()
