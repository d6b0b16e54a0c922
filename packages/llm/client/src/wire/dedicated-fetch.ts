interface Agent {
  destroy(): Promise<void>;
}

type AgentClass = new (options: { connect: { ca?: string } }) => Agent;

/** Where Node keeps the agent of its own fetch, in newer and older releases. */
const GLOBAL_AGENTS = ['undici.globalDispatcher.2', 'undici.globalDispatcher.1'].map((name) =>
  Symbol.for(name),
);

/**
 * Node's own fetch over connections of its own, with a certificate to trust where there is one.
 *
 * Node reads such certificates at its start only; an agent of the class that its fetch uses takes them later too. And
 * after an abort that class connects again, which must end before the server does.
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
  // Node makes the agent when somebody first looks at fetch's classes.
  void globalThis.Response;
  const agent = GLOBAL_AGENTS.map((name) => Reflect.get(globalThis, name)).find(Boolean);
  if (!agent) throw new Error('This Node keeps the agent of its fetch elsewhere; look for its new name.');
  return agent.constructor;
}
