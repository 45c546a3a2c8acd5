"""An array of doubles given to the workers of a multiprocessing.Pool, as an argument and as shared_memory.

usage: python_share.py MIB WORKERS

Prints one figure a line, its name first. What grows with the array is in it: the caller extrapolates.
"""

import array
import multiprocessing
import os
import sys
import time
from multiprocessing import shared_memory


def pss(pid):
    with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as lines:
        return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def add_argument(numbers):
    result = sum(numbers), os.getpid(), pss(os.getpid())
    return result


def add_shared(name_and_count):
    name, count = name_and_count
    memory = shared_memory.SharedMemory(name)
    numbers = memory.buf.cast("d")
    result = sum(numbers[:count]), os.getpid(), pss(os.getpid())
    numbers.release()
    memory.close()
    return result


def measure(what, context, workers, function, argument):
    with context.Pool(workers) as pool:
        pool.map(abs, range(workers), 1)
        begin = time.perf_counter()
        results = pool.map(function, [argument] * workers, 1)
        seconds = time.perf_counter() - begin
        resident = pss(os.getpid()) + sum({pid: memory for _, pid, memory in results}.values())
    print(f"{what}, all add all up, s {seconds}")
    print(f"{what}, resident in all while adding, MiB {resident}")


def main():
    mib, workers = int(sys.argv[1]), int(sys.argv[2])
    count = mib << 17
    context = multiprocessing.get_context("spawn")
    numbers = array.array("d", [float(i % 1024) for i in range(1024)]) * (count // 1024)
    measure("Pool.map with the array", context, workers, add_argument, numbers)
    memory = shared_memory.SharedMemory(create=True, size=count * 8)
    try:
        view = memory.buf.cast("d")
        view[:] = memoryview(numbers)
        view.release()
        del numbers
        measure("shared_memory", context, workers, add_shared, (memory.name, count))
    finally:
        memory.close()
        memory.unlink()


if __name__ == "__main__":
    main()
