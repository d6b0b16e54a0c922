/** The calls of an adapter, as errors, metrics and spans name them. */
export type Operation =
  | 'connect'
  | 'disconnect'
  | 'store'
  | 'retrieve'
  | 'search'
  | 'delete'
  | 'storeBatch'
  | 'retrieveBatch'
  | 'deleteBatch'
  | 'retrieveVersioned'
  | 'update'
  | 'touch'
  | 'count'
  | 'deleteWhere'
  | 'clear'
  | 'purgeExpired'
  | 'healthCheck';
