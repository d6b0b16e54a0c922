export type { ConnectionFault, HeldStatement, StatementMatch } from './faults.js';
export type { WireError } from './messages.js';
export { PgliteServer, type PgliteServerOptions } from './server.js';
