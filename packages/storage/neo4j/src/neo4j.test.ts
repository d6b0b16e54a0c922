import { storageConformance } from '@drydock/storage/conformance';
import { faultKit, neo4jConformance, offline, PASSWORD } from './conformance.fixture.js';
import { MemoryNeo4j } from './testing/index.js';

const server = new MemoryNeo4j({ password: PASSWORD });

storageConformance(
  neo4jConformance('neo4j, offline', offline(server), {
    faults: faultKit(server),
    removeNamespace: async (namespace) => server.removeNamespace(namespace.replaceAll('-', '_')),
  }),
);
