/** What a filter cannot hold between backticks, what the server trims, and what a URL takes for a step upwards. */
const UNFIT = /[%`\\]|^[\s\p{Cc}]+|[\s\p{Cc}]+$|^\.{1,2}$/gu;

/** Id of the document for a record: the record's own, with what no filter and no URL can hold percent-encoded. */
export function documentId(id: string): string {
  return id.replace(UNFIT, (text) => encodeURIComponent(text).replaceAll('.', '%2E'));
}

/** The record's id again; documents of somebody else's keep theirs. */
export function recordId(id: string): string {
  if (!id.includes('%')) return id;
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}
