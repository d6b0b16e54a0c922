export type { Answer } from './answer.js';
export { MemoryHttpServer } from './memory-http-server.js';
export { MemorySocket } from './memory-socket.js';
export type { HeldRequest, RequestMatch } from './request-faults.js';
