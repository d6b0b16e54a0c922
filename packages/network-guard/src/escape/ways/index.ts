import type { Way } from '../way.js';
import { bindings } from './bindings.js';
import { disguises } from './disguises.js';
import { dns } from './dns.js';
import { http } from './http.js';
import { identity } from './identity.js';
import { listen, unix } from './listen.js';
import { moments } from './moments.js';
import { descendants, programs } from './processes.js';
import { signals } from './signals.js';
import { tcp, tls } from './tcp.js';
import { udp } from './udp.js';

/** Every way out that is tried. */
export const everyWay: readonly Way[] = [
  ...tcp,
  ...tls,
  ...http,
  ...dns,
  ...udp,
  ...listen,
  ...unix,
  ...programs,
  ...descendants,
  ...identity,
  ...signals,
  ...bindings,
  ...disguises,
  ...moments,
];
