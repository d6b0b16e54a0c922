/** Whose fault a failure is. */
export type FailureClass = 'environment' | 'harness' | 'mechanism' | 'unknown';
