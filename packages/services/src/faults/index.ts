export type { CrashableServerOptions } from './crashable-server.js';
export { CrashableServer } from './crashable-server.js';
export type { Toxic } from './proxied-server.js';
export { ProxiedServer } from './proxied-server.js';
export type { OpenProxy, Rig, RigOptions } from './rig.js';
export { faultRig } from './rig.js';
export { onSmallDisk, smallDiskMissing } from './small-disk.js';
export { Toxiproxy } from './toxiproxy.js';
