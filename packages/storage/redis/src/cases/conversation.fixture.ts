/** A command with its arguments. */
export type Step = [name: string, ...args: (string | number)[]];

/** Steps that are played one after the other. */
export type Conversation = readonly [name: string, steps: readonly Step[]];
