import { dependencyNames, type PackageJson } from '@drydock/workspace';
import { indentOf } from './change.js';

interface Manifest extends PackageJson {
  readonly drydock?: { readonly variables?: Readonly<Record<string, unknown>> };
}

/** What `init` puts into the root's package.json. */
export interface ManifestAdditions {
  /** Versions of development dependencies by name, for those that are not there in any way. */
  readonly devDependencies: Readonly<Record<string, string>>;
  /** Addresses of the project's own servers. */
  readonly addresses: readonly string[];
}

/** What npm writes where nobody has written a script. */
const PLACEHOLDER = /no test specified/;
/** Vitest and nothing else, with its arguments. */
const VITEST = /^(?:npx )?vitest(?: (?:run|watch))?((?: -\S+| [\w./*-]+)*)$/;

/** Adds scripts, dependencies and variables to a package.json, in its own indentation; what is there stays. */
export function withAdditions(text: string, { devDependencies, addresses }: ManifestAdditions): string {
  const manifest = JSON.parse(text) as Manifest;
  const known = dependencyNames(manifest);
  const missing = Object.entries(devDependencies).filter(([name]) => !known.includes(name));
  const variables = addresses.filter((name) => manifest.drydock?.variables?.[name] === undefined);
  const edited = {
    ...manifest,
    scripts: scriptsWith(manifest.scripts ?? {}),
    ...(missing.length > 0 && {
      devDependencies: sorted({ ...manifest.devDependencies, ...Object.fromEntries(missing) }),
    }),
    ...(variables.length > 0 && {
      drydock: {
        ...manifest.drydock,
        variables: {
          ...manifest.drydock?.variables,
          ...Object.fromEntries(variables.map((name) => [name, { kind: 'address' }])),
        },
      },
    }),
  };
  // A file that already says all of it keeps its own layout.
  if (JSON.stringify(edited) === JSON.stringify(manifest)) return text;
  return `${JSON.stringify(edited, null, indentOf(text))}${text.endsWith('\n') ? '\n' : ''}`;
}

/** `test` becomes the offline run where it was plain Vitest or nothing; another command stays and gets a neighbour. */
function scriptsWith(scripts: Readonly<Record<string, string>>): Record<string, string> {
  const { test = '' } = scripts;
  const added = { 'test:integration': 'drydock run --level integration' };
  if (test.includes('drydock')) return { ...scripts, ...without(added, scripts) };
  const [isVitest, flags = ''] = VITEST.exec(test) ?? [];
  if (test !== '' && isVitest === undefined && !PLACEHOLDER.test(test))
    return { ...scripts, ...without({ 'test:offline': 'drydock run', ...added }, scripts) };
  const isWatching = isVitest !== undefined && !/ run\b/.test(test);
  const watch = isWatching ? { 'test:watch': test } : {};
  const run = `drydock run${flags === '' ? '' : ` --${flags}`}`;
  return { ...scripts, test: run, ...without({ ...watch, ...added }, scripts) };
}

function without(added: Record<string, string>, there: Readonly<Record<string, string>>) {
  return Object.fromEntries(Object.entries(added).filter(([name]) => there[name] === undefined));
}

function sorted(entries: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(entries).sort(([one], [other]) => (one < other ? -1 : 1)));
}
