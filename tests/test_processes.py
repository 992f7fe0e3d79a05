"""Processes that take a part of the work end with the one that has it."""

import subprocess
import sys
import time

import psutil

SLEEPERS = """
import time
from bilateral.processes import pool
if __name__ == "__main__":
    with pool(2) as processes:
        for _ in range(2):
            processes.submit(time.sleep, 60)
        print("begun", flush=True)
"""


def test_a_killed_process_leaves_none_of_its_helpers_behind() -> None:
    with subprocess.Popen([sys.executable, "-c", SLEEPERS], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        while len(helpers := psutil.Process(process.pid).children(recursive=True)) < 3:  # and the tracker of resources
            time.sleep(0.05)
        time.sleep(1)  # their tasks have begun
        process.kill()
        assert not psutil.wait_procs(helpers, timeout=10)[1]
