import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { isAbsolute, relative } from 'node:path';
import type { Redactor } from '@drydock/redaction';

/** Largest attached file whose text is read. */
const MOST_BYTES = 16_777_216;

/** What an attachment of Vitest holds: a body or the path of a file. */
interface Attachment {
  body?: unknown;
  path?: string;
}

/** An annotation has one attachment, every other record of a test a list of them. */
interface TestRecord {
  attachment?: Attachment | undefined;
  attachments?: Attachment[] | undefined;
}

/**
 * Redacts an annotation or an artifact of a test in place, with its attachments; a file is redacted where it is Vitest's
 * own copy, below `copiesDir`.
 */
export function redactRecord(record: object, redactor: Redactor, copiesDir?: string): void {
  const { attachment, attachments, ...others } = record as TestRecord;
  Object.assign(record, redactor.value(others));
  for (const each of [attachment, ...(attachments ?? [])])
    if (each) redactAttachment(each, redactor, copiesDir);
}

function redactAttachment(attachment: Attachment, redactor: Redactor, copiesDir: string | undefined): void {
  const { body, path } = attachment;
  if (typeof body === 'string') attachment.body = redactedBody(body, redactor);
  if (path !== undefined && copiesDir !== undefined && liesIn(copiesDir, path)) redactFile(path, redactor);
}

/** Vitest calls every body base64 unless told otherwise, also a text that was given as it is. */
function redactedBody(body: string, redactor: Redactor): string {
  const shown = redactor.text(body);
  if (shown !== body) return shown;
  const decoded = textOf(Buffer.from(body, 'base64'));
  const redacted = decoded === undefined ? decoded : redactor.text(decoded);
  return redacted === undefined || redacted === decoded ? body : Buffer.from(redacted).toString('base64');
}

function redactFile(path: string, redactor: Redactor): void {
  if (statSync(path).size > MOST_BYTES) return;
  const text = textOf(readFileSync(path));
  const shown = text === undefined ? undefined : redactor.text(text);
  if (shown !== undefined && shown !== text) writeFileSync(path, shown);
}

/** The text that bytes are, or undefined for a picture and everything else that is not text. */
function textOf(bytes: Buffer): string | undefined {
  return bytes.includes(0) ? undefined : bytes.toString('utf8');
}

function liesIn(folder: string, path: string): boolean {
  const inside = relative(folder, path);
  return !inside.startsWith('..') && !isAbsolute(inside);
}
