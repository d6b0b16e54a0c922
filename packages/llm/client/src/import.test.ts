import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { expect, test } from 'vitest';

/** What a module loads at once: types are gone, and what is imported later does not count. */
function importsOf(url: URL): string[] {
  const compilerOptions = { target: ts.ScriptTarget.ES2023, verbatimModuleSyntax: true };
  const { outputText } = ts.transpileModule(readFileSync(url, 'utf8'), { compilerOptions });
  const statements = /^(?:import|export)\b(?:[^;'"]*\bfrom)? ?['"]([^'"]+)['"]/gm;
  return [...outputText.matchAll(statements)].map(([, name = '']) => name);
}

function graphOf(url: URL, seen = new Set<string>(), packages = new Set<string>()) {
  seen.add(url.href);
  for (const name of importsOf(url)) {
    const next = name.startsWith('.') ? new URL(name.replace(/\.js$/, '.ts'), url) : undefined;
    if (!next) packages.add(name);
    else if (!seen.has(next.href)) graphOf(next, seen, packages);
  }
  return { files: seen.size, packages: [...packages] };
}

test('importing the package loads nothing but a few files of its own', () => {
  const { files, packages } = graphOf(new URL('index.ts', import.meta.url));
  expect(packages).toEqual([]);
  expect(files).toBeGreaterThan(3);
  expect(files).toBeLessThan(12);
});

test('structured output loads its libraries with the first answer', () => {
  const { packages } = graphOf(new URL('structured/index.ts', import.meta.url));
  expect(packages).toEqual(['node:util']);
});

test('what the calls need is loaded by the first of them', () => {
  expect(graphOf(new URL('client/engine.ts', import.meta.url)).packages).toContain('@drydock/resilience');
});
