import { fieldOf, type HttpAnswer } from '@drydock/llm/provider-kit';

/** An error that came within a stream which had begun well; what it says is out of reach of whoever prints it. */
export class EventError extends Error {
  override readonly name = 'EventError';
  readonly #body: unknown;

  constructor(body: unknown) {
    super('the stream brought an error');
    this.#body = body;
  }

  /** The answer that the error would have been, had it come at once. */
  static answerOf(error: Error): HttpAnswer | undefined {
    if (!(error instanceof EventError)) return undefined;
    const status = fieldOf(fieldOf(error.#body, 'error'), 'code');
    return { body: error.#body, ...(typeof status === 'number' && { status }) };
  }
}
