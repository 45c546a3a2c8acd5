"""What was measured, and on what: the facts without which a figure says nothing."""
import os
import platform
import re
import subprocess
from pathlib import Path


def facts(options):
    return {
        'commit': git('rev-parse', '--short', 'HEAD'),
        'changed': bool(git('status', '--porcelain', '--untracked-files=no')),
        'machine': {'cpu': cpu(), 'cores': cores(), 'memory_mib': memory_mib()},
        'kernel': f'{platform.system()} {platform.release()}',
        'jdk': first_line(options.java, '-version'),
        'python': first_line(options.python, '--version'),
    }


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
