import type { WireAnswer, WireRequest, WireScript } from './answer.js';
import { Exchange } from './exchange.js';

/** A request came that its script has no answer for. */
export class WireScriptError extends Error {
  override readonly name = 'WireScriptError';
}

const UNSCRIPTED: WireAnswer = { status: 501, chunks: ['the script has no answer left'] };

/** What a player has played of its script. */
export class Exchanges {
  readonly all: Exchange[] = [];
  #missed: WireScriptError | undefined;

  constructor(readonly script: WireScript) {}

  /** Takes the script's answer to a request. */
  open(request: WireRequest, at: number): Exchange {
    const exchange = new Exchange(request, this.#answerTo(request), at);
    this.all.push(exchange);
    return exchange;
  }

  /** @throws WireScriptError when a request found no answer, or when the script failed to make one. */
  close(): void {
    for (const exchange of this.all) exchange.finish('closed');
    if (this.#missed) throw this.#missed;
  }

  #answerTo(request: WireRequest): WireAnswer {
    const index = this.all.length;
    const which = `Request ${index + 1}, ${request.method} ${request.path}`;
    if (typeof this.script === 'function') return this.#made(this.script, request, which);
    const answer = this.script[index];
    if (answer) return answer;
    const scripted = `the script has ${this.script.length}`;
    const advice = 'Add one, or look for a retry that should not be.';
    this.#missed ??= new WireScriptError(`${which}, has no answer: ${scripted}. ${advice}`);
    return UNSCRIPTED;
  }

  #made(script: Exclude<WireScript, readonly WireAnswer[]>, request: WireRequest, which: string): WireAnswer {
    try {
      return script(request, this.all.length);
    } catch (cause) {
      this.#missed ??= new WireScriptError(`${which}, has no answer: the script failed.`, { cause });
      return UNSCRIPTED;
    }
  }
}
