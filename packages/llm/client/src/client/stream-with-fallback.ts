import { abandonOn, type Clock } from '@drydock/resilience';
import {
  type CallTimings,
  type GenerateRequest,
  type LlmError,
  type StreamEvent,
  toLlmError,
} from '../contract/index.js';
import type { StreamAnswer } from './answer.js';
import { explained, withAttempts } from './attach-attempts.js';
import type { Call } from './call.js';
import type { Route } from './route.js';
import type { Attempt, AttemptResult } from './run-attempt.js';
import { withResolvers } from './with-resolvers.js';

/** What a stream needs of its client. */
export interface StreamSetup {
  readonly call: () => Call;
  readonly clock: Clock;
  readonly routes: () => readonly Route[];
  /** Makes one attempt, which ends when `run` has settled. */
  readonly begin: (
    attempt: Attempt,
    run: (own: GenerateRequest) => Promise<AttemptResult>,
  ) => Promise<AttemptResult>;
}

/** A stream whose first event has come. */
interface OpenStream {
  readonly route: Route;
  readonly first: StreamEvent;
  readonly events: AsyncIterator<StreamEvent>;
  readonly signal: AbortSignal;
  readonly timings: CallTimings | undefined;
  /** Ends the attempt with its result. */
  readonly end: (result: AttemptResult) => void;
  readonly fail: (error: unknown) => void;
}

/** The events of the first provider that answers; once its first event has come, no other provider is asked. */
export async function* streamWithFallback(setup: StreamSetup): StreamAnswer {
  const routes = setup.routes();
  const call = setup.call();
  const { clock } = setup;
  let open: OpenStream | undefined;
  try {
    open = await call.open<OpenStream>(routes, (attempt, opened) =>
      setup.begin(attempt, (own) => run(attempt, own, opened)),
    );
    for (let event: StreamEvent | undefined = open.first; event; event = await nextOf(open)) {
      if (event.type !== 'finish') {
        const handedOver = clock.now();
        yield event;
        const { timings } = open;
        if (timings?.elsewhereMs !== undefined) timings.elsewhereMs += clock.now() - handedOver;
        continue;
      }
      open.end(event);
      await call.settled();
      yield withAttempts(event, call);
      // The provider reads the body to its end meanwhile, so that the connection can serve again.
      await abandonOn(call.deadline.signal, open.events.next()).catch(() => {});
      return;
    }
    throw cutOff(open.route);
  } catch (error) {
    open?.fail(error);
    await call.settled();
    throw explained(open ? (call.failure ?? error) : error, call);
  } finally {
    // A consumer that leaves the loop early ends the attempt without an error.
    open?.end({});
    open?.events.return?.().catch(() => {});
    call.deadline.close();
  }
}

async function run(
  { route, limits }: Attempt,
  request: GenerateRequest,
  opened: (open: OpenStream) => void,
): Promise<AttemptResult> {
  const events = route.provider.stream(request, limits)[Symbol.asyncIterator]();
  const { value: first, done } = await events.next();
  if (done) throw cutOff(route);
  const { promise, resolve: end, reject: fail } = withResolvers<AttemptResult>();
  opened({ route, first, events, signal: limits.signal, timings: limits.timings, end, fail });
  return promise;
}

async function nextOf({ events, signal }: OpenStream): Promise<StreamEvent | undefined> {
  const { value, done } = await abandonOn(signal, events.next());
  return done ? undefined : value;
}

function cutOff({ provider: { name: provider }, model }: Route): LlmError {
  const detail = 'the stream ended without a finish event, so the answer may be incomplete';
  return toLlmError('unavailable', { provider, model, detail, code: 'CUT_OFF', retriable: true });
}
