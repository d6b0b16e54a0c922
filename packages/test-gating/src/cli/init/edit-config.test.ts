import { expect, it } from 'vitest';
import { withPlugin } from './edit-config.js';

const IMPORT = "import { drydock } from '@drydock/test-gating/vitest';\n";
const DEFINE = "import { defineConfig } from 'vitest/config';\n";

it.each([
  [
    'options without plugins',
    `${DEFINE}export default defineConfig({\n  test: {},\n});\n`,
    `${IMPORT}${DEFINE}export default defineConfig({\n  plugins: [drydock()],\n  test: {},\n});\n`,
  ],
  [
    'a list of plugins',
    `${DEFINE}export default defineConfig({ plugins: [react()] });\n`,
    `${IMPORT}${DEFINE}export default defineConfig({ plugins: [drydock(), react()] });\n`,
  ],
  [
    'a list over several lines',
    `${DEFINE}export default defineConfig({\n  plugins: [\n    react(), // ours\n  ],\n});\n`,
    `${IMPORT}${DEFINE}export default defineConfig({\n  plugins: [\n    drydock(),\n    react(), // ours\n  ],\n});\n`,
  ],
  [
    'an empty list',
    'export default { plugins: [] };\n',
    `${IMPORT}export default { plugins: [drydock()] };\n`,
  ],
  [
    'no options at all',
    `${DEFINE}export default defineConfig({});\n`,
    `${IMPORT}${DEFINE}export default defineConfig({ plugins: [drydock()] });\n`,
  ],
  [
    'plugins from elsewhere',
    'export default { plugins: shared.plugins };\n',
    `${IMPORT}export default { plugins: [drydock(), shared.plugins] };\n`,
  ],
  [
    'plugins by name',
    'const plugins = [react()];\nexport default { plugins };\n',
    `${IMPORT}const plugins = [react()];\nexport default { plugins: [drydock(), plugins] };\n`,
  ],
  [
    'a function',
    'export default defineConfig(({ mode }) => ({ test: { name: mode } }));\n',
    `${IMPORT}export default defineConfig(({ mode }) => ({ plugins: [drydock()], test: { name: mode } }));\n`,
  ],
  [
    'a function with a body',
    'export default defineConfig(async () => {\n  const port = await free();\n  return { server: { port } };\n});\n',
    `${IMPORT}export default defineConfig(async () => {\n  const port = await free();\n  return { plugins: [drydock()], server: { port } };\n});\n`,
  ],
  [
    'a merge',
    'export default mergeConfig(vite, defineConfig({ test: {} }));\n',
    `${IMPORT}export default mergeConfig(vite, defineConfig({ plugins: [drydock()], test: {} }));\n`,
  ],
  [
    'a constant with a type',
    'const config = { test: {} } satisfies UserConfig;\nexport default config;\n',
    `${IMPORT}const config = { plugins: [drydock()], test: {} } satisfies UserConfig;\nexport default config;\n`,
  ],
  [
    'double quotes and no semicolons',
    'import { defineConfig } from "vitest/config"\nexport default defineConfig({ test: {} })\n',
    'import { drydock } from "@drydock/test-gating/vitest"\nimport { defineConfig } from "vitest/config"\nexport default defineConfig({ plugins: [drydock()], test: {} })\n',
  ],
  [
    'a comment and a directive first',
    `/// <reference types="vitest" />\n${DEFINE}export default defineConfig({ /* ours */ test: {} });\n`,
    `/// <reference types="vitest" />\n${IMPORT}${DEFINE}export default defineConfig({ plugins: [drydock()], /* ours */ test: {} });\n`,
  ],
])('adds the plugin to %s, and the second time nothing', (_, before, after) => {
  expect(withPlugin('vitest.config.ts', before)).toBe(after);
  expect(withPlugin('vitest.config.ts', after)).toBe(after);
});

it('asks for the plugin by require in a module of CommonJS', () => {
  expect(withPlugin('vitest.config.cjs', "'use strict';\nmodule.exports = { test: {} };\n")).toBe(
    "'use strict';\nconst { drydock } = require('@drydock/test-gating/vitest');\nmodule.exports = { plugins: [drydock()], test: {} };\n",
  );
});

it.each([
  ['options that are spread', 'export default { ...shared, test: {} };\n'],
  ['a call of somebody else', 'export default createConfig({ test: {} });\n'],
  ['two ways out of a function', 'export default () => { if (ci) return { a: 1 }; return { b: 2 }; };\n'],
  ['a configuration from elsewhere', "export { default } from './shared.js';\n"],
  ['a text that is not a module', 'export default {\n'],
])('leaves %s to the user', (_, source) => {
  expect(withPlugin('vitest.config.ts', source)).toBeUndefined();
});
