/** Why one way gave no server: a short phrase for the summary, and the program's last lines where it had any. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
  readonly log: readonly string[];

  constructor(reason: string, log: readonly string[] = []) {
    super(reason);
    this.log = log;
  }
}
