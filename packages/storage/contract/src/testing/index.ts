export type { Answer } from './answer.js';
export { ClosingListener } from './closing-listener.js';
export { faultKit } from './fault-kit.js';
export { MemoryHttpServer } from './memory-http-server.js';
export { MemoryServer } from './memory-server.js';
export { MemorySocket } from './memory-socket.js';
export type { DropMoment, HeldRequest, RequestMatch, RequestSteps, Serve } from './request-faults.js';
