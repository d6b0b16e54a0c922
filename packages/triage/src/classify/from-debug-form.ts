import { FILE_CODES, PYTHON_CODES, RUST_KINDS } from '../tables/languages.js';
import type { ErrorFacts } from './facts.js';

/** A system's error as Rust prints it wherever it stands inside others: `Transport(Io(Os { code: 111, kind: ConnectionRefused, … }))`. */
const OS = /\bOs \{\s*code: \d+,\s*(?:kind: (?<kind>\w+),\s*)?message: "(?<words>[^"]*)"/u;
/** The same for people: `Connection refused (os error 111)`. */
const SHOWN = /(?<words>\b[A-Z][A-Za-z -]{5,60}) \(os error \d+\)/u;
/** A database's code in it: `DbError { severity: "FATAL", …, code: SqlState(E28P01)`. */
const SQL = /\bcode: (?:SqlState\(E(?<state>[0-9A-Z]{5})\)|"(?<quoted>[0-9A-Z]{5})")/u;

/** The code in an error that Rust printed for programmers, as `unwrap` and `expect` do. */
export function fromDebugForm({ message }: ErrorFacts): Partial<ErrorFacts> {
  const { kind = '', words = '' } = OS.exec(message)?.groups ?? {};
  const code =
    RUST_KINDS[kind] ?? PYTHON_CODES[words] ?? PYTHON_CODES[SHOWN.exec(message)?.groups?.words ?? ''];
  if (code !== undefined) return { code, ...(FILE_CODES.has(code) && { syscall: 'open' }) };
  const sql = SQL.exec(message)?.groups;
  return sql ? { code: sql.state ?? sql.quoted ?? '' } : {};
}
