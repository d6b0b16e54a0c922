import { storageConformance } from '@drydock/storage/conformance';
import { faultKit } from '@drydock/storage/testing';
import { FakeNeo4j } from '../fake/index.js';
import { adapterCases } from './adapter-cases.fixture.js';
import { labelOf, neo4jConformance, offline, PASSWORD } from './conformance.fixture.js';

const server = new FakeNeo4j({ password: PASSWORD });
const remove = async (namespace: string) => server.removeNamespace(namespace);

storageConformance(
  neo4jConformance('neo4j, offline', offline(server), {
    telemetry: {
      'db.system.name': 'neo4j',
      'db.namespace': 'neo4j',
      'server.address': 'memory',
      'server.port': 7687,
    },
    faults: faultKit(server),
    removeNamespace: (namespace) => remove(labelOf(namespace)),
  }),
);
adapterCases('offline', offline(server), (_, namespace) => remove(namespace));
adapterCases('offline, routed', offline(server, 'neo4j'), (_, namespace) => remove(namespace));
