import { inspect } from 'node:util';

/** A checked URL; its login is there for whoever asks for it by name and shows in no print-out. */
export class UrlSetting {
  readonly #url: URL;

  constructor(url: URL) {
    this.#url = url;
  }

  /** The whole URL, login included. */
  get href(): string {
    return this.#url.href;
  }

  /** Protocol with its colon: `redis:`. */
  get protocol(): string {
    return this.#url.protocol;
  }

  /** Host name or address; an IPv6 address stands without brackets. */
  get hostname(): string {
    return this.#url.hostname.replace(/^\[|\]$/g, '');
  }

  /** Port when the URL names one that is not its protocol's own. */
  get port(): number | undefined {
    return this.#url.port === '' ? undefined : Number(this.#url.port);
  }

  /** User name, decoded. */
  get username(): string | undefined {
    return this.#url.username === '' ? undefined : decodeURIComponent(this.#url.username);
  }

  /** Password, decoded. */
  get password(): string | undefined {
    return this.#url.password === '' ? undefined : decodeURIComponent(this.#url.password);
  }

  /** Path with its leading slash. */
  get pathname(): string {
    return this.#url.pathname;
  }

  /** A parameter of the query, or undefined. */
  parameter(name: string): string | undefined {
    return this.#url.searchParams.get(name) ?? undefined;
  }

  /** Protocol, host and port, which may be shown; a login is only said to be there. */
  toString(): string {
    const login = this.#url.username === '' && this.#url.password === '' ? '' : '[redacted]@';
    return `${this.#url.protocol}//${login}${this.#url.host}`;
  }

  toJSON(): string {
    return this.toString();
  }

  [inspect.custom](): string {
    return this.toString();
  }
}
