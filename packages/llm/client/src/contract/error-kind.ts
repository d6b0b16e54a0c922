/** What went wrong, in the same words for every provider. */
export type LlmErrorKind =
  | 'auth'
  | 'rate_limit'
  | 'quota'
  | 'timeout'
  | 'aborted'
  | 'bad_request'
  | 'content_filtered'
  | 'unavailable'
  | 'invalid_output'
  | 'truncated';
