#!/usr/bin/env python3
"""Runs one workload on one process pool for Python, several times.

usage: python_pools.py PEER WORKLOAD REPETITIONS WORKERS
peers: mp-fork mp-spawn mp-forkserver executor, of the standard library
       loky billiard pebble, where they are installed

Prints one JSON object a repetition. A wrong result ends it with a traceback and status 1.
The clock stops when all results are there; they are checked after that.
"""
import json
import math
import os
import statistics
import sys
import time
import zlib

MIB = 1 << 20
# These send one message an item unless told otherwise: fewer items do there.
ONE_BY_ONE = ('executor', 'loky', 'pebble')


def square(n):
    return n * n


def length(blob):
    return len(blob)


def same(value):
    return value


def nap(ms):
    time.sleep(ms / 1000)
    return ms


def primes_below(n):
    """CPU-bound, without allocation worth naming: trial division."""
    count = 0
    for i in range(2, n):
        j = 2
        while j * j <= i:
            if i % j == 0:
                break
            j += 1
        else:
            count += 1
    return count


def upper(text):
    return text.upper()


def remainder(n):
    return n % 1_000_003


def doubled(order):
    customer, lines = order
    return customer, [(article, 2 * count, price) for article, count, price in lines]


# The second set of inputs: items, function, chunk (None: the pool's own), MiB if it is counted so.
LETTERS = 'abcdefghijklmnopqrstuvwxyz' * 3
SMALLS, SMALL = 20_000, 4 << 10
SECOND = {
    'each_strings': lambda: (
        [f'{i}{LETTERS}'[:10 + i % 51] for i in range(20_000)], upper, 1, None),
    'bulk_doubles': lambda: ([i * .5 for i in range(1_000_000)], math.sqrt, None, None),
    'stream_longs': lambda: ([i << 20 for i in range(1_000_000)], remainder, 2_000, None),
    'records_nested': lambda: (
        [(f'customer-{i % 997}', [(f'article-{n}', n, n * .25) for n in range(1 + i % 5)])
         for i in range(20_000)], doubled, 200, None),
    'payload_small': lambda: (
        [os.urandom(SMALL) for _ in range(SMALLS)], zlib.crc32, 1, SMALLS * SMALL / MIB),
}


class MultiprocessingPool:
    def __init__(self, pool):
        self.pool = pool

    def apply(self, function, item):
        return self.pool.apply(function, (item,))

    def map(self, function, items, chunk=None):
        return self.pool.map(function, items, chunk)

    def imap(self, function, items, chunk):
        return self.pool.imap(function, items, chunk)

    def pids(self):
        return [process.pid for process in self.pool._pool]

    def close(self):
        self.pool.terminate()
        self.pool.join()


class Executor:
    def __init__(self, executor):
        self.executor = executor

    def apply(self, function, item):
        return self.executor.submit(function, item).result()

    def map(self, function, items, chunk=1):
        return list(self.executor.map(function, items, chunksize=chunk))

    def imap(self, function, items, chunk):
        return self.executor.map(function, items, chunksize=chunk)

    def pids(self):
        return list(self.executor._processes)

    def close(self):
        self.executor.shutdown()


class Pebble:
    def __init__(self, workers):
        from pebble import ProcessPool
        self.pool = ProcessPool(max_workers=workers)

    def apply(self, function, item):
        return self.pool.schedule(function, args=(item,)).result()

    def map(self, function, items, chunk=1):
        return list(self.imap(function, items, chunk))

    def imap(self, function, items, chunk):
        return self.pool.map(function, items, chunksize=chunk).result()

    def pids(self):
        return list(self.pool._pool_manager.worker_manager.workers)

    def close(self):
        self.pool.stop()
        self.pool.join()


def open_peer(name, workers):
    if name == 'executor':
        from concurrent.futures import ProcessPoolExecutor
        return Executor(ProcessPoolExecutor(workers))
    if name == 'loky':
        from joblib.externals import loky
        return Executor(loky.ProcessPoolExecutor(workers))
    if name == 'pebble':
        return Pebble(workers)
    if name == 'billiard':
        import billiard
        return MultiprocessingPool(billiard.Pool(workers))
    import multiprocessing
    return MultiprocessingPool(multiprocessing.get_context(name.removeprefix('mp-')).Pool(workers))


def timed(run):
    start = time.perf_counter()
    result = run()
    return time.perf_counter() - start, result


def check(expected, actual):
    if expected != actual:
        raise AssertionError(f'expected {expected!r:.100}, got {actual!r:.100}')


def check_squares(count, results):
    check(count, len(results))
    check((count - 1) * count * (2 * count - 1) // 6, sum(results))


class Workloads:
    """A method a workload; all but `first` on a pool that is open and has run 1,000 items."""

    def __init__(self, peer, workers):
        self.peer = peer
        self.workers = workers
        self.pool = None
        self.batch = None

    def open(self, workload):
        if workload == 'first':
            return
        self.pool = open_peer(self.peer, self.workers)
        if workload != 'memory':
            check_squares(1_000, self.pool.map(square, range(1_000), 10))
        if workload in SECOND:
            self.batch = SECOND[workload]()

    def run(self, workload):
        return self.second(workload) if self.batch else getattr(self, workload)()

    def close(self):
        if self.pool:
            self.pool.close()

    def first(self):
        def open_and_map():
            pool = open_peer(self.peer, self.workers)
            return pool, pool.map(square, range(2), 1)

        times = []
        for _ in range(5):
            seconds, (pool, squares) = timed(open_and_map)
            pool.close()
            check([0, 1], squares)
            times.append(seconds)
        return {'ms': statistics.median(times) * 1e3}

    def roundtrip(self):
        return self.latencies(2_000, 0)

    def roundtrip_idle(self):
        return self.latencies(200, .01)

    def latencies(self, calls, pause):
        times = []
        for i in range(calls):
            if pause:
                time.sleep(pause)
            seconds, result = timed(lambda: self.pool.apply(square, i))
            check(i * i, result)
            times.append(seconds)
        times.sort()
        return {'p50_us': times[calls // 2] * 1e6, 'p99_us': times[calls * 99 // 100] * 1e6}

    def each(self):
        seconds, squares = timed(lambda: self.pool.map(square, range(20_000), 1))
        check_squares(20_000, squares)
        return {'items_per_s': 20_000 / seconds}

    def bulk(self):
        count = 20_000 if self.peer in ONE_BY_ONE else 1_000_000
        seconds, squares = timed(lambda: self.pool.map(square, range(count)))
        check_squares(count, squares)
        return {'items_per_s': count / seconds}

    def stream(self):
        count = 200_000
        seconds, total = timed(lambda: sum(self.pool.imap(square, range(count), 100)))
        check((count - 1) * count * (2 * count - 1) // 6, total)
        return {'items_per_s': count / seconds}

    def records(self):
        rows = [(f'row-{i}', i, (i * .5, i * .25, 1.0)) for i in range(100_000)]
        seconds, back = timed(lambda: self.pool.map(same, rows, 500))
        check(True, rows == back)
        return {'items_per_s': len(rows) / seconds}

    def payload(self):
        blobs = [os.urandom(MIB)] * 200
        seconds, lengths = timed(lambda: self.pool.map(length, blobs, 1))
        check([MIB] * 200, lengths)
        return {'mib_per_s': 200 / seconds}

    def echo(self):
        blob = os.urandom(64 * MIB)
        seconds, back = timed(lambda: [self.pool.apply(same, blob) for _ in range(3)])
        check(True, all(blob == b for b in back))
        return {'mib_per_s': 3 * 2 * 64 / seconds}

    def cpu(self):
        sizes = [20_000] * 32
        serial, expected = timed(lambda: [primes_below(n) for n in sizes])
        parallel, counts = timed(lambda: self.pool.map(primes_below, sizes, 1))
        check([2_262] * 32, expected)
        check([2_262] * 32, counts)
        return {'speed_up': serial / parallel, 'of_ideal': serial / parallel / self.workers}

    def skew(self):
        naps = [200] * 4 + [2] * 200
        seconds, back = timed(lambda: self.pool.map(nap, naps))
        check(naps, back)
        return {'of_ideal': sum(naps) / 1e3 / self.workers / seconds}

    def second(self, workload):
        items, function, chunk, mib = self.batch
        if workload == 'bulk_doubles' and self.peer in ONE_BY_ONE:
            items = items[:20_000]
        mapped = self.pool.imap if workload == 'stream_longs' else self.pool.map
        arguments = (function, items) if chunk is None else (function, items, chunk)
        seconds, results = timed(lambda: list(mapped(*arguments)))
        check(True, results == [function(item) for item in items])
        return {'mib_per_s': mib / seconds} if mib else {'items_per_s': len(items) / seconds}

    def memory(self):
        check_squares(100, self.pool.map(square, range(100), 1))
        pids = self.pool.pids()
        return {'pss_mib': statistics.mean(kib(pid, 'Pss:') for pid in pids) / 1024,
                'pss_anon_mib': statistics.mean(kib(pid, 'Pss_Anon:') for pid in pids) / 1024}


def kib(pid, name):
    with open(f'/proc/{pid}/smaps_rollup') as rollup:
        return next(int(line.split()[1]) for line in rollup if line.startswith(name))


def main():
    peer, workload, repetitions, workers = sys.argv[1:]
    workloads = Workloads(peer, int(workers))
    workloads.open(workload)
    try:
        for _ in range(int(repetitions)):
            print(json.dumps(workloads.run(workload)), flush=True)
    finally:
        workloads.close()


if __name__ == '__main__':
    main()
