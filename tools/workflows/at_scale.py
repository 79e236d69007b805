"""Labels a large file three ways and compares their bytes: in one run, in four shards of which two are killed and go on,
and on a Spark cluster of two workers.

    python3 tools/workflows/at_scale.py proteins.fasta scale/        with pyspark and Java; else the third way is left out

What a way took is kept in scale/measured.json as soon as it is done, and it is not done again. All of it uses two cores;
a million proteins take hours. The outputs stay in scale/.
"""
import argparse
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
PROJECT = FOLDER.parents[1]
SHARDS = 4
VICTIMS = 1, 2  # of the shards
sys.path.insert(0, str(FOLDER / "spark"))


def say(text):
    print(time.strftime("%H:%M:%S"), text, flush=True)


def digest(paths):
    """SHA-256 and number of bytes of files one after another."""
    found, size = hashlib.sha256(), 0
    for path in paths:
        with open(path, "rb") as file:
            for block in iter(lambda: file.read(1 << 22), b""):
                found.update(block)
                size += len(block)
    return {"sha256": found.hexdigest(), "bytes": size}


class Job:
    """A program that runs, and what it used: seconds of processors, and the most memory of any of its tries."""

    used, peak = 0.0, 0

    def __init__(self, *command):
        self.command = [str(word) for word in command]
        self.start()

    def start(self):
        self.process = subprocess.Popen(self.command)

    def wait(self):
        _, status, usage = os.wait4(self.process.pid, 0)
        self.process.returncode = os.waitstatus_to_exitcode(status)
        self.used += usage.ru_utime + usage.ru_stime
        self.peak = max(self.peak, usage.ru_maxrss * 1024)
        return self.process.returncode

    def end(self):
        if status := self.wait():
            sys.exit(f"at_scale.py: {self.command} ended with status {status}")

    def kill(self):
        """Ends it in the middle, as a machine that stops would."""
        self.process.kill()
        self.wait()


def one_run(strand, proteins, folder, _):
    job = Job(strand, "label", "--manifest", folder / "one.json", "-o", folder / "one.ssfa", proteins)
    job.end()
    return {"processors": job.used, "peak": job.peak}, [folder / "one.ssfa"]


def shards(strand, proteins, folder, measured):
    """Two at a time, of a thread each; the victims are killed when they are half done."""
    parts = [folder / f"part{k}.ssfa" for k in range(SHARDS)]
    jobs = {}
    for first in range(0, SHARDS, 2):
        pair = range(first, first + 2)
        for k in pair:
            jobs[k] = Job(strand, "label", "--threads", 1, "--shard", f"{k}/{SHARDS}", "--resume", "--manifest",
                          folder / f"part{k}.json", "-o", parts[k], proteins)
        victims = [k for k in pair if k in VICTIMS]
        time.sleep(measured["one run"]["seconds"] / SHARDS)
        for k in victims:
            if jobs[k].process.poll() is not None:
                sys.exit(f"at_scale.py: shard {k} was done before it could be killed")
            jobs[k].kill()
            say(f"shard {k} was killed, and goes on")
            jobs[k].start()
        for k in pair:
            jobs[k].end()
    started = time.monotonic()
    merge = Job(strand, "merge", "-o", folder / "merged.ssfa", *parts)
    merge.end()
    return {
        "processors": sum(job.used for job in jobs.values()) + merge.used,
        "peak": max(job.peak for job in [merge, *jobs.values()]), "merging": time.monotonic() - started,
    }, [folder / "merged.ssfa"]


class Watch(threading.Thread):
    """The most memory (resident, shared pages counted by each) that processes and what they start have at once, and the
    processor time of all that were seen."""

    def __init__(self, processes):
        super().__init__(daemon=True)
        self.processes, self.peak, self.times, self.ended = processes, 0, {}, threading.Event()

    def run(self):
        from cluster import descendants, start_time

        page, tick = os.sysconf("SC_PAGE_SIZE"), os.sysconf("SC_CLK_TCK")
        while not self.ended.wait(1):
            resident = 0
            for process in {each for first in self.processes() for each in [first, *descendants(first)]}:
                try:
                    resident += int(Path(f"/proc/{process}/statm").read_text().split()[1]) * page
                    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
                    self.times[process, start_time(process)] = (int(fields[11]) + int(fields[12])) / tick
                except OSError:
                    continue
            self.peak = max(self.peak, resident)


def spark(strand, proteins, folder, _):
    from cluster import Cluster

    output, work = folder / "spark", folder / "cluster"
    for each in output, work:
        shutil.rmtree(each, ignore_errors=True)
    work.mkdir()
    with Cluster(work) as cluster:
        watch = Watch(lambda: [process.pid for process in list(cluster.started.values())])
        watch.start()
        job = cluster.submit("--strand", strand, "--fasta", output, "--threads", "1", proteins)
        status = job.wait()
        watch.ended.set()
        watch.join()
        if status:
            sys.exit(f"at_scale.py: the job ended with status {status}:\n{cluster.log('job')[-3000:]}")
    return {"processors": sum(watch.times.values()), "peak": watch.peak}, sorted(output.glob("part-*"))


WAYS = {"one run": one_run, "four shards, two killed": shards, "Spark, two workers": spark}


def table(measured):
    """Markdown; the residues are those of the manifest of the one run."""
    lines = ["| way | time | residues/s | processors | peak memory | bytes | SHA-256 |", "|---|---|---|---|---|---|---|"]
    for way, found in measured.items():
        if way != "input":
            lines.append(
                f"| {way} | {found['seconds'] / 60:.1f} min | {measured['input']['residues'] / found['seconds']:,.0f} |"
                f" {found['processors'] / 60:.1f} min | {found['peak'] / 1e6:,.0f} MB | {found['bytes']:,} |"
                f" `{found['sha256'][:16]}` |")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("proteins", type=Path, help="FASTA, plain or .gz")
    parser.add_argument("folder", type=Path, help="where labels and measurements go")
    parser.add_argument("--strand", type=Path, default=PROJECT / ".build/release/strand", help="the program")
    options = parser.parse_args()
    strand, proteins, folder = (path.resolve() for path in (options.strand, options.proteins, options.folder))
    folder.mkdir(parents=True, exist_ok=True)
    notes = folder / "measured.json"
    measured = json.loads(notes.read_text()) if notes.exists() else {}
    have_spark = importlib.util.find_spec("pyspark") is not None and shutil.which("java") is not None
    for way, take in WAYS.items():
        if way in measured:
            continue
        if take is spark and not have_spark:
            say("Spark is left out: pyspark and java are needed")
            continue
        say(way)
        started = time.monotonic()
        found, outputs = take(strand, proteins, folder, measured)
        measured[way] = {"seconds": time.monotonic() - started} | found | digest(outputs)
        if take is one_run:
            manifest = json.loads((folder / "one.json").read_text())
            measured["input"] = {"records": manifest["records"], "residues": manifest["symbols"]}
        (folder / "measured.part").write_text(json.dumps(measured, indent=1))
        os.replace(folder / "measured.part", notes)
    print(f"{measured['input']['records']:,} chains, {measured['input']['residues']:,} residues\n\n{table(measured)}")
    if len({found["sha256"] for way, found in measured.items() if way != "input"}) != 1:
        sys.exit("at_scale.py: the bytes differ")


if __name__ == "__main__":
    main()
