import { expect, it } from 'vitest';
import { callTable, importTable } from './llm-tables.js';

it('shows each library beside the bare SDK', () => {
  const times = { 'groq-sdk': [100, 200], '@drydock/llm': [110, 210], 'AI SDK': [300, 600] };
  expect(callTable('a call over HTTP', times, 1.05)).toEqual([
    ' a call over HTTP  processor time  ratio  range         target',
    ' groq-sdk          150 µs',
    ' @drydock/llm      160 µs          1.075  1.050..1.100  at most 1.05',
    ' AI SDK            450 µs          3.000  3.000..3.000',
  ]);
  expect(callTable('a call', times).slice(0, 3)).toEqual([
    ' a call        processor time  ratio  range',
    ' groq-sdk      150 µs',
    ' @drydock/llm  160 µs          1.075  1.050..1.100',
  ]);
});

it('shows what importing takes', () => {
  expect(importTable({ '@drydock/llm': [8, 9, 7], ai: [120] })).toEqual([
    ' importing, fresh process  time      target',
    ' @drydock/llm              8.0 ms    at most 10 ms',
    ' ai                        120.0 ms',
  ]);
});
