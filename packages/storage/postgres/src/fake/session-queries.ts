import { singleValueReply } from './messages.js';

const CANCEL_BACKEND = /^\s*select\s+pg_cancel_backend\(\s*(\d+)\s*\)\s*;?\s*$/i;
const BACKEND_PID = /^\s*select\s+pg_backend_pid\(\)\s*;?\s*$/i;
const BOOL = { oid: 16, size: 1 };
const INT4 = { oid: 23, size: 4 };

/** The reply to a simple query about sessions, which the engine cannot answer: it has one session for all. */
export function answerAboutSessions(
  sql: string,
  ownProcessId: number,
  cancel: (processId: number) => boolean,
): Buffer | undefined {
  const target = CANCEL_BACKEND.exec(sql)?.[1];
  if (target !== undefined) {
    return singleValueReply('pg_cancel_backend', BOOL, cancel(Number(target)) ? 't' : 'f');
  }
  if (BACKEND_PID.test(sql)) return singleValueReply('pg_backend_pid', INT4, String(ownProcessId));
  return undefined;
}
