/** Texts of a small shop whose tests show a refused connection, a swallowed one, a gated test and a wrong sum. */
export const DEMO_PROJECT: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({ name: 'drydock-demo', private: true, type: 'module' }),
  'vitest.config.js': `import { drydock } from '@drydock/test-gating/vitest';
import { defineConfig } from 'vitest/config';

export default defineConfig({ plugins: [drydock()] });
`,
  'src/price.js': `export function total(lines) {
  return lines.reduce((sum, line) => sum + line.price, 0); // forgets line.count
}

export async function rate() {
  const answer = await fetch('https://rates.example.com/eur');
  return (await answer.json()).rate;
}
`,
  'src/price.test.js': `import { expect, test } from 'vitest';
import { rate, total } from './price.js';

test('nothing costs nothing', () => {
  expect(total([])).toBe(0);
});

test('three of a thing cost three times as much', () => {
  expect(total([{ price: 2, count: 3 }])).toBe(6);
});

test('asks for the rate', async () => {
  expect(await rate()).toBe(1);
});

test('falls back to 1, and so hides that it asked', async () => {
  const eur = await rate().catch(() => 1);
  expect(eur).toBe(1);
});
`,
  'src/stock.integration.test.js': `import { expect, test } from 'vitest';

test('keeps the stock in a store', () => {
  expect(process.env.STOCK_URL).toBeDefined();
});
`,
};

/** What to look at, before the run. */
export const DEMO_TEXT = ` A made-up shop with five tests. In a moment you will see:

   passed   a test that needs nothing
   defect   a wrong sum, with the line and the difference
   harness  a test that fetches from the network: refused, with what to do
   harness  a test that fetches and swallows the refusal: it would have passed
   gated    a test in *.integration.test.js: it waits for a grant
`;
