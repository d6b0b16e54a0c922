import {
  discoverProviders,
  discoverServices,
  type ProviderRecord,
  type ServiceRecord,
} from '@drydock/services';
import { discoverVariables, findProject, holdsAddresses } from '@drydock/workspace';
import { listPackages } from '@drydock/workspace/members';
import { PROCESS_ENVIRONMENT, type VariableProvenance } from '../environment/dotenv.js';
import { readAddress, readAddresses, rulesOf } from './address.js';
import type { Endpoint } from './endpoint.js';
import { addressSetting, providerSetting } from './provider-setting.js';

const ADDRESS_SUFFIX =
  /_(?:URLS?|URI|API|BROKERS|HTTP_ADDR|ADDR|ADDRESS|HOSTS?|ENDPOINTS?(?:_URL)?|CONTACT_POINTS)$/;
const BESIDE =
  /^(?:PORT|USER|USERNAME|PASS|PASSWORD|PWD|DATABASE|(?:API_|ACCESS_|SECRET_)?KEY(?:_ID)?|SECRET_ACCESS_KEY|TOKEN|AUTH_TOKEN|SECRET)$/;

/** Environment in which endpoints are configured. */
export interface Settings {
  readonly env: NodeJS.ProcessEnv;
  /** Where the variables of `env` come from. */
  readonly provenance: readonly VariableProvenance[];
}

/** Lists every backend and provider that a folder's project or workspace knows, services first, by name. */
export function findEndpoints(folder: string, settings: Settings): Endpoint[] {
  const known = [
    ...discoverServices(folder)
      .filter(({ ofProvider }) => !ofProvider)
      .map((record) => serviceEndpoint(record, settings)),
    ...discoverProviders(folder).map((record) => providerEndpoint(record, settings)),
  ];
  const taken = known.flatMap(({ variables }) => variables);
  return [...known, ...ownEndpoints(folder, settings, taken)];
}

/** Servers without a package of their own: each address that a well-known or declared variable holds. */
function ownEndpoints(folder: string, settings: Settings, taken: readonly string[]): Endpoint[] {
  const { workspaceRoot } = findProject(folder);
  const packages = listPackages(workspaceRoot);
  return Object.entries(discoverVariables(packages)).flatMap(([variable, definition]) => {
    if (!holdsAddresses(definition) || taken.includes(variable)) return [];
    const places = readAddresses(settings.env[variable] ?? '', rulesOf(definition, settings.env));
    const owner = packages.find(({ field }) => field.variables?.[variable]);
    return places.map((place, index) => {
      const name = [serverName(variable, definition.example), ...(index === 0 ? [] : [index + 1])].join(' ');
      return {
        name,
        kind: 'service' as const,
        packageName: owner?.name ?? 'root',
        packageDir: owner?.root ?? workspaceRoot,
        ...settingsOf([variable, ...besideOf(variable, settings.env)], settings),
        target: { name, kind: 'service' as const, ...place },
      };
    });
  });
}

/**
 * Variables that go with an address: user, password, key or port in variables of their own, as `MONGO_PASSWORD` beside
 * `MONGO_URL`, or `PGUSER` beside `PGHOST`.
 */
function besideOf(variable: string, env: NodeJS.ProcessEnv): string[] {
  const stem = variable.startsWith('PG') ? 'PG' : `${variable.replace(ADDRESS_SUFFIX, '')}_`;
  return Object.keys(env)
    .filter((name) => name.startsWith(stem) && name !== variable && BESIDE.test(name.slice(stem.length)))
    .sort();
}

/** What a variable's server is called: `mongo` for `MONGO_URL`, `billing` for `BILLING_API`. */
function serverName(variable: string, example = ''): string {
  if (!ADDRESS_SUFFIX.test(variable) && URL.canParse(example))
    return new URL(example).protocol.replace(':', '');
  return variable.replace(ADDRESS_SUFFIX, '').toLowerCase();
}

function serviceEndpoint(record: ServiceRecord, settings: Settings): Endpoint {
  const { backend, packageName, packageDir, variables, schemes, module, versions } = record;
  const [address, definition] = Object.entries(variables).find(([, each]) => holdsAddresses(each)) ?? [];
  const value = address === undefined ? undefined : settings.env[address];
  const rules = { example: definition?.example, schemes };
  const place = value ? (readAddress(value, rules) ?? readAddresses(value, rules)[0]) : undefined;
  return {
    name: backend,
    kind: 'service',
    packageName,
    packageDir,
    ...settingsOf(Object.keys(variables), settings),
    ...(place
      ? {
          target: {
            name: backend,
            kind: 'service',
            ...place,
            ...(module !== undefined && { login: { kind: 'module' as const, module } }),
            ...(versions !== undefined && { versions }),
          },
        }
      : { absence: `${address ?? 'its address'} not set` }),
  };
}

function providerEndpoint(record: ProviderRecord, settings: Settings): Endpoint {
  const { provider, packageName, packageDir, variables, probe } = record;
  const { key, header, scheme } = probe;
  const url = probeAddress(record, settings.env);
  const place = providerSetting(record, settings.env) ? readAddress(url) : undefined;
  return {
    name: provider,
    kind: 'provider',
    packageName,
    packageDir,
    ...settingsOf([...new Set([key, ...Object.keys(variables)])], settings),
    ...(place
      ? {
          target: {
            name: provider,
            kind: 'provider',
            ...place,
            login: { kind: 'http', url, header, variable: key, ...(scheme !== undefined && { scheme }) },
          },
        }
      : { absence: `${key} not set` }),
  };
}

/** Address of the probe: the provider's own, or a server that replaces it, so that the key goes to no other host. */
function probeAddress(record: ProviderRecord, env: NodeJS.ProcessEnv): string {
  const { url } = record.probe;
  const base = addressSetting(record, env);
  if (base === undefined) return url;
  return `${env[base]?.replace(/\/+$/u, '')}${url.slice(url.lastIndexOf('/'))}`;
}

function settingsOf(
  variables: readonly string[],
  { env, provenance }: Settings,
): Pick<Endpoint, 'variables' | 'settings'> {
  const origin = (name: string) =>
    provenance.find((variable) => variable.name === name)?.provenance ?? PROCESS_ENVIRONMENT;
  const set = variables.filter((name) => env[name]);
  return { variables, settings: set.map((name) => ({ name, provenance: origin(name) })) };
}
