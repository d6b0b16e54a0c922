import { blamedLine, type Target } from './plan.js';
import type { Trial } from './run.js';

/** What is wrong with a trial, as text; empty when the guard refused and recorded it and blamed the right line. */
export function faultsOf(trial: Trial, target: Target): string[] {
  const { way, attempts, outcome, exitCode } = trial;
  const found = attempts.find((attempt) => matches(trial, attempt, target));
  const seen = attempts
    .map(({ protocol, host, port, frame }) => `${protocol} ${host} ${port} ${frame}`)
    .join('; ');
  if (!found)
    return [
      `not recorded as ${way.expect.protocol} ${way.expect.host} ${way.expect.port}; recorded: ${seen || 'nothing'}`,
    ];
  return [
    ...(exitCode === 0 ? ['the process ended with 0'] : []),
    ...(outcome || way.alone ? [] : ['the script did not come to its end']),
    ...(outcome &&
    ['connect', 'secureConnect', 'listening', 'deadline', 'open', 'response'].includes(outcome.result)
      ? [`ended with "${outcome.result}"`]
      : []),
    ...codeFault(outcome?.code),
    ...frameFault(trial, found.frame),
    ...(JSON.stringify(attempts).includes('s3cret') ? ['a secret was recorded'] : []),
  ];
}

function matches({ way }: Trial, attempt: Trial['attempts'][number], target: Target): boolean {
  const { protocol, host, port } = way.expect;
  const wantedHost = typeof host === 'string' ? fill(host, target) : host;
  const wantedPort = port === '$port' ? target.port : port;
  return (
    attempt.protocol === protocol &&
    (typeof wantedHost === 'string' ? attempt.host === wantedHost : wantedHost.test(attempt.host)) &&
    (wantedPort === undefined || attempt.port === wantedPort)
  );
}

function fill(host: string, target: Target): string {
  return host
    .replace('$host', target.host)
    .replace('$name', target.hostName)
    .replace('$outside', target.outside);
}

// A native handle answers with EACCES; any other code means that something else than the guard stopped the script.
function codeFault(code: string | undefined): string[] {
  return code === undefined || code === 'ERR_DRYDOCK_BLOCKED' || code === 'EACCES'
    ? []
    : [`failed with ${code}`];
}

function frameFault({ way }: Trial, frame: string | undefined): string[] {
  if (way.expect.elsewhere || way.expect.frame === 'lost') return [];
  const place =
    /way-\d+\.cjs:(\d+):\d+$/.exec(frame ?? '') ??
    /(?:eval|anonymous|evalmachine).*:(\d+):\d+$/.exec(frame ?? '');
  if (!place) return [`blamed ${frame ?? 'no frame'}`];
  if (/way-/.test(place[0]) && Number(place[1]) !== blamedLine(way))
    return [`blamed line ${place[1]}, not ${blamedLine(way)}`];
  return [];
}
