import { StringDecoder } from 'node:string_decoder';
import { TextCleaner } from '../clean-text.js';
import { readJUnitChunks } from '../junit.js';
import { type ReadOptions, readReport } from '../read-report.js';
import type { Report } from '../report.js';
import { JsonThinner } from './thin-json.js';

/** Bytes of a JSON report that are kept at most; what fails beyond is counted. */
const KEPT = 24 * 1024 * 1024;

/** Whether a report that begins with these bytes is read from chunk to chunk: JSON, or JUnit's XML. */
export function isStreamed(start: Buffer): boolean {
  const text = start
    .toString('utf8', 0, 4_000)
    .replace(/^\ufeff/u, '')
    .trimStart();
  if (text.startsWith('<')) return !/<(?:TestRun|test-run|test-results)[\s>]/u.test(text);
  return /^(?:\{|\[)/u.test(text) && !/^\{"(?:Time|Action|ImportPath)":/u.test(text);
}

/**
 * Reads a report that is too large to be held: of JSON and JUnit only the failures are kept, and of those as many as fit.
 *
 * @throws ReportError for a text that is not a report.
 */
export function readLargeReport(name: string, chunks: Iterable<Buffer>, options: ReadOptions = {}): Report {
  let reader: JsonThinner | undefined;
  const iterator = chunks[Symbol.iterator]();
  const first = iterator.next();
  const start = first.done ? Buffer.alloc(0) : first.value;
  const all = chunksFrom(start, iterator);
  if (
    start
      .toString('utf8', 0, 100)
      .replace(/^\ufeff/u, '')
      .trimStart()
      .startsWith('<')
  )
    return readJUnitChunks(name, texts(all), new TextCleaner(options.env, options.commonValues));
  reader = new JsonThinner(KEPT);
  for (const chunk of all) reader.write(chunk);
  const { text, passed, tooMany } = reader.end();
  const report = readReport(name, text, options);
  return {
    ...report,
    passed,
    ...(tooMany > 0 && {
      problem: `${name} holds more failures than fit into memory: ${tooMany} more parts of it were left out.`,
    }),
  };
}

function* chunksFrom(first: Buffer, rest: Iterator<Buffer>): Generator<Buffer> {
  yield first;
  for (let next = rest.next(); !next.done; next = rest.next()) yield next.value;
}

function* texts(chunks: Iterable<Buffer>): Generator<string> {
  const decoder = new StringDecoder('utf8');
  for (const chunk of chunks) yield decoder.write(chunk);
  yield decoder.end();
}
