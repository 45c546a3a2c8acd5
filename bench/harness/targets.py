"""What the figures of Mitosis are to reach, and whether they do: the last table of a report.

All by the medians of the tenth repetition. P is the best of the pools that run processes, of Python
and of Node.js.
"""
from typing import NamedTuple, Optional

from workloads import SECOND, WORKLOADS

P = ('mp-fork', 'mp-spawn', 'mp-forkserver', 'executor', 'loky', 'billiard', 'pebble',
     'tinypool', 'workerpool')


class Target(NamedTuple):
    """The figure is to be at least, or where lower is better at most, factor times base, plus."""
    workload: str
    factor: float
    base: Optional[object] = None  # P or a peer's name; None: the factor is the bar itself
    plus: float = 0
    peer: str = 'mitosis'
    figure: Optional[str] = None  # None: the workload's headline
    base_figure: Optional[str] = None  # None: the same


TARGETS = [
    Target('roundtrip', 1 / 20, P),
    Target('roundtrip', 5, 'floor', plus=3),
    Target('roundtrip_idle', 4, 'floor-socket'),
    Target('each', 40, P),
    Target('bulk', 15, P),
    Target('map_to_long', 200e6),
    Target('stream', 15, P),
    Target('records', 8, P),
    Target('payload', 5, P),
    Target('payload', 0.25, 'floor'),
    Target('echo', 10, P),
    Target('skew', 0.97),
    Target('cpu', 0.97, 'fork-join'),
    Target('first', 3, 'floor'),
    Target('first', 4.5, 'floor', figure='hello_ms', base_figure='ms'),
    Target('first', 6, 'floor', figure='hello_ms', base_figure='ms', peer='mitosis-uncached'),
    Target('memory', 26, figure='pss_anon_mib'),
    Target('memory', 38),
]
TARGETS += [target._replace(workload=second) for second, first in SECOND.items()
            for target in TARGETS if target.workload == first]


def judge(summary):
    """What became of each target: [{workload, target, base, bar, figure, met}]; None is unknown."""
    return [verdict(target, summary) for target in TARGETS if target.workload in summary]


def verdict(target, summary):
    workload = WORKLOADS[target.workload]
    figure = target.figure or workload.figure
    name, base = base_of(target, target.base_figure or figure, summary)
    bar = None if base is None else target.factor * base + target.plus
    ours = tenth(summary, target.workload, target.peer, figure)
    if None in (bar, ours):
        met = None
    else:
        met = bool(ours >= bar if workload.higher_is_better else ours <= bar)
    return {'workload': target.workload, 'peer': target.peer, 'figure_name': figure,
            'target': text(target), 'base': base if target.base else None, 'base_peer': name,
            'bar': bar, 'figure': ours, 'met': met}


def base_of(target, figure, summary):
    """(whose, how much); (None, 1) for a bar that depends on nobody."""
    if target.base is None:
        return None, 1
    names = P if target.base is P else (target.base,)
    found = {name: tenth(summary, target.workload, name, figure) for name in names}
    found = {name: value for name, value in found.items() if value is not None}
    if not found:
        return None, None
    best = max if WORKLOADS[target.workload].higher_is_better else min
    name = best(found, key=found.get)
    return name, found[name]


def tenth(summary, workload, peer, figure):
    values = summary.get(workload, {}).get(peer, {}).get(figure)
    return values and values['tenth_rep']['median']


def text(target):
    sign = '>=' if WORKLOADS[target.workload].higher_is_better else '<='
    base = {None: '', P: ' P'}.get(target.base, f' {target.base}')
    factor = 'P / 20' if target.factor == 1 / 20 else f'{target.factor:,.10g}{base}'
    return f'{sign} {factor}' + (f' + {target.plus:g}' if target.plus else '')


def table(verdicts, short):
    rows = [['workload', 'figure', 'peer', 'target', 'P or floor', 'is to be', 'is', 'met'],
            ['---'] * 4 + ['---:'] * 3 + ['---']]
    for v in verdicts:
        base = f"{short(v['base'])} ({v['base_peer']})" if v['base_peer'] else ''
        met = {None: 'not measured', True: 'met', False: '**not met**'}[v['met']]
        bar, figure = (short(v[name]) if v[name] is not None else '' for name in ('bar', 'figure'))
        rows.append([v['workload'], f"`{v['figure_name']}`", v['peer'], v['target'], base, bar,
                     figure, met])
    met = sum(v['met'] is True for v in verdicts)
    return ['| ' + ' | '.join(row) + ' |' for row in rows] + [
        '', f'{met} of {len(verdicts)} met, {sum(v["met"] is None for v in verdicts)} not measured.'
        ' By the medians of the tenth repetition; P is the best of the pools for Python and Node.js'
        ' that run processes. Other inputs carry the targets of the workload that they are like.']
