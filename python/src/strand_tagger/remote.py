"""A client of `strand serve`, with the standard library alone: models run there, results are what JSON Lines hold."""

import gzip
import json
import urllib.error
import urllib.parse
import urllib.request
from typing import Any, Dict, Iterator, List, Mapping, Optional, Sequence, Tuple, Union

from ._errors import InputError, StrandError

Chains = Union[str, bytes, Mapping[str, str], Sequence[Union[str, Tuple[str, str]]]]


class Client:
    """Asks a server.

    address  where it is, such as "http://localhost:8080"
    token    what it asks for, if it does
    timeout  seconds to wait for a part of an answer
    """

    def __init__(self, address: str = "http://localhost:8080", *, token: Optional[str] = None, timeout: float = 60) -> None:
        self._address, self._timeout = (address if "://" in address else f"http://{address}").rstrip("/"), timeout
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}

    def label(self, chains: Chains, *, states: int = 3, task: Optional[str] = None) -> Iterator[Dict[str, Any]]:
        """The labelled chains, as they come: id, header, sequence, labels, probabilities (a list for each state).

        chains  FASTA or an alignment as text or bytes, not a path; or sequences, (name, sequence) pairs, or a dictionary by name
        """
        if isinstance(chains, (str, bytes)):
            body, kind = chains.encode() if isinstance(chains, str) else chains, "text/x-fasta"
        else:
            pairs = chains.items() if isinstance(chains, Mapping) else chains
            rows = [pair if isinstance(pair, str) else dict(zip(("id", "sequence"), pair)) for pair in pairs]
            body, kind = json.dumps({"sequences": rows}).encode(), "application/json"
        query = {"task": task} if task == "disorder" else {"states": str(states), **({"task": task} if task else {})}
        return self._ask("/v1/label", query, body, kind, accept="application/jsonl")

    def read(self, strokes: Sequence[Any], *, language_model: bool = False, alternatives: int = 1) -> Dict[str, Any]:
        """The text of a drawing, strokes of [x, y] or [x, y, milliseconds]: text, probability, characters, alternatives."""
        query = {"lm": str(language_model).lower(), "n": str(alternatives)}
        body = json.dumps({"strokes": strokes}).encode()
        return next(self._ask("/v1/read", query, body, "application/json", accept="application/json"))

    def models(self) -> List[Dict[str, str]]:
        """What the server runs: task, name, sha256, labels, input, precision."""
        answer: Dict[str, Any] = next(self._ask("/v1/models", {}, None, None, accept="application/json"))
        return list(answer["models"])

    def _ask(
        self, path: str, query: Dict[str, str], body: Optional[bytes], kind: Optional[str], accept: str
    ) -> Iterator[Dict[str, Any]]:
        headers = {**self._headers, "Accept": accept, **({"Content-Type": kind} if kind else {})}
        if body is not None and len(body) > 1 << 16:
            body = gzip.compress(body, 1)
        request = urllib.request.Request(f"{self._address}{path}?{urllib.parse.urlencode(query)}", body, headers)
        try:
            with urllib.request.urlopen(request, timeout=self._timeout) as answer:
                for line in answer:
                    yield json.loads(line)
        except urllib.error.HTTPError as error:
            problem = json.loads(error.read() or b"{}")
            refused = InputError if error.code in (400, 413, 422) else StrandError
            raise refused(problem.get("detail") or f"{self._address}: {error}") from None
        except (OSError, ValueError) as error:
            raise StrandError(f"{self._address}: {getattr(error, 'reason', error)}") from error
