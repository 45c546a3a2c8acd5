"""From raw figures to medians, ratios and tables."""
import statistics

import targets
from workloads import WORKLOADS


def summarize(runs):
    """{workload: {peer: {figure: {which: {median, min, max}}}}}; `all_reps` takes all of them."""
    grouped = {}
    for run in runs:
        peers = grouped.setdefault(run['workload'], {})
        peers.setdefault(run['peer'], []).append(run['repetitions'])
    return {workload: {peer: figures_of(rounds) for peer, rounds in peers.items()}
            for workload, peers in grouped.items()}


def figures_of(rounds):
    return {figure: {'first_rep': spread([reps[0][figure] for reps in rounds]),
                     'tenth_rep': spread([reps[min(9, len(reps) - 1)][figure] for reps in rounds]),
                     'all_reps': spread([rep[figure] for reps in rounds for rep in reps])}
            for figure in rounds[0][0]}


def spread(values):
    return {'median': statistics.median(values), 'min': min(values), 'max': max(values)}


def ratios(summary):
    """{workload: {which: ours / rival}}, by the medians of the headline figure; the first rival."""
    found = {}
    for name, workload in WORKLOADS.items():
        of_each = {which: ratio(summary, name, workload.figure, workload.rivals[0], which)
                   for which in ('first_rep', 'tenth_rep', 'all_reps')}
        if None not in of_each.values():
            found[name] = of_each
    return found


def ratio(summary, name, figure, rival, which):
    workload = WORKLOADS[name]
    ours = summary.get(name, {}).get(workload.ours, {}).get(figure)
    theirs = summary.get(workload.baseline or name, {}).get(rival, {}).get(figure)
    return round(ours[which]['median'] / theirs[which]['median'], 3) if ours and theirs else None


def to_markdown(result):
    lines = ['# Side by side', '', *facts(result), '']
    for title, which in (('Tenth repetition', 'tenth_rep'), ('First repetition', 'first_rep')):
        lines += [f'## {title}', '']
        for ours in dict.fromkeys(workload.ours for workload in WORKLOADS.values()):
            lines += table(result, ours, which)
    lines += ['Medians over the rounds (smallest to largest). Of the ratios more than 1 is'
              ' better where higher is better, less than 1 where lower is. `bulk_range` and'
              ' `map_to_long` are compared with `bulk` of the others; `executor`, `loky`'
              ' and `pebble` run `bulk` and `bulk_doubles` over 20,000 items, and the others over'
              ' 1,000,000. `memory` is measured once a round. A command has three repetitions, and'
              ' its last stands for the tenth; `gnu-parallel` and `xargs` start a process for each'
              ' line.',
              '']
    if result['targets']:
        lines += ['## Done when', '', *targets.table(result['targets'], short)]
    return '\n'.join(lines) + '\n'


def facts(result):
    machine, options = result['machine'], result['options']
    changed = ' with changes' if result['changed'] else ''
    return [
        f"- {result['date']}, commit {result['commit']}{changed}",
        f"- {machine['cpu']}, {machine['cores']} cores, {machine['memory_mib']} MiB;"
        f" {result['kernel']}",
        f"- {result['jdk']}; {result['python']}",
        f"- {options['rounds']} rounds, {options['workers']} workers; workload by workload, the"
        ' peers in turn, each in a fresh process',
        *disturbance(result['runs']),
    ]


def disturbance(runs):
    others = [run['others_cores'] for run in runs if run['others_cores'] is not None]
    if not others:
        return []
    return [f'- other programs kept {statistics.median(others):.2f} cores busy meanwhile'
            f' (median; at most {max(others):.2f})']


def table(result, ours, which):
    """The workloads on which this peer of ours is in question; nothing if there are none."""
    summary = {name: row for name, row in result['summary'].items()
               if WORKLOADS[name].ours == ours}
    if not summary:
        return []
    peers = [p for p in result['options']['peers'] if any(p in row for row in summary.values())]
    rivals = [r for r in WORKLOADS[next(iter(summary))].rivals if ours in peers and r in peers]
    head = ['workload', 'unit', 'better', *peers, *(f'**{ours} / {rival}**' for rival in rivals)]
    rows = [head, ['---'] * 3 + ['---:'] * (len(peers) + len(rivals))]
    for name, row in summary.items():
        workload = WORKLOADS[name]
        better = 'higher' if workload.higher_is_better else 'lower'
        for figure, unit in ((workload.figure, workload.unit), *workload.further):
            if not any(figure in of_peer for of_peer in row.values()):
                continue
            cells = [cell(row.get(peer, {}).get(figure), which) for peer in peers]
            found = [ratio(result['summary'], name, figure, rival, which) for rival in rivals]
            rows.append([name, unit, better, *cells,
                         *(f'**{short(r)}**' if r else '' for r in found)])
    return ['| ' + ' | '.join(row) + ' |' for row in rows] + ['']


def cell(figure, which):
    if not figure:
        return ''
    low, middle, high = (figure[which][name] for name in ('min', 'median', 'max'))
    return short(middle) if low == high else f'{short(middle)} ({short(low)}–{short(high)})'


def short(value):
    """Three digits: 4.13, 41.3, 413, 4.13k, 4.13M."""
    for size, suffix in ((1e6, 'M'), (1e3, 'k')):
        if value >= size:
            return short(value / size) + suffix
    return f'{value:.{2 if value < 10 else 1 if value < 100 else 0}f}'
