/** Who was asked for what; part of every error. */
export interface RequestContext {
  readonly provider: string;
  readonly model?: string | undefined;
}
