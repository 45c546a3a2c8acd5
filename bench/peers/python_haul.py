"""Squares numbers through Pool.imap and adds them up, as bench/haul does.

usage: python_haul.py ITEMS WORKERS CHUNK

Prints the rate, items a second, and the sum.
"""

import multiprocessing
import sys
import time


def square(n):
    return n * n


def main():
    items, workers, chunk = (int(argument) for argument in sys.argv[1:])
    with multiprocessing.Pool(workers) as pool:
        pool.map(square, range(1_000))
        begin = time.perf_counter()
        total = sum(pool.imap(square, range(items), chunk))
        print(items / (time.perf_counter() - begin), total)


if __name__ == "__main__":
    main()
