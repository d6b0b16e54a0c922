/** The part of a running Testcontainers container that is used here. */
export interface StartedContainer {
  getHost(): string;
  getMappedPort(port: number): number;
  stop(): Promise<unknown>;
}

/** The part of a Testcontainers container's builder that is used here. */
export interface ContainerBuilder {
  withExposedPorts(port: number): this;
  withEnvironment(variables: Record<string, string>): this;
  withCommand(command: string[]): this;
  withStartupTimeout(milliseconds: number): this;
  start(): Promise<StartedContainer>;
}

/** The part of the `testcontainers` package that is used here; its own types would make it a dependency of everybody. */
export interface TestcontainersModule {
  readonly GenericContainer: new (image: string) => ContainerBuilder;
}

/** Imports the user's `testcontainers`, or gives undefined when it is not installed. */
export async function importTestcontainers(): Promise<TestcontainersModule | undefined> {
  // In a variable, so that the compiler and bundlers leave the optional package alone.
  const name = 'testcontainers';
  try {
    return (await import(name)) as TestcontainersModule;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}
