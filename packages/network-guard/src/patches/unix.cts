import fs from 'node:fs';
import path from 'node:path';
import type { BlockedError } from '../attempt/blocked-error.cjs';
import { type Core, UV_EACCES } from '../core.cjs';
import { wishOf } from './connecting.cjs';
import { type Native, ownerOf } from './natives.cjs';
import { handlePrototype } from './prototypes.cjs';

// Tests replace some of these.
const { readlinkSync, realpathSync, statSync } = fs;
const { basename, dirname, isAbsolute, join, relative, resolve } = path;
const { cwd } = process;
const { nextTick } = process;
const LINKS_FOLLOWED = 16;

/** Holds Unix sockets (and Windows' named pipes) to the run's folders for temporary files. */
export function wallUnix(core: Core): void {
  const prototype = handlePrototype('Pipe');
  if (!prototype) return;
  core.patches.wall(prototype, 'connect', 'Pipe.prototype.connect', (original) => {
    return function (this: Native, request: unknown, name: string, ...rest: unknown[]) {
      const owner = ownerOf(this);
      const blocked = judgePath(core, name, 'connect', wishOf(owner)?.origin);
      if (!blocked) return original.call(this, request, name, ...rest);
      if (!owner) return UV_EACCES;
      // Later, because a client listens for errors only once it has got the socket.
      nextTick(() => owner.destroy(blocked));
      return 0;
    };
  });
  core.patches.wall(prototype, 'bind', 'Pipe.prototype.bind', (original) => {
    return function (this: Native, name: string, ...rest: unknown[]) {
      return judgePath(core, name, 'listen') ? UV_EACCES : original.call(this, name, ...rest);
    };
  });
}

/** Refuses a socket path whose real place is outside of the folders for temporary files. */
export function judgePath(core: Core, name: string, api: string, origin?: Error): BlockedError | undefined {
  const abstract = name.startsWith('\0');
  const asked = resolve(cwd(), name);
  const place = abstract ? undefined : realPlace(asked);
  const linked = place !== undefined && isHardLink(place);
  const { tempDirs } = core.context.policy;
  if (place && !linked && tempDirs.some((folder) => isInside(place, realPlace(resolve(cwd(), folder)))))
    return undefined;
  return core.refuse({
    protocol: 'unix',
    host: abstract ? `@${name.slice(1).replaceAll('\0', '@')}` : name,
    address: place === asked ? undefined : place,
    api,
    reason: abstract
      ? 'an abstract socket belongs to no folder'
      : linked
        ? 'the socket has a second name elsewhere'
        : undefined,
    origin,
  });
}

// A link inside the folder may lead out of it; what does not exist yet is judged by its folder.
function realPlace(name: string, depth = 0): string {
  try {
    return realpathSync(name);
  } catch {
    const parent = dirname(name);
    if (parent === name) return name;
    const place = join(realPlace(parent), basename(name));
    const target = linkTarget(place);
    return target === undefined || depth > LINKS_FOLLOWED
      ? place
      : realPlace(resolve(parent, target), depth + 1);
  }
}

// A name inside the folder for a socket that was made outside of it.
function isHardLink(place: string): boolean {
  try {
    return statSync(place).nlink > 1;
  } catch {
    return false;
  }
}

function linkTarget(name: string): string | undefined {
  try {
    return readlinkSync(name);
  } catch {
    return undefined;
  }
}

function isInside(place: string, folder: string): boolean {
  const way = relative(folder, place);
  return way !== '' && !way.startsWith('..') && !isAbsolute(way);
}
