import { UsageError } from './usage-error.js';

/** How a variable is read, checked and explained. */
export interface VariableDefinition {
  /** `secret` is a text that is a secret as a whole; a `url` may carry one in its login. */
  readonly kind: 'url' | 'secret' | 'text' | 'number';
  /** Accepted protocols of a `url`, colon included; any when absent. */
  readonly protocols?: readonly string[];
  /** Smallest accepted `number`. */
  readonly min?: number;
  /** Largest accepted `number`. */
  readonly max?: number;
  /** A good value to show in a message. */
  readonly example?: string;
}

/** Definitions by the variables' names. */
export type Variables = Readonly<Record<string, VariableDefinition>>;

/** A package as far as its variables matter: its name and the `drydock` field of its package.json. */
export interface VariableOwner {
  readonly name: string;
  readonly field: { readonly backend?: string; readonly variables?: Variables };
}

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

/**
 * Joins the well-known variables, those in the packages' `drydock.variables` and the user's own, the later winning; throws a
 * UsageError when a definition is no definition.
 */
export function discoverVariables(packages: readonly VariableOwner[], additions: Variables = {}): Variables {
  const joined: Record<string, VariableDefinition> = { ...WELL_KNOWN_VARIABLES };
  for (const { name, field } of packages) {
    Object.assign(joined, checked(field.variables, `drydock.variables in the package.json of ${name}`));
  }
  return Object.assign(joined, checked(additions, 'the variables in the configuration'));
}

const KINDS: readonly unknown[] = ['url', 'secret', 'text', 'number'] satisfies VariableDefinition['kind'][];

function checked(variables: Variables = {}, place: string): Variables {
  for (const [name, definition] of Object.entries(variables)) {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
      throw new UsageError(
        `${place}: "${name}" is no variable name; use letters, digits and _, for example REDIS_URL.`,
      );
    }
    const mistake = mistakeIn(definition);
    if (mistake !== undefined) {
      throw new UsageError(
        `${place}: ${name} ${mistake}; write for example { "kind": "url", "protocols": ["redis:"] }.`,
      );
    }
  }
  return variables;
}

function mistakeIn(definition: unknown): string | undefined {
  if (typeof definition !== 'object' || definition === null) return 'is not an object';
  const { kind, protocols } = definition as Partial<VariableDefinition>;
  if (!KINDS.includes(kind)) return `has no kind out of ${KINDS.join(', ')}`;
  const listed: unknown = protocols ?? [];
  const wellFormed =
    Array.isArray(listed) && listed.every((protocol) => /^[a-z][a-z0-9+.-]*:$/.test(String(protocol)));
  return wellFormed ? undefined : 'has protocols that are not a list of names with a colon';
}
