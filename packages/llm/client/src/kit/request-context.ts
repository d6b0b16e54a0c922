/** Who was asked for what; part of every error. */
export interface Where {
  readonly provider: string;
  readonly model?: string | undefined;
}
