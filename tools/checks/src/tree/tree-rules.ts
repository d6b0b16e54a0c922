import { homedir } from 'node:os';
import type { Check } from '../check.js';

/** Nx targets are inferred, so that nothing is listed twice: no `project.json`. */
export const noProjectJson: Check = {
  name: 'no-project-json',
  run: ({ files }) =>
    files
      .filter((file) => /(?:^|\/)project\.json$/.test(file))
      .map((file) => ({ where: file, what: 'remove it; @drydock/nx infers the targets from the tree' })),
};

/** The lock file and the npm settings name no registry, so that they work behind any mirror. */
export const noRegistryHosts: Check = {
  name: 'no-registry-hosts',
  run: ({ files, read }) =>
    files
      .filter((file) => /(?:^|\/)(?:package-lock\.json|\.npmrc)$/.test(file))
      .flatMap((file) =>
        lines(read(file))
          .filter(({ text }) => /"resolved":\s*"\w+:\/\/|^\s*(?:@[\w-]+:)?registry\s*=|^\/\//.test(text))
          .map(({ number }) => ({
            where: `${file}:${number}`,
            what: 'names a registry; see .npmrc in the root',
          })),
      ),
};

/** Nothing committed names a folder of one person's machine. */
export const noMachinePaths: Check = {
  name: 'no-machine-paths',
  run: ({ root, files, read }) => {
    const here = [root, homedir()].filter((path) => path.length > 1).map(escapeRegExp);
    const machinePath = new RegExp(
      `(?<![\\w.])(?:${here.join('|')}|/(?:home|Users)/(?!(?:user|someone|me)\\b)[\\w.-]+|[A-Z]:\\\\\\\\?Users)(?:[/\\\\]|\\b)`,
    );
    return files
      .filter((file) => !/\.(?:png|gif|ico|zip|tgz|whl)$/.test(file))
      .flatMap((file) =>
        lines(read(file))
          .filter(({ text }) => machinePath.test(text))
          .map(({ number }) => ({ where: `${file}:${number}`, what: "names a machine's own folder" })),
      );
  },
};

function lines(text: string): { text: string; number: number }[] {
  return text.split('\n').map((line, index) => ({ text: line, number: index + 1 }));
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
