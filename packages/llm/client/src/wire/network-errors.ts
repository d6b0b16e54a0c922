/** What Node's fetch rejects with when no status arrives. */
export function fetchFailed(cause: Error): TypeError {
  return new TypeError('fetch failed', { cause });
}

/** What Node's fetch ends a body with that breaks off. */
export function terminated(cause: Error): TypeError {
  return new TypeError('terminated', { cause });
}

/** The other side closed the connection. */
export function closedByOther(): Error {
  return Object.assign(new Error('other side closed'), { name: 'SocketError', code: 'UND_ERR_SOCKET' });
}

/** The other side reset the connection. */
export function resetByOther(): Error {
  return Object.assign(new Error('read ECONNRESET'), { errno: -104, code: 'ECONNRESET', syscall: 'read' });
}
