"""What was measured, and on what: the facts without which a figure says nothing."""
import os
import platform
import re
import resource
import subprocess
import time
from pathlib import Path


def facts(options):
    return {
        'commit': git('rev-parse', '--short', 'HEAD'),
        'changed': bool(git('status', '--porcelain', '--untracked-files=no')),
        **platform_facts(options),
        'python': first_line(options.python, '--version'),
    }


def platform_facts(options):
    return {
        'date': time.strftime('%Y-%m-%d', time.gmtime()),
        'machine': {'cpu': cpu(), 'cores': cores(), 'memory_mib': memory_mib()},
        'kernel': f'{platform.system()} {platform.release()}',
        'jdk': first_line(options.java, '-version'),
    }


class Others:
    """How many cores others kept busy while a child of this process ran; None if unknown."""

    def __init__(self):
        self.start, self.busy, self.own = time.monotonic(), busy_seconds(), child_seconds()

    def cores(self):
        if self.busy is None:
            return None
        foreign = busy_seconds() - self.busy - (child_seconds() - self.own)
        return round(max(0, foreign / (time.monotonic() - self.start)), 2)


def busy_seconds():
    ticks = match('/proc/stat', r'cpu +(.*)')
    if not ticks:
        return None
    user, nice, system, _idle, _wait, *irqs = map(int, ticks.split()[:8])
    return (user + nice + system + sum(irqs)) / os.sysconf('SC_CLK_TCK')


def child_seconds():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def git(*args):
    here = Path(__file__).parent
    result = subprocess.run(['git', *args], cwd=here, capture_output=True, text=True, check=False)
    return result.stdout.strip() or ('' if result.returncode == 0 else 'unknown')


def first_line(*command):
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    return (result.stdout or result.stderr).splitlines()[0]


def cpu():
    return match('/proc/cpuinfo', r'model name\s*: (.*)') or platform.processor()


def cores():
    return len(os.sched_getaffinity(0)) if hasattr(os, 'sched_getaffinity') else os.cpu_count()


def memory_mib():
    kib = match('/proc/meminfo', r'MemTotal:\s*(\d+) kB')
    return int(kib) // 1024 if kib else None


def match(file, pattern):
    try:
        found = re.search(pattern, Path(file).read_text())
    except OSError:
        return None
    return found and found.group(1)
