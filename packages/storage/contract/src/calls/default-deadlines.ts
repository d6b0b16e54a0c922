/**
 * What a call and a connection may take unless the options say otherwise, in milliseconds. The only place of these
 * numbers: `npm run generate` writes them into TSDoc and READMEs.
 */
export const DEFAULT_DEADLINES = { timeoutMs: 5_000, connectTimeoutMs: 5_000 } as const;
