import type { Way } from '../way.js';
import { bindings } from './bindings.js';
import { disguises } from './disguises.js';
import { dns } from './dns.js';
import { http } from './http.js';
import { identity } from './identity.js';
import { internals } from './internals.js';
import { interpreters } from './interpreters.js';
import { late } from './late.js';
import { launches } from './launches.js';
import { listen, unix } from './listen.js';
import { moments } from './moments.js';
import { paths } from './paths.js';
import { descendants, programs } from './processes.js';
import { sabotage } from './sabotage.js';
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
  ...interpreters,
  ...launches,
  ...internals,
  ...paths,
  ...late,
  ...sabotage,
];
