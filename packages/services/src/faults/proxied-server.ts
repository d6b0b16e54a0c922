import { randomUUID } from 'node:crypto';
import type { ToxiproxyApi } from './api.js';

/** A disturbance of Toxiproxy's, as its documentation describes it. */
export interface Toxic {
  /** Such as `latency` (ms), `timeout` (ms, 0 for ever), `limit_data` (bytes), `slicer` (bytes, µs), `bandwidth` (KB/s), `reset_peer` (ms). */
  readonly type: 'latency' | 'bandwidth' | 'timeout' | 'reset_peer' | 'slicer' | 'limit_data' | 'slow_close';
  /** Settings of that type. */
  readonly attributes: Readonly<Record<string, number>>;
  /** To the client or to the server; default `downstream`, to the client. */
  readonly stream?: 'downstream' | 'upstream';
}

/** Where a proxy listens. */
export interface Listener {
  readonly host: string;
  readonly port: number;
}

/** One listener of Toxiproxy's in front of one server. */
export class ProxiedServer {
  readonly host: string;
  readonly port: number;
  readonly #api: ToxiproxyApi;
  readonly #upstream: string;
  #name: string;
  #toxics = 0;

  private constructor(api: ToxiproxyApi, name: string, listener: Listener, upstream: string) {
    this.#api = api;
    this.#name = name;
    this.#upstream = upstream;
    this.host = listener.host;
    this.port = listener.port;
  }

  /** Opens one; port 0 takes any that is free. */
  static async open(api: ToxiproxyApi, listener: Listener, upstream: string): Promise<ProxiedServer> {
    const name = `drydock-${randomUUID()}`;
    const port = await listen(api, name, listener, upstream);
    return new ProxiedServer(api, name, { ...listener, port }, upstream);
  }

  /** Disturbs what passes from now on, over connections that are open too. */
  async add({ type, attributes, stream = 'downstream' }: Toxic): Promise<void> {
    this.#toxics += 1;
    const name = `${type}-${this.#toxics}`;
    await this.#api.send('POST', `/proxies/${this.#name}/toxics`, { name, type, stream, attributes });
  }

  /** Closes all connections and refuses new ones. */
  async cut(): Promise<void> {
    await this.#api.send('POST', `/proxies/${this.#name}`, { enabled: false });
  }

  /** Closes all connections, takes new ones and disturbs nothing any more. */
  async restore(): Promise<void> {
    // Toxics cannot be taken back at once: each first delivers what it holds, at its own pace.
    await this.remove();
    this.#name = `drydock-${randomUUID()}`;
    await listen(this.#api, this.#name, this, this.#upstream);
  }

  /** Ends the listener and its connections. */
  async remove(): Promise<void> {
    await this.#api.send('DELETE', `/proxies/${this.#name}`);
  }
}

async function listen(api: ToxiproxyApi, name: string, { host, port }: Listener, upstream: string) {
  const settings = { name, listen: `${host}:${port}`, upstream, enabled: true };
  const opened = (await api.send('POST', '/proxies', settings)) as { listen: string };
  return Number(/\d+$/.exec(opened.listen)?.[0]);
}
