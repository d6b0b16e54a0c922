import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ServiceDefinition } from '@drydock/storage/service';
import { type Manifest, manifestsVisibleFrom } from '@drydock/workspace/reader';
import type { ServiceRecord } from './service.js';
import { ServiceError } from './service-error.js';

/**
 * Services that a project can use: those of the project, of the packages it depends on, and, from a workspace's root, of every member.
 *
 * Reads `package.json` files only; a definition's module is imported by {@link ServiceRecord.load}.
 *
 * @param dir Any folder of the project or workspace; the nearest `package.json` upward counts.
 */
export function discoverServices(dir: string): readonly ServiceRecord[] {
  const records = new Map<string, ServiceRecord>();
  for (const manifest of manifestsVisibleFrom(nearestPackage(resolve(dir)))) {
    const record = toRecord(manifest);
    // The first one wins: a project's own definition goes before an installed one of the same name.
    if (record !== undefined && !records.has(record.backend)) records.set(record.backend, record);
  }
  return [...records.values()].sort((a, b) => a.backend.localeCompare(b.backend));
}

/** The folder of the nearest `package.json` upward, or the folder itself. */
export function nearestPackage(dir: string): string {
  for (let current = dir; ; current = dirname(current)) {
    if (existsSync(join(current, 'package.json'))) return current;
    if (dirname(current) === current) return dir;
  }
}

function toRecord({ dir, json }: Manifest): ServiceRecord | undefined {
  const field = json.drydock;
  if (typeof field?.backend !== 'string' || typeof field.service !== 'string') return undefined;
  const { backend, service, versions, schemes = {} } = field;
  const packageName = json.name ?? backend;
  return {
    backend,
    packageName,
    packageDir: dir,
    variables: field.variables ?? {},
    schemes,
    module: join(dir, service),
    ...(versions !== undefined && { versions }),
    load: () => loadDefinition(backend, packageName, join(dir, service)),
  };
}

async function loadDefinition(
  backend: string,
  packageName: string,
  file: string,
): Promise<ServiceDefinition> {
  const broken = (why: string, remedy: string) =>
    new ServiceError({ kind: 'definition', backend, message: `${packageName}: ${why}`, remedy });
  if (!existsSync(file)) {
    throw broken(
      `its service module ${file} does not exist`,
      'Build the package, or fix the `drydock` field of its package.json.',
    );
  }
  const module: { service?: ServiceDefinition } = await import(pathToFileURL(file).href);
  if (module.service?.backend !== backend) {
    throw broken(
      `its service module exports no \`service\` for the backend ${backend}`,
      'Export a ServiceDefinition named `service` whose `backend` is the one in package.json.',
    );
  }
  return module.service;
}
