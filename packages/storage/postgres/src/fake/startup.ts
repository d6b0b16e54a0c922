import { type FrontendMessage, readCstring } from './messages.js';

/** The request in the first packet of a connection. */
export type Startup =
  | { readonly kind: 'encryption' }
  | { readonly kind: 'cancel'; readonly processId: number; readonly secret: number }
  | { readonly kind: 'session'; readonly parameters: Readonly<Record<string, string>> };

const CANCEL_REQUEST = 80877102;
const SSL_REQUEST = 80877103;
const GSSENC_REQUEST = 80877104;

/** Reads a startup packet. */
export function readStartup({ body }: FrontendMessage): Startup {
  const code = body.readInt32BE(0);
  if (code === SSL_REQUEST || code === GSSENC_REQUEST) return { kind: 'encryption' };
  if (code === CANCEL_REQUEST) {
    return { kind: 'cancel', processId: body.readInt32BE(4), secret: body.readInt32BE(8) };
  }
  const parameters: Record<string, string> = {};
  for (let at = 4; at < body.length - 1; ) {
    const name = readCstring(body, at);
    const value = readCstring(body, name.next);
    parameters[name.text] = value.text;
    at = value.next;
  }
  return { kind: 'session', parameters };
}

const NOT_SETTINGS = new Set(['user', 'database', 'replication', 'options', 'client_encoding']);

/** The run-time settings among the startup parameters, those in `options` (`-c name=value`) included. */
export function startupSettings(parameters: Readonly<Record<string, string>>): Record<string, string> {
  const settings = Object.entries(parameters).filter(([name]) => !NOT_SETTINGS.has(name));
  const options = [...(parameters.options ?? '').matchAll(/(?:-c\s*|--)([\w.]+)=((?:\\.|\S)+)/g)];
  return Object.fromEntries([
    ...settings,
    ...options.map(([, name = '', value = '']) => [name.replaceAll('-', '_'), value.replace(/\\(.)/g, '$1')]),
  ]);
}
