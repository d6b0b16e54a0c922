import { createRedactor } from '@drydock/redaction';
import { expect, test } from 'vitest';
import { mergedRedaction, redactorOptions } from './redaction-options.js';

test('the manifest and the plugin are added up; a text in slashes is a pattern in the manifest alone', () => {
  const options = mergedRedaction(
    { names: ['ACME_PIN'], values: ['/acme_[a-z]{6}/'], allow: ['/sk-test-[0-9]+/'] },
    { names: ['badge'], values: ['/in-slashes/'], allow: ['made-up-badge'] },
  );
  const redactor = createRedactor(redactorOptions(options, [['A_TOKEN', 'known-value']]));
  expect(redactor.text('acme_abcdef /in-slashes/ known-value sk-test-1234567890123456')).toBe(
    '[redacted] [redacted] [redacted A_TOKEN] sk-test-1234567890123456',
  );
  expect(redactor.value({ acme_pin: 'x1', badge: 'made-up-badge', other: 'y' })).toEqual({
    acme_pin: '[redacted]',
    badge: 'made-up-badge',
    other: 'y',
  });
});

test('a pattern that is none is wrong usage', () => {
  expect(() => mergedRedaction({ values: ['/(/'] })).toThrow(
    'package.json: drydock.redaction: Invalid regular',
  );
});
