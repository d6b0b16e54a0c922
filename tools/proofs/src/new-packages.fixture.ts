import { cpSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a new backend says of itself, beside what it copies from a sibling. */
export const MONGODB = {
  backend: 'mongodb',
  service: './dist/service.js',
  versions: '>=6',
  variables: {
    MONGODB_URL: { kind: 'url', protocols: ['mongodb:'], example: 'mongodb://localhost:27017' },
  },
  errors: { login: ['18', 'AuthenticationFailed'], 'read-only': ['10107', 'NotWritablePrimary'] },
  schemes: { 'mongodb:': { parameters: { tls: { true: 'verify' } } } },
};

/** What a new provider says of itself. */
export const COHERE = {
  provider: 'cohere',
  hosts: ['api.cohere.com'],
  probe: {
    url: 'https://api.cohere.com/v1/models',
    key: 'COHERE_API_KEY',
    header: 'authorization',
    scheme: 'Bearer',
  },
  variables: { COHERE_API_KEY: { kind: 'secret', example: 'your-key' } },
};

/** Adds both packages to a copy of this repository: each its sibling's copy, as CONTRIBUTING advises, with a field of its own. */
export function addPackages(root: string): void {
  copyPackage(join(root, 'packages/storage'), 'postgres', 'mongodb', MONGODB);
  copyPackage(join(root, 'packages/llm'), 'groq', 'cohere', COHERE);
}

function copyPackage(folder: string, from: string, to: string, drydock: object): void {
  const target = join(folder, to);
  cpSync(join(folder, from), target, { recursive: true, filter: (path) => !path.endsWith('node_modules') });
  for (const path of readdirSync(target, { recursive: true, encoding: 'utf8' })) {
    const file = join(target, path);
    if (statSync(file).isFile() && /\.(?:[cm]?[jt]s|json|md)$/.test(file))
      writeFileSync(file, renamed(readFileSync(file, 'utf8'), from, to));
  }
  const manifest = join(target, 'package.json');
  writeFileSync(
    manifest,
    `${JSON.stringify({ ...JSON.parse(readFileSync(manifest, 'utf8')), drydock }, null, 2)}\n`,
  );
}

/** The sibling's name in each case; names of drivers, such as `groq-sdk`, are not its own. */
function renamed(text: string, from: string, to: string): string {
  const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
  return [
    [from, to],
    [capital(from), capital(to)],
    [from.toUpperCase(), to.toUpperCase()],
  ].reduce(
    (result, [name = '', other = '']) => result.replace(new RegExp(`${name}(?!-sdk)`, 'g'), other),
    text,
  );
}
