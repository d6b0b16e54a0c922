import { createHash, randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import type { ServiceDefinition, ServiceVariables } from '@drydock/storage/service';
import { isStaleNamespace, RUN_NAMESPACE_LENGTH, RUN_NAMESPACE_PREFIX } from '../namespace.js';

const TIMEOUT_MS = 10_000;

/** Fills a part that is empty: tables, indexes, first records. */
export type Migrate = (part: {
  /** Address of the part. */
  readonly url: string;
  /** Variables that lead to the part, as `process.env` would hold them. */
  readonly variables: ServiceVariables;
  /** Name of the part. */
  readonly name: string;
}) => unknown;

/** A part of a server that belongs to one test file. */
export interface FreshPart {
  readonly backend: string;
  /** Its name: of the database, or what the names of its keys, collections and labels begin with. */
  readonly name: string;
  /** Address of the part; holds secrets. */
  readonly url: string;
  /** All variables that lead to it, as `process.env` would hold them; they hold secrets. */
  readonly variables: ServiceVariables;
  /** Removes it with all it holds; may be called twice. */
  remove(): Promise<void>;
}

/** Where a part is made, and from what. */
export interface FreshOptions {
  /** Variables that lead to the server. */
  readonly variables: ServiceVariables;
  /** Namespace of the run, in which template and parts are named. */
  readonly run: string;
  /** Fills the part; where the backend copies parts, it is called once a run. */
  readonly migrate?: Migrate | undefined;
  /** Milliseconds for the server to make or to remove a part (default 10 000). */
  readonly timeoutMs?: number;
}

/** Makes a part of a server for one test file. */
export async function openFresh(definition: ServiceDefinition, options: FreshOptions): Promise<FreshPart> {
  const { backend, endpoint, fresh } = definition;
  const { variables: server, run, migrate, timeoutMs = TIMEOUT_MS } = options;
  const name = `${run}_${randomBytes(4).toString('hex')}`;
  const fill = async (part: string, own: ServiceVariables) => {
    const variables = { ...server, ...own };
    await migrate?.({ name: part, url: variables[endpoint] ?? '', variables });
  };
  const template = templateName(run, migrate);
  const copied = await fresh?.create?.({
    variables: server,
    name,
    timeoutMs,
    ...(migrate && { template: { name: template, migrate: (own) => fill(template, own) } }),
  });
  const remove = async () => fresh?.remove(server, namesOf(name), timeoutMs);
  if (copied === undefined) {
    try {
      await fill(name, {});
    } catch (error) {
      await remove().catch(() => undefined);
      throw error;
    }
  }
  return hidden({ backend, name, variables: { ...server, ...copied }, endpoint, remove });
}

/** Removes what a run left on a server: its templates, the parts of processes that were killed, those of runs a day ago. */
export async function removeFresh(
  { fresh }: ServiceDefinition,
  { variables, run, timeoutMs = TIMEOUT_MS }: Omit<FreshOptions, 'migrate'>,
): Promise<void> {
  await fresh?.remove(variables, namesOf(run), timeoutMs);
}

function namesOf(name: string) {
  return {
    prefix: RUN_NAMESPACE_PREFIX,
    includes: (found: string) =>
      found.startsWith(name) || isStaleNamespace(found.slice(0, RUN_NAMESPACE_LENGTH)),
  };
}

/** Templates of one run are told apart by the text of what fills them. */
function templateName(run: string, migrate: Migrate | undefined): string {
  return `${run}_t${createHash('sha256').update(String(migrate)).digest('hex').slice(0, 8)}`;
}

/** Keeps address and variables out of logs and reports. */
function hidden({
  backend,
  name,
  variables,
  endpoint,
  remove,
}: Omit<FreshPart, 'url'> & { readonly endpoint: string }): FreshPart {
  const shown = () => ({ backend, name, variables: Object.keys(variables) });
  const secret = {
    url: variables[endpoint] ?? '',
    variables,
    remove,
    toJSON: shown,
    [inspect.custom]: shown,
  };
  const part = { backend, name };
  for (const key of Reflect.ownKeys(secret))
    Object.defineProperty(part, key, { value: secret[key as keyof typeof secret] });
  return part as FreshPart;
}
