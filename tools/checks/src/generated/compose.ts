import type { Check, Violation } from '../check.js';
import type { Workspace } from '../workspace.js';

const FILE = 'compose.yaml';

/** The servers that can be started for everybody are those that a run starts for itself: the same images, all of them. */
export const compose: Check = {
  name: 'compose',
  run: (workspace) => {
    const blocks = blocksOf(workspace.read(FILE));
    return imagesOf(workspace).flatMap(({ where, image }) => {
      const block = blocks.find((text) => text.includes(`image: ${image}\n`));
      return block === undefined
        ? [{ where: FILE, what: `does not start ${image}, which ${where} names` }]
        : faultsOf(image, block);
    });
  },
};

function imagesOf({ files, read }: Workspace): { where: string; image: string }[] {
  return files
    .filter((file) => /^packages\/storage\/[^/]+\/src\/service\.ts$/.test(file))
    .flatMap((where) => {
      const image = /^\s+image: '([^']+)'/m.exec(read(where))?.[1];
      return image === undefined ? [] : [{ where, image }];
    });
}

/** The file's services, one text each. */
function blocksOf(text: string): string[] {
  const [, services = ''] = text.split(/^services:\n/m);
  return services.split(/^ {2}(?=\w[\w-]*:\n)/m);
}

function faultsOf(image: string, block: string): Violation[] {
  const rules: [boolean, string][] = [
    [/:v?\d+\.\d+[\w.-]*$/.test(image), 'is not pinned by version'],
    [
      /ports: \[(["'])\$\{\w+:-127\.0\.0\.1\}:\d+:\d+\1\]/.test(block),
      'does not listen on loopback unless told otherwise',
    ],
    [block.includes('healthcheck:'), 'has no healthcheck'],
    [block.includes('mem_limit:'), 'has no limit of memory'],
  ];
  return rules.filter(([holds]) => !holds).map(([, fault]) => ({ where: FILE, what: `${image} ${fault}` }));
}
