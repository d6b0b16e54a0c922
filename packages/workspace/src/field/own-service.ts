import type { Variables } from '../variables.js';

/**
 * A server of the project's own. `{host}`, `{port}`, `{password}` and `{folder}`, in any text of it, stand for where the server
 * listens, for a random password, and for a folder of its own.
 */
export interface OwnService {
  /** Image of its container. @default no container, only the program */
  readonly image?: string;
  /** Port on which it listens in the container, and its usual one elsewhere. */
  readonly port: number;
  /** Address that the tests get: `mongodb://{host}:{port}`. */
  readonly url: string;
  /** Variable with that address. @default the service's name in capitals with `_URL`, such as `MONGO_URL` */
  readonly variable?: string;
  /** Further variables that the tests get, by name: `{ "SEARCH_KEY": "{password}" }`. @default {} */
  readonly variables?: Readonly<Record<string, string>>;
  /**
   * Program and arguments, in the container and, where there is no Docker, from the `PATH`; what begins with `./` is a path in
   * the package. Arguments alone, the first of which begins with `-`, are for the container. @default the image's own command
   */
  readonly command?: readonly string[];
  /** Variables of the server's own environment: `{ "POSTGRES_PASSWORD": "{password}" }`. @default {} */
  readonly env?: Readonly<Record<string, string>>;
  /** Path that answers with a status below 400 once the server is ready: `/health`. @default it accepts a connection */
  readonly ready?: string;
  /** Milliseconds from its start to its readiness. @default 60 000 */
  readonly startTimeoutMs?: number;
  /** Marker of the tests that may reach it. @default every marker of scope `lan`, such as `integration` */
  readonly marker?: string;
}

/** Servers of the project's own, by name. */
export type OwnServices = Readonly<Record<string, OwnService>>;

/** Variable that holds the address of a project's own service. */
export function addressVariableOf(name: string, { variable }: Pick<OwnService, 'variable'>): string {
  return variable ?? `${name.toUpperCase().replace(/\W/g, '_')}_URL`;
}

/** The variables of a project's own services: their addresses, and what else the tests get. */
export function variablesOfServices(services: OwnServices = {}): Variables {
  return Object.assign(
    {},
    ...Object.entries(services).map(([name, service]): Variables => {
      const { url, port, marker, variables = {} } = service;
      const example = url.replaceAll('{host}', 'localhost').replaceAll('{port}', String(port));
      return {
        [addressVariableOf(name, service)]: { kind: 'address', example, ...(marker && { marker }) },
        ...Object.fromEntries(Object.entries(variables).map(([key, text]) => [key, definitionOf(text)])),
      };
    }),
  );
}

function definitionOf(text: string): Variables[string] {
  if (text.includes('{port}')) return { kind: 'address' };
  return { kind: text.includes('{password}') ? 'secret' : 'text' };
}
