"""The workloads: what each measures and which way is better. README.md describes them."""
from typing import NamedTuple, Optional


class Workload(NamedTuple):
    figure: str  # the headline among the figures that the peers print
    unit: str
    higher_is_better: bool
    repetitions: int = 10
    baseline: Optional[str] = None  # the workload of other peers to compare with, if another


WORKLOADS = {
    'first': Workload('ms', 'ms', False),
    'roundtrip': Workload('p50_us', 'µs, p50', False),
    'roundtrip_idle': Workload('p50_us', 'µs, p50', False),
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
    'memory': Workload('pss_mib', 'MiB', False, repetitions=1),
}
