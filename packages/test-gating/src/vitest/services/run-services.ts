import {
  type AcquireOptions,
  acquire,
  discoverProviders,
  discoverServices,
  type ProgressEvent,
  type ProviderRecord,
  type Service,
  ServiceError,
  type ServiceRecord,
  terminalProgress,
} from '@drydock/services';
import { type ClassifyOptions, type EndpointFinding, factsOf } from '@drydock/triage';
import { hostPort, type Scope, type Variables } from '@drydock/workspace';
import { visiblePackages } from '@drydock/workspace/visible-packages';
import { providerSetting } from '../../endpoints/provider-setting.js';
import { PROCESS_ENVIRONMENT } from '../../environment/dotenv.js';
import type { Unavailable } from '../../gate/policy.js';
import { absenceAsFailure } from '../../ledger/absence.js';
import type { LedgerService, LedgerTest } from '../../ledger/schema.js';
import { FreshParts } from './fresh-parts.js';

const CHECK_MS = 2_000;
/** Whether real calls are to go to a local model: `--local-model`. */
const LOCAL_MODEL = 'DRYDOCK_LOCAL_MODEL';
const STARTED = new Set(['container', 'local binary', 'embedded package']);

/** Servers of one run: found or started before the first test, stopped when Vitest closes. */
export class RunServices {
  readonly #projectRoot: string;
  readonly #stateDir: string;
  readonly #provenanceOf: (variable: string) => string | undefined;
  readonly #triage: ClassifyOptions;
  readonly #own: readonly ServiceRecord[];
  readonly #onProgress: (event: ProgressEvent) => void;
  readonly #running: Service[] = [];
  readonly #probes = new Map<string, () => Promise<{ version: string }>>();
  readonly services: LedgerService[] = [];
  readonly unavailable: Unavailable[] = [];
  /** Names among the needs that are providers and not servers. */
  readonly providers = new Set<string>();
  /** `host:port` of each server that is ready. */
  readonly endpoints: string[] = [];
  /** Endpoints of servers that this run started. */
  readonly started: string[] = [];
  /** Parts of the servers for single test files. */
  readonly fresh = new FreshParts();
  /** One failed test for each configured server that does not answer. */
  readonly failures: LedgerTest[] = [];

  constructor(
    projectRoot: string,
    stateDir: string,
    provenanceOf: (variable: string) => string | undefined = () => undefined,
    triage: ClassifyOptions = {},
    own: readonly ServiceRecord[] = [],
    onProgress: (event: ProgressEvent) => void = terminalProgress(),
  ) {
    this.#onProgress = onProgress;
    this.#projectRoot = projectRoot;
    this.#stateDir = stateDir;
    this.#provenanceOf = provenanceOf;
    this.#triage = triage;
    this.#own = own;
  }

  /**
   * Prepares what the scope lets tests reach: finds or starts the servers of backends, puts their addresses into
   * `process.env` for the workers, and checks whether providers have a key, or a local server in their place.
   */
  async open(needs: readonly string[], scope: Scope, projectName: string): Promise<void> {
    const providers = discoverProviders(this.#projectRoot).filter(({ provider }) => needs.includes(provider));
    for (const { provider } of providers) this.providers.add(provider);
    const records = [...this.#own, ...discoverServices(this.#projectRoot)];
    if (scope.includes('public'))
      await Promise.all(providers.map((record) => this.#openProvider(record, records, projectName)));
    if (!scope.includes('lan')) return;
    const backends = needs.filter((name) => !this.providers.has(name));
    await Promise.all(backends.map((backend) => this.#open(backend, records, projectName)));
  }

  /** Checks the servers of some backends again, to tell whether a failure is theirs. */
  check(backends: readonly string[]): Promise<EndpointFinding[]> {
    const probes = [...this.#probes].filter(([backend]) => backends.includes(backend));
    return Promise.all(
      probes.map(async ([name, probe]): Promise<EndpointFinding> => {
        try {
          const { version } = await probe();
          return { name, ok: true, evidence: version === '' ? 'it answers' : `logged in to ${version}` };
        } catch (error) {
          const { code = 'no answer' } = factsOf(error);
          return { name, ok: false, evidence: `login: ${code}` };
        }
      }),
    );
  }

  /** Stops all servers that `open` started. */
  async close(): Promise<void> {
    await this.fresh.remove();
    await Promise.all(this.#running.splice(0).map((service) => service.stop()));
  }

  /** Takes the local server of a provider where the run asks for one, or where one is up and nothing else is configured. */
  async #openProvider(
    provider: ProviderRecord,
    records: readonly ServiceRecord[],
    projectName: string,
  ): Promise<void> {
    const local = records.find(({ backend }) => backend === provider.provider);
    const isAsked = Boolean(process.env[LOCAL_MODEL]);
    if (!local || (!isAsked && providerSetting(provider, process.env))) return this.#recordProvider(provider);
    try {
      await this.#start(local, isAsked ? {} : { ways: ['kept'] });
    } catch (error) {
      if (!ServiceError.isInstance(error)) throw error;
      if (isAsked) this.#recordAbsence(error, projectName, 'public');
      else this.#recordProvider(provider);
    }
  }

  async #open(backend: string, records: readonly ServiceRecord[], projectName: string): Promise<void> {
    try {
      await this.#start(this.#recordOf(backend, records));
    } catch (error) {
      if (!ServiceError.isInstance(error)) throw error;
      this.#recordAbsence(error, projectName);
    }
  }

  async #start(record: ServiceRecord, options: Pick<AcquireOptions, 'ways'> = {}): Promise<void> {
    const { backend } = record;
    const definition = await record.load();
    const service = await acquire(definition, {
      ...options,
      onProgress: this.#onProgress,
      stateDir: this.#stateDir,
      provenanceOf: (variable) => this.#provenanceOf(variable),
    });
    this.#running.push(service);
    this.#probes.set(backend, () => definition.probe({ ...process.env, ...service.variables }, CHECK_MS));
    Object.assign(process.env, service.variables);
    const { version, provenance, host, port } = service;
    const endpoint = hostPort({ host, port });
    this.endpoints.push(endpoint);
    if (STARTED.has(provenance)) {
      this.started.push(endpoint);
      this.fresh.started.push(backend);
    } else this.fresh.share(definition, pick({ ...process.env, ...service.variables }, record.variables));
    this.services.push({ backend, status: 'available', ...(version && { version }), provenance });
  }

  #recordOf(backend: string, records: readonly ServiceRecord[]): ServiceRecord {
    return (
      records.find((record) => record.backend === backend) ?? undefinedService(backend, this.#projectRoot)
    );
  }

  #recordProvider(record: ProviderRecord): void {
    const backend = record.provider;
    const variable = providerSetting(record, process.env);
    if (variable !== undefined) {
      const provenance = this.#provenanceOf(variable) ?? PROCESS_ENVIRONMENT;
      this.services.push({ backend, status: 'available', provenance });
      return;
    }
    const reason = `${record.probe.key} not set`;
    this.services.push({ backend, status: 'unavailable', reason, remedy: `Set ${record.probe.key}.` });
    this.unavailable.push({ backend, scope: 'public', reason });
  }

  #recordAbsence(error: ServiceError, projectName: string, scope: Unavailable['scope'] = 'lan'): void {
    const { backend, reason, remedy } = error;
    this.services.push({ backend, status: 'unavailable', reason, remedy });
    this.unavailable.push({ backend, scope, reason });
    if (error.kind !== 'unavailable') this.failures.push(absenceAsFailure(error, projectName, this.#triage));
  }
}

function pick(env: NodeJS.ProcessEnv, variables: Variables): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.keys(variables).map((name) => [name, env[name]]));
}

/** A server whose address is set was asked for, so that its tests must not be left out as if nobody had. */
function undefinedService(backend: string, projectRoot: string): never {
  const variable = addressVariables(backend, projectRoot).find((name) => process.env[name]);
  throw new ServiceError({
    kind: variable === undefined ? 'unavailable' : 'definition',
    backend,
    message: `${variable === undefined ? '' : `${variable} is set, but `}no installed package defines the service '${backend}'`,
    remedy: `Declare it in drydock({ services: { ${backend}: { image, port, url } } }), or install its package, such as @drydock/storage-${backend}.`,
  });
}

function addressVariables(backend: string, projectRoot: string): string[] {
  const own = visiblePackages(projectRoot).filter(({ field }) => field.backend === backend);
  const declared = own.flatMap(({ field }) => Object.entries(field.variables ?? {}));
  const urls = declared.filter(([, { kind }]) => kind === 'url').map(([name]) => name);
  return [...urls, `${backend.toUpperCase().replace(/\W/g, '_')}_URL`];
}
