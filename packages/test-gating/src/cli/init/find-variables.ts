import { isKeyShaped } from '@drydock/redaction';
import { discoverVariables, holdsAddresses, type Variables } from '@drydock/workspace';
import { listPackages } from '@drydock/workspace/members';
import { parse } from 'dotenv';
import { globSync } from 'tinyglobby';
import { readText } from './change.js';
import { IGNORED } from './survey.js';

/** Variables of the project that are addresses of servers or secrets; names, never values. */
export interface FoundVariables {
  /** Name, and an example of the kind that the packages know; empty for a name that is the project's own. */
  readonly examples: Readonly<Record<string, string>>;
  /** Addresses that no package declares: those of the project's own servers. */
  readonly undeclared: readonly string[];
}

const SOURCES = '**/*.{ts,mts,cts,tsx,js,mjs,cjs,jsx}';
/** `process.env.NAME`, `process.env['NAME']`, `import.meta.env.NAME`. */
const READ = /\b(?:process|import\.meta)\.env(?:\?\.|\.|\[['"])([A-Z][A-Z0-9_]*)\b/g;
/** `const { NAME, OTHER: name = '…' } = process.env`. */
const TAKEN = /\{([^{}]*)\}\s*=\s*(?:process|import\.meta)\.env\b/g;
const ADDRESS_NAME = /_(?:URL|URI|DSN|ENDPOINT|ENDPOINTS|BROKERS|ADDR)$/;
const OWN_NETWORK =
  /^(?:localhost|127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|\[::1\]|host\.docker\.internal)|^[^.]+$/;

/** Reads the names of variables in the sources and `.env` files of a workspace. */
export function findVariables(root: string): FoundVariables {
  const known = discoverVariables(listPackages(root));
  const values = envFileValues(root);
  const names = [...new Set([...namesInSources(root), ...Object.keys(values)])].sort();
  const isServer = (name: string) => isOwnServer(values[name] ?? '');
  const isWanted = (name: string) =>
    name in known || isKeyShaped(name) || ADDRESS_NAME.test(name) || isServer(name);
  return {
    examples: Object.fromEntries(
      names.filter(isWanted).map((name) => [name, exampleOf(name, known)] as const),
    ),
    undeclared: names.filter((name) => !(name in known) && isServer(name)),
  };
}

function namesInSources(root: string): string[] {
  return globSync(SOURCES, { cwd: root, ignore: IGNORED }).flatMap((path) => {
    const text = readText(root, path) ?? '';
    if (!text.includes('.env')) return [];
    const taken = [...text.matchAll(TAKEN)].flatMap(([, inner = '']) => inner.split(','));
    const names = taken.map((part) => /^\s*([A-Z][A-Z0-9_]*)\b/.exec(part)?.[1]);
    return [...[...text.matchAll(READ)].map(([, name]) => name), ...names].filter(
      (name) => name !== undefined,
    );
  });
}

function envFileValues(root: string): Record<string, string> {
  const files = globSync(['.env', '.env.*', '**/.env', '**/.env.*'], {
    cwd: root,
    dot: true,
    ignore: ['**/node_modules/**'],
  });
  return Object.assign({}, ...files.map((file) => parse(readText(root, file) ?? '')));
}

/** Only a secret's or an address' look in Drydock's own tables is an example; the project's values stay where they are. */
function exampleOf(name: string, known: Variables): string {
  const definition = known[name];
  return definition !== undefined && holdsAddresses(definition) ? (definition.example ?? '') : '';
}

/** An address with a scheme of a server, or of HTTP on the machine or its network. */
function isOwnServer(value: string): boolean {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || url.host === '' || url.protocol === 'file:') return false;
  return !/^https?:$/.test(url.protocol) || OWN_NETWORK.test(url.hostname);
}
