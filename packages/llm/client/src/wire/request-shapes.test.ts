import { expect, test } from 'vitest';
import type { WireRequest } from './answer.js';
import { closedObject, faultsOf, type RequestShapes } from './request-shapes.js';

const SHAPES: RequestShapes = {
  document: 'a document',
  asOf: '2026-11-23',
  requests: [
    { method: 'GET', path: /^\/v1\/models$/, query: ['page'] },
    {
      method: 'POST',
      path: /^\/v1\/models\/[^/]+:ask$/,
      body: closedObject({
        messages: {
          type: 'array',
          items: closedObject({ role: { enum: ['user'] }, 'name?': { type: 'string' } }),
        },
      }),
    },
  ],
};

function faults(method: string, path: string, body: unknown = ''): Promise<string[]> {
  const request: WireRequest = {
    method,
    path,
    headers: {},
    body: typeof body === 'string' ? body : JSON.stringify(body),
  };
  return faultsOf(request, SHAPES);
}

const ASK = '/v1/models/m-1:ask';

test('requests of the document have no faults', async () => {
  expect(await faults('GET', '/v1/models?page=2')).toEqual([]);
  expect(await faults('POST', ASK, { messages: [{ role: 'user' }, { role: 'user', name: 'n' }] })).toEqual(
    [],
  );
});

test('a wrong field is found, however deep', async () => {
  const found = await faults('POST', ASK, { messages: [{ role: 'user', nmae: 'n' }] });
  expect(found.join('\n')).toContain('/messages/0/nmae: ');
});

test.for<[fault: string, method: string, path: string, body?: unknown]>([
  ['a missing field', 'POST', ASK, {}],
  ['a wrong type', 'POST', ASK, { messages: {} }],
  ['a value that is not listed', 'POST', ASK, { messages: [{ role: 'robot' }] }],
  ['a body that is not JSON', 'POST', ASK, '{'],
  ['a body where none belongs', 'GET', '/v1/models', {}],
  ['a query', 'GET', '/v1/models?key=1'],
  ['a path', 'GET', '/v2/models'],
  ['a method', 'DELETE', '/v1/models'],
])('%s', async ([, method, path, body]) => {
  expect(await faults(method, path, body)).toHaveLength(1);
});
