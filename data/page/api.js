/** Requests to the server that the page came from. */

let token = sessionStorage.getItem("strand.token");
let asking = null;
let ask = async () => null;

/** An answer that is not a success; `message` is the detail of the problem document. */
export class Problem extends Error {
  /**
   * @param {number} status HTTP status, 0 if the server did not answer
   * @param {string} detail
   * @param {number} retryAfter seconds, 0 if the server did not say
   */
  constructor(status, detail, retryAfter = 0) {
    super(detail);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

/** Takes a token out of the address's fragment (`#token=...` or `#fold&token=...`) and keeps it for this tab. */
export function takeTokenFromAddress() {
  const parts = location.hash.slice(1).split("&");
  const found = parts.find((part) => part.startsWith("token="));
  if (!found) return;
  keepToken(decodeURIComponent(found.slice("token=".length)));
  const rest = parts.filter((part) => part !== found).join("&");
  history.replaceState(null, "", location.pathname + location.search + (rest && `#${rest}`));
}

/** @param {(wasWrong: boolean) => Promise<string|null>} question asks the reader for a token; null: no token given */
export function askForTokenWith(question) {
  ask = question;
}

function keepToken(value) {
  token = value;
  sessionStorage.setItem("strand.token", value);
}

/**
 * Sends a request, with the token if there is one; asks for one after a 401.
 * @param {string} path such as `/v1/models`
 * @param {RequestInit} [options]
 * @returns {Promise<Response>} a success
 * @throws {Problem}
 */
export async function request(path, options = {}) {
  for (;;) {
    const sent = token;
    const headers = { ...options.headers, ...(sent && { Authorization: `Bearer ${sent}` }) };
    const response = await send(path, { ...options, headers });
    if (response.ok) return response;
    const problem = await problemOf(response);
    if (problem.status !== 401) throw problem;
    if (token === sent) {
      asking ??= ask(sent !== null).finally(() => (asking = null));
      const given = await asking;
      if (!given) throw problem;
      keepToken(given);
    }
  }
}

async function send(path, options) {
  try {
    return await fetch(path, options);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem(0, "The server does not answer. Is it still running?");
  }
}

async function problemOf(response) {
  const seconds = Number(response.headers.get("Retry-After")) || 0;
  let detail = `${response.status} ${response.statusText}`;
  try {
    const document = await response.json();
    detail = document.detail || document.title || detail;
  } catch {
    // Not a problem document: the status line has to do.
  }
  if (seconds > 0) detail += ` Try again in ${seconds} s.`;
  return new Problem(response.status, detail, seconds);
}

/**
 * The objects of a JSON Lines answer, as they arrive.
 * @param {Response} response
 * @returns {AsyncGenerator<object>}
 */
export async function* jsonLines(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = [];
  for (;;) {
    const { done, value } = await reader.read();
    const lines = (done ? "" : value).split("\n");
    while (lines.length > 1) {
      rest.push(lines.shift());
      const line = rest.join("");
      rest = [];
      if (line) yield JSON.parse(line);
    }
    rest.push(lines[0]);
    if (done) break;
  }
  const last = rest.join("");
  if (last) yield JSON.parse(last);
}

/** @returns {Promise<{version: string, models: object[]}>} */
export async function models() {
  return (await request("/v1/models")).json();
}

/**
 * The text of one drawing.
 * @param {number[][][]} strokes of points [x, y, t]
 * @param {{english: boolean, signal: AbortSignal}} options
 */
export async function read(strokes, { english, signal }) {
  const response = await request(`/v1/read?lm=${english}&n=5`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ strokes }),
    signal,
  });
  return response.json();
}

/**
 * The labels of chains.
 * @param {string|Blob} body FASTA or an alignment; a file's bytes are sent as they are
 * @param {{states?: number, task?: string, format?: string, signal?: AbortSignal}} options
 * @returns {Promise<Response>}
 */
export function label(body, { states, task, format = "jsonl", signal }) {
  const query = new URLSearchParams({ format });
  if (states) query.set("states", states);
  if (task) query.set("task", task);
  return request(`/v1/label?${query}`, {
    method: "POST",
    headers: { "Content-Type": "application/octet-stream" },
    body,
    signal,
  });
}
