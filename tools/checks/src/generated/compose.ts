import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ServiceDefinition } from '@drydock/storage/service';
import type { Check, Violation } from '../check.js';
import type { Workspace } from '../workspace.js';

/** The file, relative to the root. */
export const COMPOSE_FILE = 'compose.yaml';

const PASSWORD = `\${SERVICES_PASSWORD:-drydock-password}`;
const HEALTH_SECONDS = 2;
const MIN_RETRIES = 30;

const HEAD = `# The servers for integration tests, in small: docs/guide/lan.md. Written by \`npm run generate\`
# from the service definitions of the backends. Data is gone with \`docker compose down --volumes\`.

x-defaults: &defaults
  restart: unless-stopped
  init: true
  logging: { driver: json-file, options: { max-size: 1m, max-file: "2" } }

x-health: &health
  interval: ${HEALTH_SECONDS}s
  timeout: 3s

services:
`;

/** The servers that can be started for everybody are those that a run starts for itself: the same images, all of them. */
export const compose: Check = {
  name: 'compose',
  generate: async (workspace) => ({ [COMPOSE_FILE]: composeOf(await definitionsOf(workspace)) }),
  run: async (workspace) => {
    const definitions = await definitionsOf(workspace);
    if (definitions.length === 0) return [];
    const isOutdated = workspace.read(COMPOSE_FILE) !== composeOf(definitions);
    return [
      ...definitions.flatMap(faultsOf),
      ...(isOutdated
        ? [{ where: COMPOSE_FILE, what: 'is not what the backends say; run `npm run generate`' }]
        : []),
    ];
  },
};

/** The service definitions of the workspace's packages, by backend; built modules are imported. */
export async function definitionsOf({ root, packages }: Workspace): Promise<ServiceDefinition[]> {
  const modules = packages.flatMap(({ folder, manifest: { drydock } }) =>
    drydock?.backend !== undefined && drydock.service !== undefined
      ? [join(root, folder, drydock.service)]
      : [],
  );
  const imported = await Promise.all(modules.map((module) => import(pathToFileURL(module).href)));
  const definitions = imported.map(({ service }) => service as ServiceDefinition);
  return definitions.sort((one, other) => one.backend.localeCompare(other.backend));
}

/** The text of the file. */
export function composeOf(definitions: readonly ServiceDefinition[]): string {
  return HEAD + definitions.map(blockOf).join('\n');
}

function blockOf({ backend, container, startTimeoutMs = 60_000 }: ServiceDefinition): string {
  const { image, port, shared } = container;
  const command = (shared?.command ?? container.command)?.(PASSWORD);
  const env = { ...container.env?.(PASSWORD), ...shared?.env?.(PASSWORD) };
  const retries = Math.max(MIN_RETRIES, Math.ceil(startTimeoutMs / 1_000 / HEALTH_SECONDS));
  return [
    `  ${backend}:`,
    '    <<: *defaults',
    `    image: ${image}`,
    command && `    command:\n${listOf(command, 6)}`,
    Object.keys(env).length > 0 && '    environment:',
    ...Object.entries(env).map(([name, value]) => `      ${name}: ${JSON.stringify(value)}`),
    `    ports: ["\${SERVICES_ADDRESS:-127.0.0.1}:${port}:${port}"]`,
    shared?.sharedMemory && `    shm_size: ${shared.sharedMemory}`,
    shared && `    mem_limit: ${shared.memory}`,
    shared && `    healthcheck:\n      <<: *health\n      retries: ${retries}`,
    shared && `      test:\n${listOf(shared.healthcheck, 8)}`,
  ]
    .flatMap((line) => (line ? [`${line}\n`] : []))
    .join('');
}

/** A list with a line for each item, which a formatter leaves as it is however long it is. */
function listOf(items: readonly string[], indent: number): string {
  return items.map((item) => `${' '.repeat(indent)}- ${JSON.stringify(item)}`).join('\n');
}

function faultsOf({ container: { image = 'its container', shared } }: ServiceDefinition): Violation[] {
  const rules: [boolean, string][] = [
    [/:v?\d+\.\d+[\w.-]*$/.test(image), 'is not pinned by version'],
    [shared !== undefined, 'has no healthcheck and no limit of memory: give its container `shared`'],
  ];
  return rules
    .filter(([holds]) => !holds)
    .map(([, fault]) => ({ where: COMPOSE_FILE, what: `${image} ${fault}` }));
}
