"""Measures `strand serve`: the rate of labelling beside that of `strand label`, latency, and throughput.

    python3 load.py .build/release/strand [proteome.fasta] [--ink lines.jsonl.gz]

Without a proteome 4,000 random chains of 325 residues are labelled. Clients and server share the machine's processors.
"""

import argparse
import gzip
import http.client
import json
import pathlib
import random
import resource
import statistics
import subprocess
import tempfile
import threading
import time

from serving import EXAMPLES, Server, chains

CLIENTS = 20
RATES = 10, 40  # requests a second, of all clients together


def through_server(server, proteome):
    """Seconds until the answer to one request was read, and of processors the server took."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=600)
    start, used = time.monotonic(), server.processor_seconds
    connection.request("POST", "/v1/label?format=fasta", proteome)
    answer = connection.getresponse()
    assert answer.status == 200, answer.read()
    while answer.read(1 << 20):
        pass
    connection.close()
    return time.monotonic() - start, server.processor_seconds - used


def through_program(program, path):
    def used():
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime

    start, before = time.monotonic(), used()
    command = [program, "label", "--format", "fasta", "-o", "/dev/null", path]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    return time.monotonic() - start, used() - before


def rate(program, proteome, times):
    residues = sum(len(line) for line in proteome.split(b"\n") if not line.startswith(b">"))
    with tempfile.NamedTemporaryFile(suffix=".fasta") as file, Server(program, "--quiet") as server:
        file.write(proteome)
        file.flush()
        through_server(server, chains(10, 300))
        pairs = [(through_program(program, file.name), through_server(server, proteome)) for _ in range(times)]
        memory = server.peak
    print(f"proteome of {residues:,} residues, medians of {times}, in turn")
    for index, name in enumerate(("strand label", "one request")):
        seconds, processors = (statistics.median(pair[index][of] for pair in pairs) for of in (0, 1))
        print(f"  {name:14} {seconds:7.1f} s  {residues / seconds:9,.0f} residues/s  {processors:7.1f} s of processors")
    for of, name in enumerate(("time", "processors")):
        ratios = [100 * label[of] / request[of] for label, request in pairs]
        each = ", ".join(f"{ratio:.0f}" for ratio in ratios)
        print(f"  ratio of {name:10} {statistics.median(ratios):4.0f} %  (each: {each}; target 85)")
    print(f"  peak of the server's memory {memory} MB", flush=True)


def clients(server, path, bodies, seconds, pause):
    """Latencies in ms of all requests of several clients, each on its own connection."""
    latencies, faults = [], []
    end = time.monotonic() + seconds

    def run(index):
        pick = random.Random(index)
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        time.sleep(pick.uniform(0, pause))
        while time.monotonic() < end:
            body = pick.choice(bodies)
            start = time.monotonic()
            connection.request("POST", path, body)
            answer = connection.getresponse()
            answer.read()
            latencies.append(1_000 * (time.monotonic() - start))
            if answer.status != 200:
                faults.append(answer.status)
            time.sleep(pick.uniform(0.5, 1.5) * pause)
        connection.close()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults, faults
    return sorted(latencies)


def latency(server, name, path, bodies, seconds, target):
    for title, pause in [(f"{rate}/s", CLIENTS / rate) for rate in RATES] + [("no pause", 0)]:
        runs = [clients(server, path, bodies, seconds, pause) for _ in range(3)]
        p50, p95, p99 = (statistics.median(run[int(len(run) * part)] for run in runs) for part in (0.5, 0.95, 0.99))
        throughput = statistics.median(len(run) for run in runs) / seconds
        wanted = f"  target p95 {target}" if pause else ""
        print(f"  {name:22}  {title:>8}  {p50:7.1f}  {p95:7.1f}  {p99:7.1f}  {throughput:8.0f}{wanted}", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("proteome", nargs="?", help="FASTA, plain or gzip")
    parser.add_argument("--ink", default=EXAMPLES / "handwriting.jsonl.gz", help="lines of ink")
    parser.add_argument("--times", type=int, default=3, help="of labelling the proteome each way; 0: none")
    parser.add_argument("--seconds", type=float, default=5, help="of each of three runs of clients")
    arguments = parser.parse_args()
    proteome = pathlib.Path(arguments.proteome).read_bytes() if arguments.proteome else chains(4_000, 325)
    if proteome.startswith(b"\x1f\x8b"):
        proteome = gzip.decompress(proteome)
    if arguments.times:
        rate(arguments.program, proteome, arguments.times)
    proteins = [chains(1, 300, seed) for seed in range(20)]
    lines = gzip.decompress(pathlib.Path(arguments.ink).read_bytes()).splitlines()[:50]
    ink = [json.dumps({"strokes": json.loads(line)["strokes"]}).encode() for line in lines]
    print(f"{CLIENTS} clients: ms, medians of three runs")
    print(f"  {'':22}  {'requests':>8}      p50      p95      p99  requests/s")
    with Server(arguments.program, "--quiet") as server:
        clients(server, "/v1/label", proteins, 1, 0)
        latency(server, "protein, 300 residues", "/v1/label", proteins, arguments.seconds, 20)
        latency(server, "line of ink", "/v1/read", ink, arguments.seconds, 40)
        latency(server, "line of ink, lm=true", "/v1/read?lm=true", ink, arguments.seconds, 40)
