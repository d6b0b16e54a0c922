import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ServiceDefinition } from '@drydock/storage/service';
import { findProject, type OwnServices, readPackageJson, variablesOfServices } from '@drydock/workspace';
import { toPackage, type WorkspacePackage } from '@drydock/workspace/members';
import { visiblePackages } from '@drydock/workspace/visible-packages';
import { ownDefinition } from './own/own-definition.js';
import type { ServiceRecord } from './service.js';
import { ServiceError } from './service-error.js';

/**
 * Services that a project can use: those that it or its workspace's root declares, those of the project, of the packages it depends on, and, from a workspace's root, of every member.
 *
 * Reads `package.json` files only; a definition's module is imported by {@link ServiceRecord.load}.
 *
 * @param dir Any folder of the project or workspace; the nearest `package.json` upward counts.
 */
export function discoverServices(dir: string): readonly ServiceRecord[] {
  const records = new Map<string, ServiceRecord>();
  const { workspaceRoot } = findProject(dir);
  const root = toPackage(workspaceRoot, readPackageJson(workspaceRoot));
  const found = [
    ...visiblePackages(dir).flatMap((each) => [...ownRecords(each.field.services, each), ...toRecords(each)]),
    ...ownRecords(root.field.services, root),
  ];
  for (const record of found) {
    // The first one wins: a project's own definition goes before an installed one of the same name.
    if (!records.has(record.backend)) records.set(record.backend, record);
  }
  return [...records.values()].sort((a, b) => a.backend.localeCompare(b.backend));
}

/** Services of a project's own, as its manifest or its configuration declares them. */
export function ownRecords(
  services: OwnServices = {},
  { name: packageName, root: packageDir }: Pick<WorkspacePackage, 'name' | 'root'>,
): ServiceRecord[] {
  return Object.entries(services).map(([backend, service]) => ({
    backend,
    packageName,
    packageDir,
    variables: variablesOfServices({ [backend]: service }),
    schemes: {},
    load: async () => ownDefinition(backend, service, packageDir),
  }));
}

function toRecords({ name, root, field }: WorkspacePackage): ServiceRecord[] {
  const { provider, service, versions, variables = {}, schemes = {} } = field;
  const backend = field.backend ?? provider;
  if (backend === undefined || service === undefined) return [];
  return [
    {
      backend,
      packageName: name,
      packageDir: root,
      variables,
      schemes,
      module: join(root, service),
      ...(versions !== undefined && { versions }),
      ...(field.backend === undefined && { ofProvider: true }),
      load: () => loadDefinition(backend, name, join(root, service)),
    },
  ];
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
