/** A thrown value as AVA prints it: `FetchError { … }`, `Error (AxiosError) { … }`. */
const OBJECT = /^(?<name>[\w$]+)(?: \((?<tag>[\w$.]+)\))? (?<properties>\{[\s\S]*\})\s*$/u;
/** The message among the properties of the value itself, and not of what they hold. */
const MESSAGE = /^ {2}message: (?<quote>['"`])(?<words>[\s\S]*?)(?<!\\)\k<quote>,?$/mu;

/** The text of an error with its properties, from a value that a runner prints with its insides. */
export function textOfThrown(printed: string, place: string | undefined): string {
  const { name, tag, properties } = OBJECT.exec(printed.trim())?.groups ?? {};
  const frame = place === undefined ? '' : `\n    at ${place}`;
  if (properties === undefined) return `${printed.trim().replace(/^(['"`])([\s\S]*)\1$/u, '$2')}${frame}`;
  // A class may give its errors no name of their own: then the class says more.
  const shown = name === 'Error' && tag !== undefined ? tag : name;
  const words = MESSAGE.exec(properties)?.groups?.words ?? '';
  return `${shown}: ${words}${frame}\nSerialized Error: ${properties}`;
}
