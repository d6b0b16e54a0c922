/** The provider and the model of a request; part of every error. */
export interface RequestContext {
  readonly provider: string;
  /** Absent for calls that no model answers, such as a list of models. */
  readonly model?: string | undefined;
}
