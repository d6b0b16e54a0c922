import fs from 'node:fs';
import path from 'node:path';
import type { BlockedError } from '../attempt/blocked-error.cjs';
import { type Core, UV_EACCES } from '../core.cjs';
import { connectTargetOf } from './connecting.cjs';
import { isBornAfter } from './locate.cjs';
import { type Native, ownerOf } from './natives.cjs';
import { handlePrototype } from './prototypes.cjs';

// Kept, because tests replace some of these.
const { existsSync, readlinkSync, statSync } = fs;
// Node's own realpathSync stops at the second of two links in a row where they lead to a socket.
const { native: realpathSync } = fs.realpathSync;
const { basename, dirname, isAbsolute, join, relative, resolve, sep } = path;
const { cwd } = process;
const { nextTick } = process;
const { byteLength, from } = Buffer;
const LINKS_FOLLOWED = 16;
/** How many bytes of a socket's name the kernel takes; libuv of Node 20 and 22 cuts a longer one off. */
const NAME_BYTES = process.platform === 'linux' ? 108 : 104;

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
      if (judgePath(core, name, 'listen')) return UV_EACCES;
      const place = realPlace(resolve(cwd(), asKernelReads(name)));
      const status = original.call(this, name, ...rest);
      if (status === 0) announce(core, this, place);
      return status;
    };
  });
}

function announce(core: Core, handle: Native, place: string): void {
  const end = core.listeners.addSocket(place);
  const { close } = handle;
  handle.close = function (this: Native, ...args: unknown[]) {
    end();
    return close.apply(this, args);
  };
}

/**
 * The error for a socket that is not the run's own; undefined allows it. Listening needs a folder for temporary files.
 * Where that is the system's, other programs have theirs in it: only what the run bound or made may be dialled.
 */
export function judgePath(core: Core, given: string, api: string, origin?: Error): BlockedError | undefined {
  const name = asKernelReads(given);
  const abstract = name.startsWith('\0');
  const absolute = resolve(cwd(), name);
  const place = abstract ? undefined : realPlace(absolute);
  const linked = place !== undefined && isHardLink(place);
  const { tempDirs, ownsTemp, sockets } = core.context.policy;
  const shown = abstract ? `@${name.slice(1).replaceAll('\0', '@')}` : name;
  if (api === 'connect' && sockets.some((socket) => isNamed(socket, name, place))) return undefined;
  const home = tempDirs
    .map((folder) => realPlace(resolve(cwd(), folder)))
    .find((folder) => place && isInside(place, folder));
  const isInTemp = place !== undefined && !linked && home !== undefined;
  if (isInTemp && (ownsTemp || api === 'listen' || isOfRun(core, place, home))) return undefined;
  return core.refuse({
    protocol: 'unix',
    host: shown,
    address: place === absolute ? undefined : place,
    api,
    reason: abstract
      ? 'an abstract socket belongs to no folder'
      : linked
        ? 'the socket has a second name elsewhere'
        : isInTemp
          ? 'this run neither bound the socket nor made the folder that it is in'
          : undefined,
    origin,
  });
}

// A rule may name a link, as `/var/run` is one on most systems.
function isNamed(socket: string, name: string, place: string | undefined): boolean {
  return socket.startsWith('@') ? name === `\0${socket.slice(1)}` : realPlace(socket) === place;
}

// What follows would only lead the guard to another place than the kernel.
function asKernelReads(name: string): string {
  const end = name.indexOf('\0', 1);
  const path = end < 0 || name.startsWith('\0') ? name : name.slice(0, end);
  return byteLength(path) <= NAME_BYTES ? path : from(path).toString('utf8', 0, NAME_BYTES);
}

// A program that the run started binds its socket in a folder that the run made; what was there before is not the run's,
// also when it is moved into such a folder.
function isOfRun(core: Core, place: string, home: string): boolean {
  if (core.listeners.hasSocket(place)) return true;
  // Nothing answers there; loaders such as tsx's look for a parent that may not be there.
  if (!existsSync(place)) return true;
  const [top = ''] = relative(home, place).split(sep);
  const folder = join(home, top);
  return folder !== place && isBornAfter(folder, core.began) && isBornAfter(place, core.began);
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
