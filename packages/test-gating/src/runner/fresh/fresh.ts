import { appendFileSync } from 'node:fs';
import type { FreshPart, Migrate, ServiceRecord } from '@drydock/services';
import { suggestion, UsageError } from '@drydock/workspace';
import { type FreshContext, freshContext } from './context.js';

/** How a part of a server begins. */
export interface FreshOptions {
  /** Fills the part, such as with tables. PostgreSQL calls it once a run and copies the result; the others call it for each part. */
  readonly migrate?: Migrate;
}

/**
 * A part of a backend's server that only this test file uses: a database in PostgreSQL, elsewhere what begins with its
 * name. It is removed after the file, whether its tests passed or failed.
 *
 * @throws {UsageError} where the run has no such server, naming what to do.
 */
export async function fresh(backend: string, { migrate }: FreshOptions = {}): Promise<FreshPart> {
  const context = freshContext();
  if (context === undefined)
    throw new UsageError(
      `fresh('${backend}') reaches a server, which only a networked run has. Mark the test, as with { tags: ['integration'] } or the name *.integration.test.ts, in a project with drydock() in its Vitest configuration.`,
    );
  // Loaded here, because most tests need no server.
  const { discoverServices, openFresh, ownRecords } = await import('@drydock/services');
  const records = [
    ...ownRecords(context.own, { name: context.project, root: context.root }),
    ...discoverServices(context.root),
  ];
  const record = recordOf(backend, records);
  const definition = await record.load();
  const { endpoint } = definition;
  if (!process.env[endpoint])
    throw new UsageError(
      `fresh('${backend}') found no server: ${endpoint} is not set here. Mark the test with { tags: ['${backend}'] } where the run has one, or set ${endpoint}.`,
    );
  if (!definition.fresh && !context.started.includes(backend))
    throw new UsageError(
      `fresh('${backend}') would leave behind what it makes at ${endpoint}: its definition does not say how to remove a part. Unset ${endpoint}, so that the run starts a server of its own.`,
    );
  noteUse(context, backend);
  const part = await openFresh(definition, {
    variables: Object.fromEntries(Object.keys(record.variables).map((name) => [name, process.env[name]])),
    run: context.run,
    migrate,
  });
  context.parts.push(part);
  return part;
}

function recordOf(backend: string, records: readonly ServiceRecord[]): ServiceRecord {
  const record = records.find((each) => each.backend === backend);
  if (record) return record;
  const known = [...new Set(records.map((each) => each.backend))];
  throw new UsageError(`fresh('${backend}'): unknown service. ${suggestion(backend, known)}`);
}

/** The run removes what a killed worker left, and must know where. */
function noteUse({ log }: FreshContext, backend: string): void {
  appendFileSync(log, `${backend}\n`);
}
