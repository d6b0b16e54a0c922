import { describe } from 'vitest';
import { abortCases } from './aborts.js';
import { answerCases } from './answers.js';
import { clientCases } from './clients.js';
import { deadlineCases } from './deadlines.js';
import { faultCases } from './faults.js';
import { healthCases } from './health.js';
import { oddAnswerCases } from './odd-answers.js';
import { optionalCallCases } from './optional-calls.js';
import { rateLimitCases } from './rate-limits.js';
import { refusalCases } from './refusals.js';
import { requestCases } from './requests.js';
import { streamFaultCases } from './stream-faults.js';
import { streamCases } from './streams.js';
import { structuredCases } from './structured.js';
import type { ProviderSubject } from './subject.js';
import { type Play, Suite } from './suite.js';
import { toolCases } from './tools.js';

/** How the cases are played. */
export interface ProviderConformanceOptions {
  /** Plays scripts by real sockets. @default in this process, on a virtual clock */
  readonly play?: Play | undefined;
}

/** Runs the cases that every provider has to pass, with its own SDK in the loop. */
export function providerConformance(
  subject: ProviderSubject,
  { play }: ProviderConformanceOptions = {},
): void {
  describe(`${subject.name} as a provider`, () => {
    const suite = new Suite(subject, play);
    for (const cases of CASES) cases(suite);
  });
}

const CASES: readonly ((suite: Suite) => void)[] = [
  requestCases,
  answerCases,
  faultCases,
  refusalCases,
  deadlineCases,
  abortCases,
  streamCases,
  streamFaultCases,
  oddAnswerCases,
  rateLimitCases,
  structuredCases,
  toolCases,
  healthCases,
  optionalCallCases,
  clientCases,
];
