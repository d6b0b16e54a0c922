import { SHAPE_SAMPLES } from '@drydock/redaction/samples';

/** Settings of services and providers that hold a secret, each with a value of its own. */
const VARIABLES = [
  'REDIS_URL',
  'POSTGRES_URL',
  'QDRANT_API_KEY',
  'NEO4J_PASSWORD',
  'TYPESENSE_API_KEY',
  'GOOGLE_API_KEY',
  'GROQ_API_KEY',
  'MISTRAL_API_KEY',
] as const;

/** Texts in which a secret is told by what stands around it. */
const CONTEXTS: readonly ((secret: string) => string)[] = [
  (secret) => `redis://:${secret}@db1:6379/0`,
  (secret) => `postgresql://app:${secret}@db1:5432/app?sslmode=require`,
  (secret) => `https://db1:6333/collections?api_key=${secret}`,
  (secret) => `GET https://api.example.test/v1/models?key=${secret} failed`,
  (secret) => `Authorization: Bearer ${secret}`,
  (secret) => `{"x-goog-api-key":"${secret}"}`,
  (secret) => `x-typesense-api-key: ${secret}`,
  (secret) => `NEO4J_PASSWORD=${secret}`,
  (secret) => `{ password: '${secret}' }`,
  (secret) => `client_secret=${secret}&grant_type=x`,
  (secret) => `Cookie: session_token=${secret}`,
  (secret) => `--api-key ${secret}`,
];

/** A secret: the value that may occur nowhere, and a text that holds it. */
export interface Canary {
  readonly value: string;
  readonly text: string;
}

/** 200 of them: every shape that is known by itself, the rest by what stands around them. */
export const CANARIES: readonly Canary[] = Array.from({ length: 200 }, (_, index) => {
  const [, shaped] = SHAPE_SAMPLES[index] ?? [];
  if (shaped !== undefined) return { value: shaped, text: `told ${shaped} aloud` };
  const value = `Canary${index}x${(index * 7919).toString(36)}Qz8Lm4`;
  return { value, text: CONTEXTS[index % CONTEXTS.length]?.(value) ?? value };
});

/** Values that only the environment names. */
export const CONFIGURED: Readonly<Record<string, string>> = Object.fromEntries(
  VARIABLES.map((name, index) => {
    const secret = `configured${index}Vn3Kp7Rt`;
    if (name === 'REDIS_URL') return [name, `redis://:${secret}@127.0.0.1:1`];
    if (name === 'POSTGRES_URL') return [name, `postgresql://app:${secret}@127.0.0.1:1/app`];
    return [name, secret];
  }),
);

/** The parts of those values that are secret. */
export const CONFIGURED_SECRETS = Object.keys(CONFIGURED).map((_, index) => `configured${index}Vn3Kp7Rt`);
