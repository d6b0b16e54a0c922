import sax from 'sax';

/** Receives the parts of a document as they are read. */
export interface XmlHandler {
  open(tag: string, attributes: Readonly<Record<string, string>>): void;
  text(text: string): void;
  close(tag: string): void;
  /** Called once when the document cannot be read on. */
  broken(): void;
}

const CHUNK = 256 * 1024;
/** The longest attribute; a longer text is handed over in parts. */
const LONGEST = 32 * 1024 * 1024;
/** An entity that XML does not know stays as it is written; none is ever expanded, so none can explode. */
const HARMLESS =
  /^(?:Invalid character entity|Invalid characters? in entity name|Text data outside of root node)/;

/**
 * Reads a document without building it, and says what is wrong with it where it cannot be read to its end. Declared
 * entities are not expanded and nothing is fetched.
 */
export function readElements(xml: string | Iterable<string>, handler: XmlHandler): string | undefined {
  // Names and messages of tests stand in attributes and may be long.
  (sax as { MAX_BUFFER_LENGTH?: number }).MAX_BUFFER_LENGTH = LONGEST;
  const parser = sax.parser(true, { position: true });
  let problem: string | undefined;
  let elements = 0;
  parser.onerror = (error) => {
    const [words = 'it is not XML'] = error.message.split('\n');
    // The parser goes on once its error is removed.
    (parser as { error: Error | null }).error = null;
    if (!HARMLESS.test(words)) problem ??= `${words.toLowerCase().slice(0, 200)} in line ${parser.line + 1}`;
  };
  parser.onopentag = ({ name, attributes }) => {
    elements += 1;
    if (problem === undefined) handler.open(name, attributes as Record<string, string>);
  };
  parser.ontext = (text) => problem === undefined && handler.text(text);
  parser.oncdata = (text) => problem === undefined && handler.text(text);
  parser.onclosetag = (name) => problem === undefined && handler.close(name);
  for (const part of typeof xml === 'string' ? parts(xml) : xml) {
    if (problem !== undefined) break;
    parser.write(part);
  }
  if (problem === undefined) parser.close();
  if (problem === undefined && elements === 0) problem = 'it holds no element';
  if (problem !== undefined) handler.broken();
  return problem;
}

function* parts(text: string): Generator<string> {
  for (let at = 0; at < text.length; at += CHUNK) yield text.slice(at, at + CHUNK);
}
