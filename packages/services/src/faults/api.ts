import { once } from 'node:events';
import http from 'node:http';
import { text } from 'node:stream/consumers';

const TIMEOUT_MS = 5_000;

/** Toxiproxy's HTTP interface; no connection outlives its request. */
export class ToxiproxyApi {
  readonly #url: string;
  readonly #timeoutMs: number;

  constructor(url: string, timeoutMs = TIMEOUT_MS) {
    this.#url = url.replace(/\/+$/, '');
    this.#timeoutMs = timeoutMs;
  }

  /** The proxy's version. */
  async version(): Promise<string> {
    const answer = await this.#exchange('GET', '/version');
    return /\d+(?:\.\d+)+/.exec(answer)?.[0] ?? 'unknown';
  }

  /** Sends a request and returns its JSON; rejects, naming method, path and status, when it is refused. */
  async send(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<unknown> {
    const answer = await this.#exchange(method, path, body);
    return answer === '' ? undefined : JSON.parse(answer);
  }

  async #exchange(method: string, path: string, body?: unknown): Promise<string> {
    const signal = AbortSignal.timeout(this.#timeoutMs);
    const headers = { 'content-type': 'application/json' };
    const request = http.request(`${this.#url}${path}`, { method, headers, agent: false, signal });
    request.end(body === undefined ? undefined : JSON.stringify(body));
    const [response] = (await once(request, 'response')) as [http.IncomingMessage];
    const answer = await text(response);
    const status = response.statusCode ?? 0;
    if (status >= 200 && status < 300) return answer;
    throw new Error(`Toxiproxy answered ${method} ${path} with ${status}`);
  }
}
