"""The workloads: what each measures and which way is better. README.md describes them."""
from typing import NamedTuple, Optional, Tuple


class Workload(NamedTuple):
    figure: str  # the headline among the figures that the peers print
    unit: str
    higher_is_better: bool
    repetitions: int = 10
    baseline: Optional[str] = None  # the workload of other peers to compare with, if another
    further: Tuple[Tuple[str, str], ...] = ()  # more figures and their units, the same way better
    ours: str = 'mitosis'  # the peer in question, and whom it is compared with
    rivals: Tuple[str, ...] = ('mp-fork', 'floor')


P99 = (('p99_us', 'µs, p99'),)
START = (('hello_ms', 'ms, hello'), ('worker_cpu_ms', 'ms of CPU'))
COMMAND = {'ours': 'mitosis-map', 'rivals': ('gnu-parallel', 'gnu-parallel-blocks')}

WORKLOADS = {
    'first': Workload('ms', 'ms', False, further=START),
    'roundtrip': Workload('p50_us', 'µs, p50', False, further=P99),
    'roundtrip_idle': Workload('p50_us', 'µs, p50', False, further=P99),
    'each': Workload('items_per_s', 'items/s', True),
    'bulk': Workload('items_per_s', 'items/s', True),
    'bulk_range': Workload('items_per_s', 'items/s', True, baseline='bulk'),
    'map_to_long': Workload('items_per_s', 'items/s', True, baseline='bulk'),
    'stream': Workload('items_per_s', 'items/s', True),
    'records': Workload('items_per_s', 'items/s', True),
    'payload': Workload('mib_per_s', 'MiB/s', True),
    'echo': Workload('mib_per_s', 'MiB/s', True),
    'cpu': Workload('of_ideal', 'of ideal', True),
    'skew': Workload('of_ideal', 'of ideal', True),
    'memory': Workload('pss_mib', 'MiB', False, repetitions=1,
                       further=(('pss_anon_mib', 'MiB, anonymous'),)),
}
# Other inputs for what a workload of the first set measures; its targets hold for them, too.
SECOND = {
    'each_strings': 'each',
    'bulk_doubles': 'bulk',
    'stream_longs': 'stream',
    'records_nested': 'records',
    'payload_small': 'payload',
}
WORKLOADS.update({second: WORKLOADS[first] for second, first in SECOND.items()})
WORKLOADS.update({
    'command': Workload('lines_per_s', 'lines/s', True, repetitions=3, **COMMAND),
    'command_long': Workload('lines_per_s', 'lines/s', True, repetitions=3, **COMMAND),
})

# Names for several, for --only.
SETS = {'second': tuple(SECOND), 'commands': ('command', 'command_long')}
