import type { Check } from '../check.js';

/** A fact that one file states, so that a change of it is a change there and nowhere else. */
interface Fact {
  readonly name: string;
  /** How the fact looks in code. */
  readonly stated: RegExp;
  readonly owner: string;
}

const FACTS: readonly Fact[] = [
  {
    name: 'the folder for what runs leave behind',
    stated: /['"`/]\.drydock\b/g,
    owner: 'packages/workspace/src/state-folder.ts',
  },
  {
    name: 'the order of statuses',
    stated: /'passed',\s*'failed',\s*'gated'|passed: 0,\s*failed: 0,\s*gated: 0/g,
    owner: 'packages/test-gating/src/ledger/schema.ts',
  },
  {
    name: 'which file is a test',
    stated: /\(\?:test\|spec\)|\{test,spec\}/g,
    owner: 'packages/workspace/src/test-files.ts',
  },
];

/** Facts that several packages ask for are stated in one file; tests may say what they expect. */
export const oneOwner: Check = {
  name: 'one-owner',
  run: ({ files, read }) =>
    files
      .filter(
        (file) => /^(?:packages|tools)\/.*\.[cm]?tsx?$/.test(file) && !/\.test\.|^tools\/checks\//.test(file),
      )
      .flatMap((file) => {
        const code = read(file).replace(/^[ \t]*(?:\*|\/[/*]).*/gm, '');
        return FACTS.filter(({ owner }) => file !== owner).flatMap(({ name, stated, owner }) =>
          [...code.matchAll(stated)].map(({ index }) => ({
            where: `${file}:${code.slice(0, index).split('\n').length}`,
            what: `states ${name}, which ${owner} owns; import it from there`,
          })),
        );
      }),
};
