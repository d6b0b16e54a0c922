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
  | 'healthCheck';
