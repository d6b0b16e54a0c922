import { COMMAND_TEMPLATES } from './command-samples.js';
import { expandSample, type Sample } from './expand-sample.js';
import { KEY_TEMPLATES } from './key-samples.js';
import { PLACE_TEMPLATES } from './place-samples.js';

/** A made-up value of each shape that is told by its look, by the shape's name. */
export const SHAPE_SAMPLES: readonly (readonly [shape: string, value: string])[] = [
  ...KEY_TEMPLATES.map((line): readonly [string, string] => {
    const end = line.indexOf(' ');
    return [line.slice(0, end), expandSample(line.slice(end + 1)).text];
  }),
  ['private-key', pem('RSA PRIVATE KEY', '\n')],
  ['private-key', pem('OPENSSH PRIVATE KEY', '\\n')],
];

/** Texts with a secret that is told by its place. */
export const PLACE_SAMPLES: readonly Sample[] = [...PLACE_TEMPLATES, ...COMMAND_TEMPLATES].map(
  (template, index) => expandSample(template, index + 1),
);

function pem(kind: string, lineBreak: string): string {
  const lines = expandSample('{a64} {a64}').text.split(' ');
  return [`-----BEGIN ${kind}-----`, ...lines, `-----END ${kind}-----`].join(lineBreak);
}
