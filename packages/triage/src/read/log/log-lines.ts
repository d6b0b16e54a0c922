import { stripVTControlCharacters } from 'node:util';

/** What CI puts before a line: a time, GitHub's job and step, GitLab's marks of sections. */
const PREFIX =
  /^(?:[^\t\n]{1,120}\t[^\t\n]{1,120}\t)?\ufeff?(?:\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z(?: \d\d[OE][+ ]?)? ?)?(?:\[\d\d:\d\d:\d\d(?:\.\d+)?\] )?/u;
const COMMAND = /^##\[(?:error|warning|group|endgroup|command|section|debug)\](?<rest>.*)$/u;
const SECTION = /section_(?:start|end):\d+:[\w.-]+(?:\[[^\]]*\])?/gu;

/** The lines of a log without colours and without what CI put before each. */
export function logLines(text: string): string[] {
  return text.split(/\r?\n|\r(?=\S)/u).map((line) => {
    const plain = stripVTControlCharacters(line.slice(0, 4_000)).replace(PREFIX, '').replace(SECTION, '');
    return COMMAND.exec(plain)?.groups?.rest ?? plain;
  });
}
