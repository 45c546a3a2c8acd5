"""From raw figures to medians, ratios and tables."""
import statistics

from workloads import WORKLOADS

MITOSIS, RIVAL, FLOOR = 'mitosis', 'mp-fork', 'floor'


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


def ratios(summary, rival=RIVAL):
    """{workload: {which: mitosis / rival}}, by the medians of the headline figure."""
    found = {}
    for name, workload in WORKLOADS.items():
        ours = summary.get(name, {}).get(MITOSIS)
        theirs = summary.get(workload.baseline or name, {}).get(rival)
        if ours and theirs:
            found[name] = {
                which: round(median / theirs[workload.figure][which]['median'], 3)
                for which, median in medians(ours[workload.figure])}
    return found


def medians(figure):
    return [(which, values['median']) for which, values in figure.items()]


def to_markdown(result):
    peers = [p for p in result['options']['peers']
             if any(p in row for row in result['summary'].values())]
    lines = ['# Side by side', '', *facts(result), '']
    for title, which in (('Tenth repetition', 'tenth_rep'), ('First repetition', 'first_rep')):
        lines += [f'## {title}', '', *table(result, peers, which), '']
    lines += ['Medians over the rounds (smallest to largest). Of the ratios more than 1 is'
              ' better where higher is better, less than 1 where lower is. `bulk_range` and'
              ' `map_to_long` are compared with `bulk` of the others; `executor`, `loky`'
              ' and `pebble` run `bulk` over 20,000 items, and the others over 1,000,000. `memory` is measured once a round.']
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


def table(result, peers, which):
    compared = {rival: ratios(result['summary'], rival) for rival in (RIVAL, FLOOR)
                if rival in peers}
    head = ['workload', 'unit', 'better', *peers,
            *(f'**{MITOSIS} / {rival}**' for rival in compared)]
    rows = [head, ['---'] * 3 + ['---:'] * (len(peers) + len(compared))]
    for name, row in result['summary'].items():
        workload = WORKLOADS[name]
        found = [of_rival.get(name) for of_rival in compared.values()]
        better = 'higher' if workload.higher_is_better else 'lower'
        cells = [cell(row[p][workload.figure][which]) if p in row else '' for p in peers]
        rows.append([name, workload.unit, better, *cells,
                     *(f'**{short(ratio[which])}**' if ratio else '' for ratio in found)])
    return ['| ' + ' | '.join(row) + ' |' for row in rows]


def cell(figure):
    if figure['min'] == figure['max']:
        return short(figure['median'])
    return f"{short(figure['median'])} ({short(figure['min'])}–{short(figure['max'])})"


def short(value):
    """Three digits: 4.13, 41.3, 413, 4.13k, 4.13M."""
    for size, suffix in ((1e6, 'M'), (1e3, 'k')):
        if value >= size:
            return short(value / size) + suffix
    return f'{value:.{2 if value < 10 else 1 if value < 100 else 0}f}'
