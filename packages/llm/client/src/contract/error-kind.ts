/** What went wrong, whoever the provider is. */
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
