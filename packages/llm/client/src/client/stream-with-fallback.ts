import { abandonOn } from '@drydock/resilience';
import { type GenerateRequest, type LlmError, type StreamEvent, toLlmError } from '../contract/index.js';
import type { StreamAnswer } from './answer.js';
import { answerOf, explained } from './attach-attempts.js';
import type { Call, Sending } from './call.js';
import type { Route } from './route.js';
import type { Told } from './run-attempt.js';
import { deferred } from './with-resolvers.js';

/** What a stream needs of its client. */
export interface StreamParts {
  readonly call: () => Call;
  readonly routes: () => readonly Route[];
  /** Makes one request, which lasts from before its first event to after its last. */
  readonly begin: (sending: Sending, whole: (own: GenerateRequest) => Promise<Told>) => Promise<Told>;
}

/** A stream whose first event has come. */
interface Open {
  readonly route: Route;
  readonly first: StreamEvent;
  readonly events: AsyncIterator<StreamEvent>;
  readonly signal: AbortSignal;
  /** Tells the attempt how it went on. */
  readonly end: (told: Told) => void;
  readonly fail: (error: unknown) => void;
}

/** Falls over to another provider until the first event has come, and never after. */
export async function* streamOver(parts: StreamParts): StreamAnswer {
  const routes = parts.routes();
  const call = parts.call();
  let open: Open | undefined;
  try {
    open = await call.open<Open>(routes, (sending, opened) =>
      parts.begin(sending, (own) => run(sending, own, opened)),
    );
    for (let event: StreamEvent | undefined = open.first; event; event = await nextOf(open)) {
      if (event.type !== 'finish') {
        yield event;
        continue;
      }
      open.end(event);
      await call.settled();
      yield answerOf(event, call);
      // The provider has the time to let its connection come to its end.
      await abandonOn(call.deadline.signal, open.events.next()).catch(() => {});
      return;
    }
    throw cutOff(open.route);
  } catch (error) {
    open?.fail(error);
    await call.settled();
    throw explained(open ? (call.failure ?? error) : error, call);
  } finally {
    // Whoever stops listening has got what they wanted.
    open?.end({});
    open?.events.return?.().catch(() => {});
    call.deadline.close();
  }
}

async function run(
  { route, signal, timeoutMs }: Sending,
  request: GenerateRequest,
  opened: (open: Open) => void,
): Promise<Told> {
  const events = route.provider.stream(request, { signal, timeoutMs })[Symbol.asyncIterator]();
  const { value: first, done } = await events.next();
  if (done) throw cutOff(route);
  const { promise, resolve: end, reject: fail } = deferred<Told>();
  opened({ route, first, events, signal, end, fail });
  return promise;
}

async function nextOf({ events, signal }: Open): Promise<StreamEvent | undefined> {
  const { value, done } = await abandonOn(signal, events.next());
  return done ? undefined : value;
}

function cutOff({ provider, model }: Route): LlmError {
  const detail = 'the stream ended without a finish event, so the answer may be incomplete';
  return toLlmError('unavailable', {
    provider: provider.name,
    model,
    detail,
    code: 'CUT_OFF',
    retriable: true,
  });
}
