import type { Workspace } from './workspace.js';

/** Something that a check found wrong. */
export interface Violation {
  /** File, relative to the root, with a line where one is known. */
  readonly where: string;
  /** What is wrong and what to do about it. */
  readonly what: string;
}

/** Texts by the files' paths, relative to the root. */
export type Texts = Readonly<Record<string, string>>;

/** A rule about the workspace. */
export interface Check {
  /** Short name, as shown in front of its violations. */
  readonly name: string;
  /** Files that follow from others, with the text that they should have: `npm run generate` writes them. */
  generate?(workspace: Workspace): Texts | Promise<Texts>;
  run(workspace: Workspace): readonly Violation[] | Promise<readonly Violation[]>;
}
