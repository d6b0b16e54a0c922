import { AsyncResource } from 'node:async_hooks';
import diagnostics from 'node:diagnostics_channel';
import type http from 'node:http';
import { createRequire } from 'node:module';
import type { BlockedError } from '../attempt/blocked-error.cjs';
import type { Scene } from '../attempt/context.cjs';
import { captureStack } from '../attempt/frame.cjs';
import type { Core } from '../core.cjs';
import type { Native } from './natives.cjs';

const load = createRequire(__filename);
const scenes = new WeakMap<object, Scene>();

/**
 * Remembers for whom requests wait. Agents and clients queue them: what is dialled for the second request is dialled
 * when the first has failed, and one refusal fails all that wait.
 */
export function observeQueues(core: Core): void {
  diagnostics.subscribe('undici:request:create', (message) => noteRequest(core, message as Message));
  diagnostics.subscribe('undici:request:error', (message) => shareRefusal(core, message as Message));
}

/** The same for Node's agents; called at the first connection, because loading `node:http` costs every process a millisecond. */
export function observeAgents(core: Core): void {
  const { Agent }: typeof http = load('node:http');
  core.patches.aid(Agent.prototype, 'addRequest', (original) => {
    return function addRequest(this: Native, request: object, ...rest: unknown[]) {
      const added = original.call(this, request, ...rest);
      if (isQueued(this, request)) scenes.set(request, { ...core.context.scene, origin: captureStack() });
      return added;
    };
  });
  core.patches.aid(Agent.prototype, 'createSocket', (original) => {
    return function createSocket(this: Native, request: object, ...rest: unknown[]) {
      const create = () => original.call(this, request, ...rest);
      const scene = scenes.get(request);
      return scene ? core.context.runIn(scene, create) : create();
    };
  });
}

function isQueued({ requests }: http.Agent, request: object): boolean {
  return Object.values(requests).some((queue) => queue?.includes(request as never));
}

interface Message {
  request: { origin?: unknown };
  error?: Partial<BlockedError>;
}

function noteRequest(core: Core, { request }: Message): void {
  if (request?.origin === undefined) return;
  try {
    const url = new URL(String(request.origin));
    const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
    const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
    if (core.context.policy.allowsName(host, port) || core.reaches(host, port, 'tcp')) return;
    const origin = captureStack();
    core.rememberOrigin(host, port, origin);
    scenes.set(request, { ...askerOf(core, request), origin });
  } catch {
    // An origin that is no URL connects nowhere that could be named.
  }
}

// A pool makes a request out of its queue for whom it served last, but the handler knows who asked.
function askerOf(core: Core, request: Native): Scene {
  const key = Object.getOwnPropertySymbols(request).find(({ description }) => description === 'handler');
  const handler: unknown = key && request[key];
  return handler instanceof AsyncResource
    ? handler.runInAsyncScope(() => core.context.scene)
    : core.context.scene;
}

// The connection was refused in the name of the request that opened it; each other one in the queue has tried as well.
function shareRefusal(core: Core, { request, error }: Message): void {
  const { attempt } = error ?? {};
  const scene = attempt && scenes.get(request);
  if (!scene?.test || scene.test.id === attempt?.test) return;
  const { protocol, host, port, address, api, reason } = attempt as BlockedError['attempt'];
  const { origin } = scene;
  core.context.runIn(scene, () => core.refuse({ protocol, host, port, address, api, reason, origin }));
}
