import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VirtualClock } from '@drydock/resilience/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ScriptedProvider, type Step } from '../client/cases/scripted-provider.fixture.js';
import { Engine } from '../client/engine.js';
import { SpendCap } from './spend-cap.js';
import { DEFAULT_SPEND_LIMITS, SpendUsageError } from './spend-limits.js';

const request = { messages: [{ role: 'user', content: 'hello' }], maxOutputTokens: 10 } as const;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spend-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the variables', () => {
  test('say what a run may use; each has a default', () => {
    const env = { DRYDOCK_LLM_MAX_CALLS: '3' };
    expect(SpendCap.fromEnvironment(env).limits).toEqual({ ...DEFAULT_SPEND_LIMITS, maxCalls: 3 });
    expect(SpendCap.fromEnvironment({}).limits).toEqual(DEFAULT_SPEND_LIMITS);
  });

  test.each(['0', '-1', '1.5', 'ten', '1e3', ' 5', '9'.repeat(30)])(
    '%j is wrong usage, told by name',
    (text) => {
      for (const name of ['DRYDOCK_LLM_MAX_CALLS', 'DRYDOCK_LLM_MAX_TOKENS']) {
        const read = () => SpendCap.fromEnvironment({ [name]: text });
        expect(read).toThrow(SpendUsageError);
        expect(read).toThrow(expect.objectContaining({ code: 'ERR_DRYDOCK_USAGE' }));
        expect(read).toThrow(`${name} is not a whole number`);
      }
    },
  );
});

describe('a cap', () => {
  const kinds = [
    ['in memory', () => undefined],
    ['in a file', () => join(folder, 'run', 'spend.jsonl')],
  ] as const;
  test.each(kinds)('%s allows so many calls and tokens', (_, file) => {
    const cap = new SpendCap({ maxCalls: 2, maxTokens: 100, file: file() });
    const first = cap.reserve('groq', 60);
    expect(() => cap.reserve('groq', 60)).toThrow('do not fit into the 40 left of 100');
    first.settle({ inputTokens: 5, outputTokens: 5, totalTokens: 10 });
    cap.reserve('groq', 60);
    expect(() => cap.reserve('groq', 1)).toThrow('2 calls were made');
    expect(cap.spent).toEqual({ calls: 2, tokens: 70 });
  });

  test('refuses with an error of the quota kind that is not a provider’s', () => {
    const cap = new SpendCap({ maxCalls: 1 });
    cap.reserve('groq', 1);
    expect(() => cap.reserve('groq', 1)).toThrow(
      expect.objectContaining({ kind: 'quota', code: 'SPEND_CAP', retriable: false, provider: 'groq' }),
    );
  });

  test('in a file holds for all that name it', () => {
    const file = join(folder, 'spend.jsonl');
    const caps = Array.from({ length: 5 }, () => new SpendCap({ maxCalls: 3, file }));
    const admitted = caps.filter((cap) => {
      try {
        cap.reserve('groq', 1);
        return true;
      } catch {
        return false;
      }
    });
    expect(admitted).toHaveLength(3);
    expect(caps.map(({ spent }) => spent.calls)).toEqual([3, 3, 3, 3, 3]);
  });

  test('an answer that cannot be noted stays good, and counts as all that was set aside for it', () => {
    const file = join(folder, 'spend.jsonl');
    const cap = new SpendCap({ file });
    const reservation = cap.reserve('groq', 50);
    renameSync(file, `${file}.away`);
    mkdirSync(file);
    reservation.settle({ inputTokens: 1, outputTokens: 1, totalTokens: 2 });
    expect(() => cap.reserve('groq', 1)).toThrow();
    rmSync(file, { recursive: true });
    renameSync(`${file}.away`, file);
    expect(cap.spent).toEqual({ calls: 1, tokens: 50 });
  });

  test('says which file is broken', () => {
    const file = join(folder, 'spend.jsonl');
    writeFileSync(file, 'not json\n');
    expect(() => new SpendCap({ file }).reserve('groq', 1)).toThrow(`${file} is not a ledger`);
  });

  const line = JSON.stringify({ reserve: 'an-id', tokens: 60 });
  test.each([1, 5, 12, 15, 20, line.length - 1])(
    'counts a line whose writer was killed after %i characters as a call',
    (length) => {
      const file = join(folder, 'spend.jsonl');
      writeFileSync(file, `${line}\n${line.slice(0, length)}`);
      const cap = new SpendCap({ maxCalls: 3, file });
      expect(cap.spent).toEqual({ calls: 2, tokens: 60 });
      // The next ones begin on lines of their own.
      cap.reserve('groq', 5).settle({ inputTokens: 1, outputTokens: 1, totalTokens: 2 });
      expect(cap.spent).toEqual({ calls: 3, tokens: 62 });
      expect(() => cap.reserve('groq', 5)).toThrow('3 calls were made');
    },
  );

  test('counts a whole line that lacks its newline alone as what it says', () => {
    const file = join(folder, 'spend.jsonl');
    writeFileSync(file, line);
    const cap = new SpendCap({ file });
    cap.reserve('groq', 5);
    expect(cap.spent).toEqual({ calls: 2, tokens: 65 });
  });

  test.each(['not json', '{"other":1', `${line.slice(0, 15)}${line}`, `${line}${line}`])(
    'has no line such as %j, be it the last or not',
    (broken) => {
      const file = join(folder, 'spend.jsonl');
      for (const text of [broken, `${broken}\n${line}\n`]) {
        writeFileSync(file, text);
        expect(() => new SpendCap({ file }).spent).toThrow(`${file} is not a ledger`);
      }
    },
  );
});

describe('a client under a cap', () => {
  const setUp = (steps: Step[], limits: { maxCalls?: number; maxTokens?: number }) => {
    const clock = new VirtualClock();
    const first = new ScriptedProvider('first', steps, clock);
    const second = new ScriptedProvider('second', [], clock);
    const spendCap = new SpendCap(limits);
    const engine = new Engine({ providers: [first, second], clock, spendCap });
    const asked = () => first.seen.length + second.seen.length;
    return { first, spendCap, asked, ask: () => clock.run(engine.generate(request)) };
  };

  test('asks nobody any more, the other providers neither', async () => {
    const { ask, asked } = setUp([], { maxCalls: 1 });
    await ask();
    await expect(ask()).rejects.toMatchObject({ code: 'SPEND_CAP', attempts: [] });
    expect(asked()).toBe(1);
  });

  test('counts every attempt', async () => {
    const { ask, spendCap } = setUp([{ error: 'unavailable', tokens: 4 }, { error: 'auth' }], {});
    await ask();
    expect(spendCap.spent).toEqual({ calls: 3, tokens: 8 + 0 + 6 });
  });

  test('is refused before a request that might not fit', async () => {
    const { ask, asked } = setUp([], { maxTokens: 20 });
    await expect(ask()).rejects.toMatchObject({ kind: 'quota', code: 'SPEND_CAP' });
    expect(asked()).toBe(0);
  });

  test('limits the answer where the request does not', async () => {
    const clock = new VirtualClock();
    const first = new ScriptedProvider('first', [], clock);
    const engine = new Engine({ providers: [first], clock, spendCap: new SpendCap() });
    await clock.run(engine.generate({ messages: request.messages }));
    expect(first.seen[0]?.request.maxOutputTokens).toBe(2_048);
  });
});
