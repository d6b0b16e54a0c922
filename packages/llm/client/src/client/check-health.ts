import { abandonOn, Deadline } from '@drydock/resilience';
import type { HealthReport } from '../contract/index.js';
import type { ClientCallOptions, ClientOptions } from './client-options.js';
import { explain } from './explain.js';
import type { Route } from './route.js';

/** Asks all providers at once; none of them can keep the others waiting beyond the deadline. */
export async function checkHealth(
  routes: readonly Route[],
  {
    timeoutMs,
    signal,
    clock,
  }: ClientCallOptions & Pick<ClientOptions, 'clock'> & { readonly timeoutMs: number },
): Promise<Readonly<Record<string, HealthReport>>> {
  const deadline = new Deadline({ timeoutMs, signals: [signal], clock });
  try {
    const reports = await Promise.all(routes.map((route) => healthOf(route, deadline)));
    return Object.fromEntries(reports);
  } finally {
    deadline.close();
  }
}

async function healthOf(route: Route, deadline: Deadline): Promise<[string, HealthReport]> {
  const { provider } = route;
  const options = { signal: deadline.signal, timeoutMs: deadline.remainingMs() };
  try {
    const report = await abandonOn(deadline.signal, provider.healthCheck(options));
    if (report.healthy) route.misconfigured = undefined;
    return [provider.name, report];
  } catch (error) {
    const reason = deadline.signal.aborted ? 'no answer in time' : explain(error, route).message;
    return [
      provider.name,
      { healthy: false, latencyMs: deadline.timeoutMs - deadline.remainingMs(), reason },
    ];
  }
}
