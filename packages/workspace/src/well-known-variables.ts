import type { Variables } from './variables.js';

const HTTP = ['http:', 'https:'];

/** The variables of the backends and providers that Drydock knows without any package at hand. */
export const WELL_KNOWN_VARIABLES = {
  REDIS_URL: { kind: 'url', protocols: ['redis:', 'rediss:'], example: 'redis://localhost:6379' },
  POSTGRES_URL: {
    kind: 'url',
    protocols: ['postgres:', 'postgresql:'],
    example: 'postgresql://user:password@localhost:5432/app',
  },
  QDRANT_URL: { kind: 'url', protocols: HTTP, example: 'http://localhost:6333' },
  QDRANT_API_KEY: { kind: 'secret', example: 'the api key of the Qdrant server' },
  NEO4J_BOLT: {
    kind: 'url',
    protocols: ['bolt:', 'bolt+s:', 'bolt+ssc:', 'neo4j:', 'neo4j+s:', 'neo4j+ssc:'],
    example: 'bolt://localhost:7687',
  },
  NEO4J_USER: { kind: 'text', example: 'neo4j' },
  NEO4J_PASSWORD: { kind: 'secret', example: 'the password of NEO4J_USER' },
  TYPESENSE_URL: { kind: 'url', protocols: HTTP, example: 'http://localhost:8108' },
  TYPESENSE_API_KEY: { kind: 'secret', example: 'the value of the server’s --api-key' },
  GOOGLE_API_KEY: { kind: 'secret', example: 'a key from https://aistudio.google.com/apikey' },
  GROQ_API_KEY: { kind: 'secret', example: 'a key from https://console.groq.com/keys' },
  MISTRAL_API_KEY: { kind: 'secret', example: 'a key from https://console.mistral.ai/api-keys' },
} as const satisfies Variables;
