import { storageConformance } from '@drydock/storage/conformance';
import { vi } from 'vitest';
import { adapterCases } from './adapter-cases.fixture.js';
import { live, neo4jConformance } from './conformance.fixture.js';

// A server plans each statement when it first sees it, and a fresh JVM takes its time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

storageConformance(neo4jConformance('neo4j, live', live()));
adapterCases('live', live());
