import { storageConformance } from '@drydock/storage/conformance';
import { live, neo4jConformance } from './conformance.fixture.js';

storageConformance(neo4jConformance('neo4j, live', live()));
