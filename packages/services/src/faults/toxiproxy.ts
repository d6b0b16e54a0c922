import { acquire } from '../acquire.js';
import type { AcquiredService } from '../acquired-service.js';
import type { AcquireOptions, Way } from '../service.js';
import { ToxiproxyApi } from './api.js';
import { toxiproxyService } from './definition.js';
import { ProxiedServer } from './proxied-server.js';

/** One in a container would not reach servers on this machine's loopback. */
const WAYS: readonly Way[] = ['configured', 'local binary', 'embedded package'];

/** A running Toxiproxy. */
export class Toxiproxy {
  readonly #service: AcquiredService;
  readonly #api: ToxiproxyApi;

  private constructor(service: AcquiredService) {
    this.#service = service;
    this.#api = new ToxiproxyApi(service.variables.TOXIPROXY_URL ?? '');
  }

  /** Finds or starts one; ends with this process. @throws {ServiceError} `unavailable`, with the remedy, where there is no Go to build it. */
  static async start(options: Omit<AcquireOptions, 'ways'> = {}): Promise<Toxiproxy> {
    return new Toxiproxy(await acquire(toxiproxyService, { ...options, ways: WAYS }));
  }

  /** Its version. */
  get version(): string {
    return this.#service.version;
  }

  /** Folder of one that was started here. */
  get folder(): string | undefined {
    return this.#service.folder;
  }

  /** Opens a listener in front of a server. */
  proxy({ host, port }: { readonly host: string; readonly port: number }): Promise<ProxiedServer> {
    return ProxiedServer.open(this.#api, { host: this.#service.host, port: 0 }, `${host}:${port}`);
  }

  /** Stops it, where it was started here. */
  stop(): Promise<void> {
    return this.#service.stop();
  }
}
