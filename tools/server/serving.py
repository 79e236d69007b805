"""A server that runs for a while, and ways to ask it."""

import http.client
import os
import pathlib
import random
import re
import socket
import subprocess
import threading
import time

EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / "data" / "examples"


def chains(count, length, seed=1):
    """FASTA of random chains."""
    pick = random.Random(seed).choices
    return b"".join(b">c%d\n%s\n" % (i, bytes(pick(b"ACDEFGHIKLMNPQRSTVWY", k=length))) for i in range(count))


def post(path, body, *lines, version="1.1"):
    """The bytes of a request."""
    head = [f"POST {path} HTTP/{version}", "Host: localhost", f"Content-Length: {len(body)}", *lines, "", ""]
    return "\r\n".join(head).encode() + body


def get(path, *lines, version="1.1"):
    """The bytes of a request."""
    return "\r\n".join([f"GET {path} HTTP/{version}", "Host: localhost", *lines, "", ""]).encode()


class Server:
    def __init__(self, program, *options):
        self.process = subprocess.Popen([program, "serve", "--port", "0", *options], stderr=subprocess.PIPE, text=True)
        first = self.process.stderr.readline()
        found = re.search(r"http://\S+:(\d+)/", first)
        if not found:
            raise SystemExit(f"the server did not start: {first}")
        self.port = int(found[1])
        self.log = [first]
        threading.Thread(target=lambda: self.log.extend(self.process.stderr), daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()

    @property
    def peak(self):
        """The most resident memory it had, in MB."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) >> 10

    @property
    def processor_seconds(self):
        """What it used of the processors."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def connect(self, timeout=20, buffer=None):
        """A connection; a small buffer makes its client a slow one."""
        connection = socket.socket()
        if buffer:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        connection.settimeout(timeout)
        connection.connect(("127.0.0.1", self.port))
        return connection

    def ask(self, path, body=None, method=None, timeout=60, **headers):
        """Status, headers and body of the answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            headers = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method or ("GET" if body is None else "POST"), path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def seconds(self, path, body, timeout):
        """How long the answer took; if it was not 200, or none in time, the timeout."""
        start = time.monotonic()
        try:
            status = self.ask(path, body, timeout=timeout)[0]
        except OSError:
            return timeout
        return time.monotonic() - start if status == 200 else timeout

    def raw(self, data, timeout=3, ends=False):
        """All that comes for these bytes, until the server closes or is silent."""
        answer = b""
        with self.connect(timeout) as connection:
            try:
                connection.sendall(data)
                if ends:
                    connection.shutdown(socket.SHUT_WR)
                while part := connection.recv(1 << 16):
                    answer += part
            except OSError:
                pass
        return answer

    @property
    def waiting(self):
        """Requests that are not answered yet."""
        return int(re.search(rb"\nstrand_requests_waiting (\d+)", self.ask("/metrics")[2])[1])
