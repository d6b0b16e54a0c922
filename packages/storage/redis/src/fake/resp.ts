/** A reply before it is encoded; a text holds one character for each byte. */
export type RespReply =
  | { readonly status: string }
  | { readonly error: string }
  | number
  | string
  | null
  | readonly RespReply[];

/** A status reply such as `+OK`. */
export const status = (text: string): RespReply => ({ status: text });

/** An error reply; its first word is its kind, such as `WRONGTYPE`. */
export const error = (text: string): RespReply => ({ error: text });

/** The bytes of a reply in RESP2. */
export function encodeReply(reply: RespReply): string {
  if (reply === null) return '$-1\r\n';
  if (typeof reply === 'number') return `:${reply}\r\n`;
  if (typeof reply === 'string') return `$${reply.length}\r\n${reply}\r\n`;
  if (Array.isArray(reply)) return `*${reply.length}\r\n${reply.map(encodeReply).join('')}`;
  if ('error' in reply) return `-${reply.error}\r\n`;
  if ('status' in reply) return `+${reply.status}\r\n`;
  throw new TypeError('not a reply');
}

/** Splits a stream of bytes into commands, wherever the chunks end. */
export class CommandParser {
  #chunks: Buffer[] = [];
  #length = 0;
  #needed = 0;

  /** Commands that are complete with this chunk, as lists of arguments. */
  *push(chunk: Buffer): Generator<string[]> {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    // A large argument comes in many chunks, which are joined once, when it can be complete.
    if (this.#length < this.#needed) return;
    const input = Buffer.concat(this.#chunks);
    let start = 0;
    for (;;) {
      const command = readCommand(input, start);
      if (typeof command === 'number') {
        this.#needed = command - start;
        break;
      }
      start = command.end;
      yield command.args;
    }
    const rest = input.subarray(start);
    this.#chunks = [rest];
    this.#length = rest.length;
  }
}

/** The command that begins at `start`; the length that the input must have at least, where it is not complete. */
function readCommand(input: Buffer, start: number): { args: string[]; end: number } | number {
  const head = readNumber(input, start, '*');
  if (!head) return input.length + 1;
  const args: string[] = [];
  let at = head.end;
  for (let left = head.value; left > 0; left -= 1) {
    const size = readNumber(input, at, '$');
    if (!size) return input.length + 1;
    const end = size.end + size.value;
    if (input.length < end + 2) return end + 2;
    args.push(input.toString('latin1', size.end, end));
    at = end + 2;
  }
  return { args, end: at };
}

function readNumber(input: Buffer, start: number, mark: string): { value: number; end: number } | undefined {
  const end = input.indexOf('\r\n', start);
  if (end === -1) return undefined;
  const line = input.toString('latin1', start, end);
  const value = Number(line.slice(1));
  if (!line.startsWith(mark) || !Number.isInteger(value)) throw new Error(`protocol error: expected ${mark}`);
  return { value, end: end + 2 };
}
