interface Agent {
  destroy(): Promise<void>;
}

type AgentClass = new (options: { connect: { ca?: string } }) => Agent;

/** Symbols under which newer and older releases of Node keep the agent of their fetch. */
const GLOBAL_AGENTS = ['undici.globalDispatcher.2', 'undici.globalDispatcher.1'].map((name) =>
  Symbol.for(name),
);

/**
 * Node's fetch over an agent that nobody else uses, and that trusts a certificate if one is given.
 *
 * Node itself reads certificates at its start only; an agent of the class that its fetch uses takes them later too. After
 * an abort that class connects again, so the agent has to be closed before the server is.
 */
export function dedicatedFetch(ca?: string): {
  readonly fetch: typeof globalThis.fetch;
  close(): Promise<void>;
} {
  const Agent = agentClass();
  const dispatcher = new Agent({ connect: ca === undefined ? {} : { ca } });
  return {
    fetch: (input, init) => globalThis.fetch(input, { ...init, dispatcher } as RequestInit),
    close: () => dispatcher.destroy(),
  };
}

function agentClass(): AgentClass {
  // Node creates the agent when one of fetch's classes is first used.
  void globalThis.Response;
  const agent = GLOBAL_AGENTS.map((name) => Reflect.get(globalThis, name)).find(Boolean);
  if (!agent) throw new Error('This Node keeps the agent of its fetch elsewhere; look for its new name.');
  return agent.constructor;
}
