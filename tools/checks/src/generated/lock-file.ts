/** The parts of a lock file that matter here. */
export interface LockFile {
  packages: Record<string, LockedPackage>;
}

/** One package of it. */
export interface LockedPackage {
  version?: string;
  integrity?: string;
  link?: boolean;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
}
