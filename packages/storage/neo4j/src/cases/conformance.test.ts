import { storageConformance } from '@drydock/storage/conformance';
import { faultKit } from '@drydock/storage/testing';
import * as vitest from 'vitest';
import { FakeNeo4j } from '../fake/index.js';
import { adapterCases } from './adapter-cases.fixture.js';
import { conformance, labelOf, SECRET } from './conformance.fixture.js';

const server = new FakeNeo4j({ password: SECRET });
vitest.afterAll(() => server.close());

const { namespaces: _, ...suite } = conformance('neo4j, offline', server.config, {
  authenticates: true,
  secrets: [SECRET],
  telemetry: {
    'db.system.name': 'neo4j',
    'db.namespace': 'neo4j',
    'server.address': 'memory',
    'server.port': 7687,
  },
  faults: faultKit(server),
});
const remove = async (namespace: string) => server.removeNamespace(labelOf(namespace));

const corrupt = async (namespace: string, id: string) =>
  server.setProperty(labelOf(namespace), id, '_json', 'no JSON');

storageConformance({ ...suite, removeNamespace: remove, corrupt }, vitest);
adapterCases('offline', server.config, (_, namespace) => remove(namespace));
adapterCases('offline, routed', { ...server.config, url: 'neo4j://memory' }, (_, namespace) =>
  remove(namespace),
);
