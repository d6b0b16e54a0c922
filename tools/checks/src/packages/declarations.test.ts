import { expect, it } from 'vitest';
import { declarationsIn } from './declarations.js';

it('reads what a file exports, with the members of classes and interfaces, in order', () => {
  const source = `
export const LIMIT = 1;
export abstract class FakeX<R> extends Server<R> {
  /** Comment: not a member. */
  readonly version = '1';
  readonly #secret: string;
  static async start(): Promise<FakeX> {
    const local = 1;
    return new FakeX(local);
  }
  constructor({
    password,
  }: Options) {
    super();
  }
  override get connections(): number {
    return 1;
  }
  protected override accept(socket: Socket): void {}
}
class Hidden {}
export interface Options {
  readonly password?: string;
  close(): void;
}
export async function connect(): Promise<void> {}
`;
  expect(declarationsIn(source)).toEqual([
    { kind: 'const', name: 'LIMIT', members: [] },
    { kind: 'class', name: 'FakeX', members: ['version', 'start', 'constructor', 'connections', 'accept'] },
    { kind: 'interface', name: 'Options', members: ['password', 'close'] },
    { kind: 'function', name: 'connect', members: [] },
  ]);
});
