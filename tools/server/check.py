"""Checks `strand serve`: its answers, refusals, behaviour under load and while stopping, memory and metrics.

    python3 check.py .build/release/strand [--only answers,refusals]

Starts servers of its own on free ports of this machine. Every failed check is printed; the exit status is then 1.
"""

import argparse
import gzip
import http.client
import json
import re
import signal
import socket
import statistics
import struct
import subprocess
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from refused import BYTES, DOT, REQUESTS, TINY
from serving import EXAMPLES, Server, chains, get, post

FORMATS = ["fasta", "blocks", "tsv", "summary", "jsonl", "ss2", "horiz", "netsurfp", "gff3", "bed", "stockholm", "jalview"]
FORMATS += ["jalview-features"]
MEMORY = 400  # MB
failures = []


def check(name, is_right, seen=""):
    if not is_right:
        failures.append(name)
        print(f"FAILED  {name}: {seen if isinstance(seen, str) else repr(seen)[:300]}", flush=True)


def alive(server):
    status = server.process.poll()
    check("no crash", status is None, f"exit status {status}: {server.log[-1]}")


def answers(program):
    def run(*arguments):
        result = subprocess.run([program, *arguments], check=False, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        return result.stdout if result.returncode == 0 else None

    fasta = EXAMPLES / "proteins.fasta"
    body = fasta.read_bytes()
    with Server(program, "--quiet") as server:
        for query, options in ("", []), ("&states=8", ["--states", "8"]), ("&task=disorder", ["--task", "disorder"]):
            for name in FORMATS:
                expected = run("label", *options, "--format", name, str(fasta))
                status, _, answer = server.ask(f"/v1/label?format={name}{query}", body)
                right = status == 400 if expected is None else (status, answer) == (200, expected)
                check(f"format={name}{query} as the program", right, (status, answer[:100]))
        check("gzip", server.ask("/v1/label?format=tsv", gzip.compress(body))[2] == run("label", "--format", "tsv", fasta))

        rows = [b"MKTAYIAKQRQISFVKSHFSRQ", b"MKSAYIAKaaQRQISFVK--FSRQ", b"M-TGYLAKQRHISFIKAHFSRE", b"-RTAYIARQRQVSFVKSHYSK-"]
        alignment = b"".join(b">r%d\n%s\n" % row for row in enumerate(rows))
        with tempfile.NamedTemporaryFile(suffix=".a3m") as file:
            file.write(alignment)
            file.flush()
            expected = run("label", "--alignments", "--format", "jsonl", file.name)
        for query in "?task=profile", "":
            status, _, answer = server.ask("/v1/label" + query, alignment)
            check(f"a3m{query} as the program", (status, answer) == (200, expected), (status, answer[:200], expected))

        lines = run("label", "--format", "jsonl", fasta)
        wanted = [json.loads(line) for line in lines.splitlines()]
        status, headers, answer = server.ask("/v1/label", body, Accept="application/json")
        check("an array", headers["Content-Type"] == "application/json" and json.loads(answer) == wanted, answer[:200])
        asked = {"sequences": [{"id": chain["header"], "sequence": chain["sequence"]} for chain in wanted]}
        status, _, answer = server.ask("/v1/label", json.dumps(asked), Content_Type="application/json; charset=utf-8")
        check("JSON in and out", status == 200 and json.loads(answer) == wanted, (status, answer[:200]))
        for accept, type in (
            ("text/tab-separated-values;q=0.5, text/x-fasta;q=0.9", "text/x-fasta"),
            ("application/*", "application/jsonl"),
            ("application/jsonl;q=0, */*", "application/json"),
            ("text/html, */*;q=0.1", "application/jsonl"),
            ("application/x-ndjson", "application/x-ndjson"),
            ("image/png", "application/problem+json"),
        ):
            seen = server.ask("/v1/label", TINY, Accept=accept)[1]["Content-Type"]
            check(f"Accept: {accept}", seen.split(";")[0] == type, seen)
        repairs = server.ask("/v1/label", b">a\nMKU*AJ*\n")[1]["Strand-Repairs"]
        check("Strand-Repairs", repairs and "stripped" in repairs, repairs)
        repaired = server.ask("/v1/label", b'{"sequences":["MKU*AJ*"]}')[1]["Strand-Repairs"]
        check("Strand-Repairs of JSON", repaired == repairs, (repaired, repairs))
        check("no repairs", server.ask("/v1/label", TINY)[1]["Strand-Repairs"] is None)

        ink = EXAMPLES / "handwriting.jsonl.gz"
        for query, options in ("", []), ("?lm=true&n=5", ["--lm", "--n-best", "5"]):
            answer = server.ask("/v1/read" + query, ink.read_bytes())[2]
            check(f"read{query} as the program", answer == run("read", "--format", "jsonl", *options, ink), answer[:200])
        sample = json.loads(gzip.decompress(ink.read_bytes()).splitlines()[0])["strokes"]
        wicg = [{"points": [dict(zip("xyt", point)) for point in stroke]} for stroke in sample]
        own, other = (server.ask("/v1/read", json.dumps({"strokes": strokes}))[2] for strokes in (sample, wicg))
        check("the WICG's strokes", own == other and json.loads(own)["text"] == "strand", other[:100])

        _, headers, page = server.ask("/")
        status, head, answer = server.ask("/", method="HEAD")
        check("HEAD", (status, head["Content-Length"], answer) == (200, str(len(page)), b""), (status, str(head)))
        for tag in headers["ETag"], f'"x", {headers["ETag"]}', f"W/{headers['ETag']}", "*":
            check(f"If-None-Match: {tag}", server.ask("/", If_None_Match=tag)[0] == 304)


def refusals(program):
    with Server(program, "--quiet", "--max-chains", "5") as server:
        for name, status, word, path, body, headers in REQUESTS:
            try:
                seen, answered, document = server.ask(path, body, timeout=10, **headers)
                problem = json.loads(document)
                right = seen == problem["status"] == status and word in problem["detail"]
                right &= answered["Content-Type"] == "application/problem+json" and problem["type"] == "about:blank"
                check(f"refused: {name}", right, (seen, document[:200]))
                check(f"Allow: {name}", status != 405 or answered["Allow"] == "POST", answered["Allow"])
            except (OSError, ValueError, http.client.HTTPException) as error:
                check(f"refused: {name}", False, f"{type(error).__name__} {error}, expected {status}")
        for name, status, data in BYTES:
            seen = server.raw(data, timeout=1)
            right = seen.startswith(b"HTTP/1.1 %d" % status) and seen.count(b"HTTP/1.1") == 1
            check(f"refused: {name}", right, f"expected {status}: {seen[:100]}")
            check(f"problem document: {name}", not right or b"application/problem+json" in seen, seen[:100])
        check("answers after all that", server.ask("/v1/label", TINY)[0] == 200)
        alive(server)

    token, page = "0123456789abcdef", "https://page.example"
    with Server(program, "--quiet", "--token", token, "--allow-origin", page) as server:
        for given, status in (None, 401), ("Bearer wrong", 401), (f"Bearer {token}", 200), (f"bearer {token}", 200):
            headers = {"Authorization": given} if given else {}
            for path in "/v1/models", "/metrics":
                seen, answered, _ = server.ask(path, **headers)
                right = seen == status and (status == 200 or answered["WWW-Authenticate"] == "Bearer")
                check(f"{path}, Authorization: {given}", right, seen)
        check("no token for /healthz", server.ask("/healthz")[0] == 200)
        wanted = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}
        seen, answered, _ = server.ask("/v1/label", method="OPTIONS", Origin=page, **wanted)
        allowed = [answered[f"Access-Control-Allow-{name}"] or "" for name in ("Origin", "Methods", "Headers")]
        right = (seen, allowed[0]) == (204, page) and "POST" in allowed[1] and "Authorization" in allowed[2]
        check("preflight", right, (seen, allowed))
        seen, answered, _ = server.ask("/v1/label", method="OPTIONS", Origin="https://evil.example", **wanted)
        check("preflight of others", seen == 403 and "Access-Control-Allow-Origin" not in answered, seen)


def connections(program):
    close = "Connection: close"
    label = post("/v1/label?format=fasta", TINY)
    with Server(program, "--quiet") as server:
        for name, data, answers, ends in (
            ("pipelined", get("/healthz") + label + get("/nope") + get("/healthz", close), 4, False),
            ("an upgrade ends the connection", get("/healthz", "Connection: Upgrade", "Upgrade: h2c"), 1, False),
            ("Expect: 100-continue", post("/v1/label?format=fasta", TINY, close, "Expect: 100-continue"), 2, False),
            ("no 100 for HTTP/1.0", post("/v1/label?format=fasta", TINY, "Expect: 100-continue", version="1.0"), 1, False),
            ("half closed", label, 1, True),
        ):
            seen = server.raw(data, ends=ends)
            check(name, len(re.findall(rb"HTTP/1\.\d \d\d\d ", seen)) == answers, (answers, "answers expected", seen[-100:]))
        check("absolute form", server.raw(get("http://localhost/healthz", close)).startswith(b"HTTP/1.1 200"))
        seen = server.raw(post("/v1/label?format=fasta", chains(500, 300), version="1.0"), timeout=30)
        check("no chunks for HTTP/1.0", b"chunked" not in seen, seen[:20])


def drip(connections, request, ends):
    """Sends half a request over each connection, a byte at a time."""
    for index in range(len(request) // 2):
        for connection in connections:
            if ends.is_set():
                return
            connection.send(request[index : index + 1])


def load(program):
    with Server(program, "--quiet") as server:
        slow, ends = [server.connect() for _ in range(500)], threading.Event()
        thread = threading.Thread(target=drip, args=(slow[::2], post("/v1/label", TINY), ends))
        thread.start()
        for connection in slow[1::2]:
            connection.send(post("/v1/label", bytes(2_000))[:-1_000])
        times = [server.seconds("/v1/label", TINY, 20) for _ in range(40)]
        check("soon beside slow clients", statistics.median(times) < 0.25 and max(times) < 2, f"{max(times):.2f} s")
        ends.set()
        thread.join()
        for connection in slow:
            connection.close()

        def leave(index):
            with server.connect(60) as connection:
                connection.sendall(post("/v1/label?format=tsv", chains(60, 300, index)))
                connection.recv(10_000)
                if index % 2:  # with a reset
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

        with ThreadPoolExecutor(100) as pool:
            list(pool.map(leave, range(100)))
        deadline = time.monotonic() + 15
        while server.waiting and time.monotonic() < deadline:
            time.sleep(0.2)
        check("nothing left of those who went", server.waiting == 0, f"{server.waiting} requests")

        sample = b'{"strokes":[' + b",".join(b"[[%d,0],[%d,9]]" % (12 * i, 12 * i) for i in range(10)) + b"]}\n"
        status, _, answer = server.ask("/v1/read", sample * 10_000, timeout=60)
        check("100,000 tiny strokes", (status, answer.count(b"\n")) == (200, 10_000), (status, answer[:100]))
        alive(server)
        check("memory under load", server.peak < MEMORY, f"{server.peak} MB")

    with Server(program, "--quiet", "--max-requests", "8") as server, ThreadPoolExecutor(64) as pool:
        body = chains(20, 300)
        expected = server.ask("/v1/label?format=fasta", body)[2]
        seen = list(pool.map(lambda _: server.ask("/v1/label?format=fasta", body), range(64)))
        counts = [sum(status == wanted for status, _, _ in seen) for wanted in (200, 429)]
        check("a flood: some refused, the others answered", counts[1] and counts[0] >= 8 and sum(counts) == 64, counts)
        check("Retry-After", all(int(headers["Retry-After"] or 0) > 0 for status, headers, _ in seen if status == 429))
        check("whole answers in a flood", all(answer == expected for status, _, answer in seen if status == 200))


def hostile(program):
    """One request of each kind must not keep others from theirs, or take much memory."""
    mega = 1 << 20
    words = b",".join(
        b"[" + b",".join(b"[%d,%d]" % (60 * word + 12 * i, i * 37 % 80) for i in range(50)) + b"]" for word in range(1_999)
    )
    many = gzip.compress(b"".join(b">%d\n%s\n" % (i, b"MKTAYIAKQR" * 32) for i in range(90_000)))
    for name, path, body, count in (
        ("a long chain", "/v1/label", chains(1, 200_000), 1),
        ("a long line of ink", "/v1/read?lm=true&n=10", b'{"strokes":[' + words + b"]}", 1),
        ("gzip of gzip", "/v1/label", gzip.compress(gzip.compress(b"\n" * (300 * mega))), 1),
        ("lines of one residue", "/v1/label", gzip.compress(b">a\n" + b"A\n" * (15 * mega)), 1),
        ("empty strings", "/v1/label", gzip.compress(b'{"sequences":[' + b'"",' * (10 * mega) + b'""]}'), 1),
        ("bodies that unpack to 30 MB", "/v1/label", many, 8),
        ("large bodies that are only announced", "/v1/label", None, 8),
    ):
        request = post(path, body or b"")
        if body is None:
            request = request.replace(b"Length: 0", b"Length: %d" % (32 * mega))
        with Server(program, "--quiet") as server:
            held = [server.connect() for _ in range(count)]
            for connection in held:
                connection.sendall(request)
            time.sleep(0.5)
            seconds = server.seconds("/v1/label", TINY, 5)
            check(f"others beside {name}", seconds < 2, f"waited {seconds:.1f} s" if seconds < 5 else "none in 5 s")
            alive(server)
            check(f"memory with {name}", server.peak < MEMORY, f"{server.peak} MB")
            for connection in held:
                connection.close()


def stop(program):
    with Server(program, "--quiet") as server, ThreadPoolExecutor(20) as pool:
        body = chains(30, 300)
        expected = server.ask("/v1/label?format=fasta", body)[2]
        slow, half = server.connect(buffer=4_096), server.connect()
        slow.sendall(post("/v1/label?format=netsurfp", chains(200, 300)))
        half.sendall(post("/v1/label", TINY)[:-5])
        answer = slow.recv(100)  # The rest of it is more than fits into the sockets.
        asked = [pool.submit(server.ask, "/v1/label?format=fasta", body) for _ in range(20)]
        while server.waiting < 20 and not any(one.done() for one in asked):
            time.sleep(0.01)
        server.process.send_signal(signal.SIGTERM)
        start = time.monotonic()
        time.sleep(0.3)
        try:
            server.connect(1).close()
            check("no new connections while stopping", False, "connected")
        except OSError:
            pass
        # Who came when it took no more was refused, which is no loss.
        taken = [one for one in asked if not isinstance(one.exception(), ConnectionRefusedError)]
        lost = [one for one in taken if one.exception() or one.result()[2] != expected]
        check(
            "every request is answered while stopping", not lost, f"{len(lost)} of {len(taken)} lost: {lost and lost[0].exception()}"
        )
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
        while part := slow.recv(1 << 20):
            answer += part
        got = answer.partition(b"\r\n\r\n")[2]
        check("an answer being taken stays whole while stopping", got.endswith(b"\r\n0\r\n\r\n"), f"cut after {len(got)} bytes")
        try:
            status = server.process.wait(20)
            check("exit status", status == 0, str(status))
        except subprocess.TimeoutExpired:
            pass
        check(
            "stops soon", time.monotonic() - start < 25, f"{time.monotonic() - start:.0f} s, one client sent half a request"
        )


def metrics(program):
    try:
        from prometheus_client.parser import text_string_to_metric_families as parse
    except ImportError:
        print("skipped: metrics (pip install prometheus_client)")
        return
    with Server(program, "--quiet") as server:
        for _ in range(7):
            server.ask("/v1/label", TINY)
        server.ask("/v1/label?x=1", TINY)
        server.ask("/v1/read", DOT)
        server.ask("/none")
        values = {
            (sample.name, *sorted(sample.labels.values())): sample.value
            for family in parse(server.ask("/metrics")[2].decode())
            for sample in family.samples
        }
        expected = {
            ("strand_requests_total", "/v1/label", "200"): 7,
            ("strand_requests_total", "/v1/label", "400"): 1,
            ("strand_requests_total", "/v1/read", "200"): 1,
            ("strand_requests_total", "404", "other"): 1,
            ("strand_request_seconds_count", "/v1/label"): 8,
            ("strand_request_seconds_bucket", "+Inf", "/v1/label"): 8,
            ("strand_residues_total",): 7 * 22,
            ("strand_points_total",): 2,
            ("strand_batches_total",): 8,
            ("strand_batch_records_total",): 8,
            ("strand_requests_waiting",): 0,
        }
        for key, value in expected.items():
            check(f"metric {' '.join(key)}", values.get(key) == value, f"{values.get(key)}, expected {value}")
        check("resident memory", 10e6 < values["process_resident_memory_bytes",] < MEMORY * 1e6)


if __name__ == "__main__":
    parts = {part.__name__: part for part in (answers, refusals, connections, load, hostile, stop, metrics)}
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--only", default=",".join(parts), help="parts, with commas")
    arguments = parser.parse_args()
    for name in arguments.only.split(","):
        start = time.monotonic()
        parts[name](arguments.program)
        print(f"{name}: {time.monotonic() - start:.0f} s", flush=True)
    raise SystemExit(f"{len(failures)} checks failed" if failures else 0)
