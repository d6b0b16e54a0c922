const MAX_CHUNK = 0xffff;

/** One message as chunks, each after its length, with an empty chunk at the end. */
export function frame(message: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < message.length; at += MAX_CHUNK) {
    const chunk = message.subarray(at, at + MAX_CHUNK);
    parts.push(sized(chunk.length), chunk);
  }
  return Buffer.concat([...parts, sized(0)]);
}

function sized(length: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(length);
  return bytes;
}

/** Joins the chunks of a byte stream to messages. */
export class Deframer {
  #bytes: Buffer[] = [];
  #size = 0;
  #chunks: Buffer[] = [];

  /** The messages that these bytes complete. */
  push(bytes: Buffer): Buffer[] {
    this.#bytes.push(bytes);
    this.#size += bytes.length;
    const messages: Buffer[] = [];
    let buffer = this.#size > 1 ? Buffer.concat(this.#bytes) : undefined;
    while (buffer && buffer.length >= 2) {
      const length = buffer.readUInt16BE();
      if (buffer.length < 2 + length) break;
      if (length > 0) this.#chunks.push(buffer.subarray(2, 2 + length));
      // Two empty chunks in a row are a keep-alive and not a message.
      else if (this.#chunks.length > 0) messages.push(Buffer.concat(this.#chunks.splice(0)));
      buffer = buffer.subarray(2 + length);
    }
    if (buffer) {
      this.#bytes = buffer.length > 0 ? [buffer] : [];
      this.#size = buffer.length;
    }
    return messages;
  }
}
