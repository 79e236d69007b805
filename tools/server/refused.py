"""What `strand serve --max-chains 5` has to refuse."""

import gzip

from serving import chains, get, post

TINY = b">a\nMKTAYIAKQRQISFVKSHFSRQ\n"
DOT = b'{"strokes":[[[0,0],[0,9]]]}'
CHUNKED = "Transfer-Encoding: chunked"
BOMB = gzip.compress(bytes(64 << 20))
SMUGGLED = get("/healthz")
POST = b"POST /v1/label HTTP/1.1\r\nHost: localhost\r\n"
CHUNK = b"10000\r\n" + b"A" * 65_536 + b"\r\n"

# A name; the status; a word of the detail; the request's path, body and headers.
REQUESTS = (
    ("unknown path", 404, "/nope", "/nope", None, {}),
    ("parent folder", 404, "", "/page/../../etc/passwd", None, {}),
    ("wrong method", 405, "POST", "/v1/label", None, {}),
    ("unknown parameter", 400, "'x'", "/v1/label?x=1", TINY, {}),
    ("parameter twice", 400, "twice", "/v1/label?states=3&states=3", TINY, {}),
    ("ill-encoded parameter", 400, "percent", "/v1/label?states=%zz", TINY, {}),
    ("sign in percent-encoding", 400, "percent", "/v1/label?states=%+3", TINY, {}),
    ("parameter not UTF-8", 400, "UTF-8", "/v1/label?states=%ff", TINY, {}),
    ("wrong value", 400, "3, 8", "/v1/label?states=4", TINY, {}),
    ("number out of range", 400, "1 to 10", "/v1/read?n=11", DOT, {}),
    ("8 states in ss2", 400, "states", "/v1/label?states=8&format=ss2", TINY, {}),
    ("bad FASTA", 400, "body:3", "/v1/label", b">a\nMKT\nMK1T\n", {}),
    ("gaps in a chain", 400, "gap", "/v1/label?task=structure", b">a\nMK-T\n", {}),
    ("empty body", 400, "", "/v1/label", b"", {}),
    ("empty body of ink", 400, "", "/v1/read", b"", {}),
    ("invalid UTF-8 in JSON", 400, "", "/v1/label", b'{"sequences":["M\xffK"]}', {}),
    ("invalid UTF-8 in a chain", 400, "body:2", "/v1/label", b">a\nM\xff\xfeK\n", {}),
    ("deep JSON", 400, "JSON", "/v1/label", b"[" * 100_000, {}),
    ("deep JSON inside", 400, "", "/v1/read", b'{"x":' + b"[" * 100_000 + b"]" * 100_000 + b"}", {}),
    ("JSON of wrong types", 400, "JSON", "/v1/label", b'{"sequences":[1]}', {}),
    ("strokes of wrong types", 400, "", "/v1/read", b'{"strokes":[["a"]]}', {}),
    ("no number", 400, "", "/v1/read", b'{"strokes":[[[NaN,0]]]}', {}),
    ("too large a number", 400, "", "/v1/read", b'{"strokes":[[[1e999,0]]]}', {}),
    ("included file", 400, "includes", "/v1/read", b".VERSION 1.0\n.INCLUDE /etc/passwd\n", {}),
    (
        "external entity",
        400,
        "DOCTYPE",
        "/v1/read",
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "/etc/passwd">]><ink><trace>&x;</trace></ink>',
        {},
    ),
    ("multipart", 415, "", "/v1/label", TINY, {"Content-Type": "multipart/form-data; boundary=x"}),
    ("unknown coding", 415, "br", "/v1/label", TINY, {"Content-Encoding": "br"}),
    ("too large by length", 413, "", "/v1/label", b"", {"Content-Length": "100000000"}),
    ("absurd length", 413, "", "/v1/label", b"", {"Content-Length": str((1 << 64) - 6)}),
    ("gzip bomb", 413, "", "/v1/label", BOMB, {}),
    ("gzip bomb of ink", 413, "", "/v1/read", BOMB, {}),
    ("too many chains", 422, "5 chains", "/v1/label", chains(6, 3), {}),
    ("too many strokes", 422, "strokes", "/v1/read", b'{"strokes":[' + b"[[0,0]]," * 99_999 + b"[[0,0]]]}", {}),
    ("too many points", 422, "points", "/v1/read", b'{"strokes":[[' + b"[0,0]," * 100_000 + b"[0,0]]]}", {}),
    ("another Host", 421, "", "/v1/models", None, {"Host": "evil.example"}),
    ("a Host that only begins right", 421, "", "/v1/models", None, {"Host": "localhost.evil.example"}),
    ("a foreign Origin", 403, "", "/v1/models", None, {"Origin": "https://evil.example"}),
    ("Origin null", 403, "", "/v1/models", None, {"Origin": "null"}),
)

# A name; the status; the request's bytes, to which one answer is due.
BYTES = (
    ("malformed", 400, b"hello\r\n\r\n"),
    ("length and chunks", 400, post("/v1/label", b"0\r\n\r\n", CHUNKED) + SMUGGLED),
    ("two lengths", 400, post("/v1/label", TINY, "Content-Length: 3") + SMUGGLED),
    ("blank before a colon", 400, get("/healthz", "X : 1")),
    ("NUL", 400, get("/healthz", "X: a\0b")),
    ("bare line feeds", 400, b"GET /healthz HTTP/1.1\nHost: localhost\n\n" + SMUGGLED),
    ("no Host", 400, b"GET /healthz HTTP/1.1\r\n\r\n"),
    ("two Hosts", 400, get("/healthz", "Host: localhost")),
    ("unknown transfer coding", 501, POST + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
    ("too much of a head", 431, get("/healthz", "X: " + "a" * 100_000)),
    ("too large in chunks", 413, POST + b"Transfer-Encoding: chunked\r\n\r\n" + 600 * CHUNK),
)
