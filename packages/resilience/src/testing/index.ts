export { BROKEN_LISTENERS, type Listener } from './broken-listeners.js';
export { VirtualClock } from './virtual-clock.js';
