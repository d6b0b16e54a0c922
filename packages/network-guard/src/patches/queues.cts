import { AsyncResource } from 'node:async_hooks';
import diagnostics from 'node:diagnostics_channel';
import type http from 'node:http';
import { createRequire } from 'node:module';
import type { BlockedError } from '../attempt/blocked-error.cjs';
import type { AsyncContext } from '../attempt/context.cjs';
import { captureStack } from '../attempt/frame.cjs';
import type { Core } from '../core.cjs';
import type { Native } from './natives.cjs';

const load = createRequire(__filename);
const contexts = new WeakMap<object, AsyncContext>();

/**
 * Records the test of each request in a queue. Agents and clients queue requests: they connect for the second one after
 * the first has failed, and one refusal fails all that wait.
 */
export function observeQueues(core: Core): void {
  diagnostics.subscribe('undici:request:create', (message) => noteRequest(core, message as Message));
  diagnostics.subscribe('undici:request:error', (message) => shareRefusal(core, message as Message));
}

/** Does the same for Node's agents. It runs at the first connection, because loading `node:http` takes a millisecond. */
export function observeAgents(core: Core): void {
  const { Agent }: typeof http = load('node:http');
  core.patches.observe(Agent.prototype, 'addRequest', (original) => {
    return function addRequest(this: Native, request: object, ...rest: unknown[]) {
      const added = original.call(this, request, ...rest);
      if (isQueued(this, request)) contexts.set(request, { ...core.context.current, origin: captureStack() });
      return added;
    };
  });
  core.patches.observe(Agent.prototype, 'createSocket', (original) => {
    return function createSocket(this: Native, request: object, ...rest: unknown[]) {
      const create = () => original.call(this, request, ...rest);
      const context = contexts.get(request);
      return context ? core.context.runIn(context, create) : create();
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
    contexts.set(request, { ...contextOfHandler(core, request), origin });
  } catch {
    // An origin that is not a URL has no host to name.
  }
}

// A pool takes a request from its queue in the context of the request before; the handler still has the right one.
function contextOfHandler(core: Core, request: Native): AsyncContext {
  const key = Object.getOwnPropertySymbols(request).find(({ description }) => description === 'handler');
  const handler: unknown = key && request[key];
  return handler instanceof AsyncResource
    ? handler.runInAsyncScope(() => core.context.current)
    : core.context.current;
}

// The refusal names the request that opened the connection; every other request in the queue is an attempt as well.
function shareRefusal(core: Core, { request, error }: Message): void {
  const { attempt } = error ?? {};
  const context = attempt && contexts.get(request);
  if (!context?.test || context.test.id === attempt?.test) return;
  const { protocol, host, port, address, api, reason } = attempt as BlockedError['attempt'];
  const { origin } = context;
  core.context.runIn(context, () => core.refuse({ protocol, host, port, address, api, reason, origin }));
}
