import {
  authentication,
  backendKeyData,
  cstring,
  errorResponse,
  type FrontendMessage,
  parameterStatus,
  readCstring,
  readyForQuery,
  type WireError,
} from './messages.js';
import { ScramServer } from './scram.js';

const MECHANISM = 'SCRAM-SHA-256';
const AUTHENTICATION = { ok: 0, sasl: 10, saslContinue: 11, saslFinal: 12 };

/** What the server asks a client for. */
export interface Credentials {
  /** Name of the only database. */
  readonly database: string;
  /** Password, which is checked with SCRAM-SHA-256; undefined accepts everybody. */
  readonly password: string | undefined;
}

/** State of a login after a message, with the reply to send. */
export interface LoginStep {
  readonly reply: Buffer;
  readonly state: 'pending' | 'accepted' | 'refused';
}

/** The server's side of one login. */
export class Login {
  readonly #credentials: Credentials;
  readonly #user: string;
  readonly #database: string;
  #scram: ScramServer | undefined;
  #rounds = 0;

  constructor(credentials: Credentials, parameters: Readonly<Record<string, string>>) {
    this.#credentials = credentials;
    this.#user = parameters.user ?? '';
    this.#database = parameters.database ?? this.#user;
  }

  start(): LoginStep {
    const { password } = this.#credentials;
    if (password === undefined) return this.#accept();
    this.#scram = new ScramServer(password);
    return pending(authentication(AUTHENTICATION.sasl, Buffer.concat([cstring(MECHANISM), Buffer.alloc(1)])));
  }

  answer({ body }: FrontendMessage): LoginStep {
    this.#rounds += 1;
    if (this.#rounds === 1) {
      const first = body.toString('utf8', readCstring(body).next + 4);
      return pending(
        authentication(AUTHENTICATION.saslContinue, Buffer.from(this.#scram?.first(first) ?? '')),
      );
    }
    const signature = this.#scram?.final(body.toString('utf8'));
    if (signature === undefined) {
      return refused({
        severity: 'FATAL',
        code: '28P01',
        message: `password authentication failed for user "${this.#user}"`,
      });
    }
    return this.#accept(authentication(AUTHENTICATION.saslFinal, Buffer.from(signature)));
  }

  #accept(before: Buffer = Buffer.alloc(0)): LoginStep {
    if (this.#database !== this.#credentials.database) {
      const message = `database "${this.#database}" does not exist`;
      return refused({ severity: 'FATAL', code: '3D000', message });
    }
    return { state: 'accepted', reply: Buffer.concat([before, authentication(AUTHENTICATION.ok)]) };
  }
}

/** The messages that follow an accepted login. */
export function greeting(version: string, processId: number, secret: number): Buffer {
  const status = { server_version: version, client_encoding: 'UTF8', DateStyle: 'ISO, MDY' };
  return Buffer.concat([
    ...Object.entries(status).map(([name, value]) => parameterStatus(name, value)),
    backendKeyData(processId, secret),
    readyForQuery('I'),
  ]);
}

function pending(reply: Buffer): LoginStep {
  return { state: 'pending', reply };
}

/** The end of a login that failed. */
export function refused(error: WireError): LoginStep {
  return { state: 'refused', reply: errorResponse(error) };
}
