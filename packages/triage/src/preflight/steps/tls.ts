import { once } from 'node:events';
import { isIP, type Socket } from 'node:net';
import { checkServerIdentity, connect, type PeerCertificate, type TLSSocket } from 'node:tls';
import { TLS_PREAMBLES } from '../../tables/tls.js';
import type { Target, TlsTarget } from '../target.js';
import { open } from './open.js';
import type { StepRunner } from './step.js';
import { coded, within } from './within.js';

const DAY_MS = 86_400_000;
const SOON_DAYS = 14;

/** Makes the TLS handshake and checks chain, name and expiry; nothing is sent over the connection. */
export const checkTls: StepRunner = async (target, progress, stepMs) => {
  if (!target.tls) return undefined;
  const socket = await open(target, progress, stepMs);
  try {
    const secured = await within(stepMs, handshake(socket, target, target.tls));
    return judge(secured, target, target.tls);
  } finally {
    socket.destroy();
  }
};

async function handshake(socket: Socket, { host }: Target, { after }: TlsTarget): Promise<TLSSocket> {
  if (after !== undefined) await askForTls(socket, after);
  // A bad certificate is examined, not only refused.
  const secured = connect({
    socket,
    rejectUnauthorized: false,
    ...(isIP(host) === 0 && { servername: host }),
  });
  await once(secured, 'secureConnect');
  return secured;
}

async function askForTls(socket: Socket, protocol: string): Promise<void> {
  const preamble = TLS_PREAMBLES[protocol];
  if (!preamble) throw coded('NO_PREAMBLE', `how ${protocol} begins TLS is not known here`);
  socket.write(preamble.request);
  const [answer] = (await once(socket, 'data')) as [Buffer];
  if (answer[0] !== preamble.consent.charCodeAt(0)) throw coded('NO_TLS', 'the server does not offer TLS');
}

function judge(secured: TLSSocket, { host }: Target, { verify }: TlsTarget) {
  const certificate = secured.getPeerCertificate();
  const days = Math.floor((Date.parse(certificate.valid_to) - Date.now()) / DAY_MS);
  const problem = problemOf(secured, certificate, host);
  const described = `${secured.getProtocol()}, certificate of ${nameOf(certificate)}, valid until ${dateOf(certificate)}`;
  if (problem && verify) throw coded(problem.code, `${problem.said}; ${described}`);
  if (problem) return { evidence: `${described}; not checked by the driver: ${problem.code}` };
  return days < SOON_DAYS
    ? { warning: true, code: 'CERT_EXPIRES_SOON', evidence: `${described}: ${days} days left` }
    : { evidence: described };
}

function problemOf(secured: TLSSocket, certificate: PeerCertificate, host: string) {
  // Node gives the code of the chain's fault as a string here, whatever its types say.
  const fault = secured.authorizationError as unknown as string | Error | null;
  if (fault)
    return {
      code: typeof fault === 'string' ? fault : codeOfError(fault),
      said: 'the certificate does not hold',
    };
  const misnamed = checkServerIdentity(host, certificate);
  return misnamed && { code: codeOfError(misnamed), said: `the certificate is not one of ${host}` };
}

function codeOfError(error: Error): string {
  return (error as NodeJS.ErrnoException).code ?? error.message;
}

function nameOf({ subjectaltname, subject }: PeerCertificate): string {
  const names = (subjectaltname ?? '').replace(/(?:DNS|IP Address):/gu, '');
  return names.slice(0, 80) || [subject?.CN].flat()[0] || 'nobody';
}

function dateOf({ valid_to }: PeerCertificate): string {
  const date = new Date(valid_to);
  return Number.isNaN(date.getTime()) ? 'an unreadable date' : date.toISOString().slice(0, 10);
}
