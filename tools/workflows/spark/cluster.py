"""A Spark cluster of a master and two workers on this machine, for tests and for measuring. Needs pyspark and Java."""
import contextlib
import glob
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

FOLDER = Path(__file__).resolve().parent


class Cluster:
    """A master and two workers of one core each on 127.0.0.1, which end with it, and all that they started."""

    def __init__(self, folder):
        import pyspark

        self.folder, self.home = folder, Path(os.environ.get("SPARK_HOME", Path(pyspark.__file__).parent))
        self.environment = os.environ | {
            "SPARK_HOME": str(self.home), "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_LOCAL_DIRS": str(folder / "local"),
            "PYSPARK_PYTHON": sys.executable, "SPARK_DAEMON_MEMORY": "256m"}
        self.started = {}

    def __enter__(self):
        try:
            listening = ["--host", "127.0.0.1", "--port", "0", "--webui-port", "0"]
            self.start("master", "org.apache.spark.deploy.master.Master", *listening)
            self.address = self.expect("master", r"(spark://127\.0\.0\.1:\d+)")
            self.workers = [
                self.start(name, "org.apache.spark.deploy.worker.Worker", *listening, "--cores", "1", "--memory", "1g",
                           "--work-dir", str(self.folder / name), self.address) for name in ("worker1", "worker2")]
            for name in ("worker1", "worker2"):
                self.expect(name, "Successfully registered with master")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for process in self.started.values():
            self.end(process.pid)
        for process in self.started.values():
            process.wait()

    def start(self, name, *arguments, program="spark-class"):
        with open(self.folder / f"{name}.log", "wb") as log:
            self.started[name] = subprocess.Popen(
                [str(self.home / "bin" / program), *arguments], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                env=self.environment)
        return self.started[name]

    def log(self, name):
        return (self.folder / f"{name}.log").read_text(errors="replace")

    def expect(self, name, pattern):
        """The words that a log has sooner or later."""
        return wait(lambda: re.search(pattern, self.log(name)), lambda: f"{name}: {self.log(name)[-2000:]}")[0]

    def submit(self, *arguments):
        settings = {"spark.ui.enabled": "false", "spark.driver.host": "127.0.0.1", "spark.executor.memory": "512m",
                    "spark.driver.memory": "512m"}
        options = [word for item in settings.items() for word in ("--conf", "=".join(item))]
        return self.start("job", "--master", self.address, *options, str(FOLDER / "label_fasta.py"), *map(str, arguments),
                          program="spark-submit")

    @staticmethod
    def end(process):
        """Kills a process that this started, and what it started. Children go on when their parents are gone: so they are
        looked up first, and each is known by the time of its start."""
        family = [(each, start_time(each)) for each in [process, *descendants(process)]]
        for each, started in family:
            if started and start_time(each) == started:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(each, signal.SIGKILL)


def wait(condition, told, seconds=90):
    """What the condition gives when it holds."""
    end = time.monotonic() + seconds
    while not (found := condition()):
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds} s: {told()}")
        time.sleep(0.05)
    return found


def children():
    """{process: its children}, of all processes here."""
    found = {}
    for path in glob.glob("/proc/[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = Path(path).read_text().rpartition(")")[2].split()
            found.setdefault(int(fields[1]), []).append(int(path.split("/")[2]))
    return found


def descendants(process):
    family, found = children(), [process]
    for each in found:
        found += family.get(each, [])
    return found[1:]


def start_time(process):
    """Tells a process from a later one of the same number; None when it is gone."""
    with contextlib.suppress(OSError):
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        return None if fields[0] in "ZX" else fields[19]
