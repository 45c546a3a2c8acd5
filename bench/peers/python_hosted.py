"""Locks, queues, counters and objects that processes have in common, as bench/hosted measures them.

usage: python_hosted.py WORK PEER OPERATIONS REPETITIONS WORKERS

PEER is manager, for what multiprocessing.Manager serves, or multiprocessing, for what needs no server.
Prints the operations a second of each repetition. The work is described in bench/README.md.
"""

import multiprocessing
import sys
import time
from multiprocessing.managers import BaseManager

CONTEXT = multiprocessing.get_context("fork")


class Clicker:
    def __init__(self):
        self.count = 0

    def click(self):
        self.count += 1
        return self.count


class ClickerManager(BaseManager):
    pass


ClickerManager.register("Clicker", Clicker)


def lock(guard, number, times):
    for _ in range(times):
        with guard:
            number.value += 1


def produce(queue, times):
    for i in range(times):
        queue.put(i)


def consume(queue, total, times):
    number = 0
    for _ in range(times):
        number += queue.get()
    total.value = number


def count(number, times):
    for _ in range(times):
        with number.get_lock():
            number.value += 1


def call(clicker, number, times):
    for _ in range(times):
        number.value = clicker.click()


def course(work, maker, number, times, workers):
    """What each worker is to do, and what the number should be then."""
    if work == "lock-contended":
        return [(lock, maker.Lock(), number, times)] * workers, workers * times
    if work == "lock":
        return [(lock, maker.Lock(), number, times)], times
    if work == "queue":
        queue = maker.Queue(100)
        return [(produce, queue, times), (consume, queue, number, times)], times * (times - 1) // 2
    if work == "counter":
        return [(count, number, times)], times
    if work == "call":
        return [(call, maker.Clicker(), number, times)], times
    sys.exit(f"no work is named {work}")


def repeat(job, start, spans, repetitions):
    function, *arguments = job
    for _ in range(repetitions):
        start.wait()
        begin = time.monotonic()
        function(*arguments)
        spans.put((begin, time.monotonic()))


def measure(work, maker, times, repetitions, workers):
    number = CONTEXT.Value("q") if work == "counter" else CONTEXT.RawValue("q")
    jobs, expected = course(work, maker, number, times, workers)
    start, spans = CONTEXT.Barrier(len(jobs) + 1), CONTEXT.SimpleQueue()
    for job in jobs:
        CONTEXT.Process(target=repeat, args=(job, start, spans, repetitions), daemon=True).start()
    for repetition in range(1, repetitions + 1):
        number.value = 0
        start.wait()
        begins, ends = zip(*(spans.get() for _ in jobs))
        clicks = repetition if work == "call" else 1  # the object is the same in all repetitions
        if number.value != expected * clicks:
            sys.exit(f"{work} came to {number.value}, not to {expected * clicks}")
        operations = times * len(jobs) if work == "lock-contended" else times
        print(operations / (max(ends) - min(begins)), flush=True)


def main():
    work, peer = sys.argv[1:3]
    times, repetitions, workers = (int(argument) for argument in sys.argv[3:])
    if peer == "multiprocessing":
        measure(work, CONTEXT, times, repetitions, workers)
        return
    with ClickerManager(ctx=CONTEXT) if work == "call" else CONTEXT.Manager() as manager:
        measure(work, manager, times, repetitions, workers)


if __name__ == "__main__":
    main()
