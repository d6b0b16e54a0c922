import * as vitest from 'vitest';
import { createAdapter } from '../create-adapter.js';
import { type Entry, MemoryBackend, type Note, type NoteQuery } from '../testing/memory-backend.fixture.js';
import { storageConformance } from './storage-conformance.js';

const namespaces = new Map<string, Map<string, Entry>>();

storageConformance<Note, NoteQuery, unknown>(
  {
    name: 'memory',
    capabilities: {
      ttl: true,
      sharesRequests: true,
      json: true,
      order: 'any',
      stablePages: true,
      roundTrips: {},
      refusesId: () => false,
    },
    createAdapter({ namespace, options }) {
      const entries = namespaces.get(namespace) ?? new Map();
      namespaces.set(namespace, entries);
      return createAdapter<Note, NoteQuery, unknown, Entry>(new MemoryBackend(entries), options);
    },
    namespaces: async () => [...namespaces.keys()],
    async removeNamespace(namespace) {
      namespaces.delete(namespace);
    },
    record: (sample) => sample,
    query: (scope, page) => ({ scope, ...page }),
  },
  vitest,
);
