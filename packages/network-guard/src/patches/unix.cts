import fs from 'node:fs';
import path from 'node:path';
import type { BlockedError } from '../attempt/blocked-error.cjs';
import { type Core, UV_EACCES } from '../core.cjs';
import { connectTargetOf } from './connecting.cjs';
import { type Native, ownerOf } from './natives.cjs';
import { handlePrototype } from './prototypes.cjs';

// Kept, because tests replace some of these.
const { readlinkSync, realpathSync, statSync } = fs;
const { basename, dirname, isAbsolute, join, relative, resolve } = path;
const { cwd } = process;
const { nextTick } = process;
const LINKS_FOLLOWED = 16;

/** Blocks Unix sockets (and Windows' named pipes) outside of the run's folders for temporary files. */
export function blockUnix(core: Core): void {
  const prototype = handlePrototype('Pipe');
  if (!prototype) return;
  core.patches.block(prototype, 'connect', 'Pipe.prototype.connect', (original) => {
    return function (this: Native, request: unknown, name: string, ...rest: unknown[]) {
      const owner = ownerOf(this);
      const blocked = judgePath(core, name, 'connect', connectTargetOf(owner)?.origin);
      if (!blocked) return original.call(this, request, name, ...rest);
      if (!owner) return UV_EACCES;
      // In a later turn, because a client adds its error listener only after it got the socket.
      nextTick(() => owner.destroy(blocked));
      return 0;
    };
  });
  core.patches.block(prototype, 'bind', 'Pipe.prototype.bind', (original) => {
    return function (this: Native, name: string, ...rest: unknown[]) {
      return judgePath(core, name, 'listen') ? UV_EACCES : original.call(this, name, ...rest);
    };
  });
}

/** The error for a socket whose real path is outside of the folders for temporary files; undefined allows it. */
export function judgePath(core: Core, name: string, api: string, origin?: Error): BlockedError | undefined {
  const abstract = name.startsWith('\0');
  const absolute = resolve(cwd(), name);
  const place = abstract ? undefined : realPlace(absolute);
  const linked = place !== undefined && isHardLink(place);
  const { tempDirs } = core.context.policy;
  if (place && !linked && tempDirs.some((folder) => isInside(place, realPlace(resolve(cwd(), folder)))))
    return undefined;
  return core.refuse({
    protocol: 'unix',
    host: abstract ? `@${name.slice(1).replaceAll('\0', '@')}` : name,
    address: place === absolute ? undefined : place,
    api,
    reason: abstract
      ? 'an abstract socket belongs to no folder'
      : linked
        ? 'the socket has a second name elsewhere'
        : undefined,
    origin,
  });
}

// A link inside the folder may lead out of it; a file that does not exist yet is judged by its folder.
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

// A hard link gives a socket outside of the folder a name inside it.
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
