import { abandonOn } from '@drydock/resilience';

/** How one backend's driver asks whether a server serves. */
export interface ProbeSteps<Client> {
  /** Name of the service, such as `Redis`. */
  readonly service: string;
  /** Makes the client, and connects to nothing yet. */
  open(): Client;
  /** Logs in and reads the server's version. */
  login(client: Client, signal: AbortSignal): Promise<{ version: string }>;
  close(client: Client): unknown;
  /** The stable code of a driver's error. */
  codeOf(error: unknown): string | undefined;
}

/** Logs in, reads the version and leaves; rejects with an error that holds a code and nothing that may hold a secret. */
export async function probeWith<Client>(
  { service, open, login, close, codeOf }: ProbeSteps<Client>,
  timeoutMs: number,
): Promise<{ version: string }> {
  const failed = (code: string) => Object.assign(new Error(`${service} gave no login: ${code}`), { code });
  const signal = AbortSignal.timeout(Math.max(1, Math.ceil(timeoutMs)));
  let client: Client;
  try {
    client = open();
  } catch {
    throw failed('ERR_INVALID_URL');
  }
  try {
    return await abandonOn(signal, login(client, signal));
  } catch (error) {
    throw failed(signal.aborted ? 'ETIMEDOUT' : (codeOf(error) ?? `NOT_${service.toUpperCase()}`));
  } finally {
    await close(client);
  }
}
