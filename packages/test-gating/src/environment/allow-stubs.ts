import type { EnvironmentGuard } from './guard-environment.js';

/** The part of Vitest's `vi` that stubs variables. */
export interface EnvironmentStubs {
  stubEnv(name: string, value: string | boolean | undefined): unknown;
  unstubAllEnvs(): unknown;
}

const ORIGINALS = Symbol.for('drydock.environment.stubs');

type StubbedVi = EnvironmentStubs & { [ORIGINALS]?: EnvironmentStubs };

/** Lets `vi.stubEnv` through the guard, since a test that calls it means it; a second call takes over from the first. */
export function allowStubs(vi: EnvironmentStubs, guard: Pick<EnvironmentGuard, 'allowing'>): void {
  const stubbed: StubbedVi = vi;
  const originals = stubbed[ORIGINALS] ?? { stubEnv: vi.stubEnv, unstubAllEnvs: vi.unstubAllEnvs };
  stubbed[ORIGINALS] = originals;
  vi.stubEnv = (name, value) => guard.allowing(() => originals.stubEnv.call(vi, name, value));
  vi.unstubAllEnvs = () => guard.allowing(() => originals.unstubAllEnvs.call(vi));
}
