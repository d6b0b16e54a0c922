import { join } from 'node:path';
import { listMembers } from '@drydock/workspace/members';

/** Root of this repository. */
export const REPOSITORY = join(import.meta.dirname, '../../..');

/** Further entries with types of their own that an application imports. */
const SUBPATHS = ['@drydock/test-gating/vitest', '@drydock/storage/backend-kit'];

/** The packages that a release publishes; all have one version. */
const MEMBERS = listMembers(REPOSITORY).filter(
  ({ manifest }) => !(manifest as { readonly private?: boolean }).private,
);
const PUBLISHED = MEMBERS.map(({ manifest }) => manifest);

/** Absolute paths of their folders. */
export const FOLDERS = MEMBERS.map(({ root }) => root);

/** Version of the release. */
export const VERSION = PUBLISHED[0]?.version ?? '';

/** Names of the packages that need no other program than Node: Nx loads its plugin by itself. */
export const PACKAGES = PUBLISHED.flatMap(({ name = '', peerDependencies = {} }) =>
  'nx' in peerDependencies ? [] : [name],
);

/** Every entry that a consumer may import types from. */
export const ENTRIES = [...PACKAGES, ...SUBPATHS];
