/** An address that the program has handed to the faults; absent where that server cannot be had here. */
export function given(name: string): string | undefined {
  return process.env[`FAULTS_${name}`] || undefined;
}
