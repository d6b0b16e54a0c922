import net from 'node:net';
import type { Core } from '../core.cjs';
import type { Native } from './natives.cjs';
import { judgePath } from './unix.cjs';

const { nextTick } = process;
const normalize: ((args: unknown[]) => [Native]) | undefined = Reflect.get(net, '_normalizeArgs');

/** Refuses `server.listen` in `net`, where the user's line is still known; the native handles refuse what comes past it. */
export function observeListening(core: Core): void {
  core.patches.observe(net.Server.prototype, 'listen', (original) => {
    return function listen(this: net.Server, ...args: unknown[]) {
      const blocked = judge(core, args);
      if (!blocked) return original.apply(this, args);
      nextTick(() => this.emit('error', blocked));
      return this;
    };
  });
}

function judge(core: Core, args: unknown[]) {
  const options = normalize?.(args)[0];
  if (!options || options._handle || options.handle || typeof options.fd === 'number') return undefined;
  if (typeof options.path === 'string') return judgePath(core, options.path, 'listen');
  const host = options.host ?? '::';
  const port = Number(options.port ?? 0);
  if (typeof host !== 'string' || Number.isNaN(port) || core.context.policy.allowsListening(host))
    return undefined;
  return core.refuse({ protocol: 'listen', host, port, api: 'listen' });
}
