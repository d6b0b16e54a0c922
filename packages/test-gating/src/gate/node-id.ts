/**
 * Whether a test's full name, `suite > test`, is what a node id asks for: as in pytest the whole name, a suite's, or a
 * test's own. The `::` of a node id stands for a ` > `, and a name may hold either.
 */
export function isNamed(fullName: string, wanted: string): boolean {
  const [name = '', asked] = [fullName, wanted].map((text) => text.replaceAll('::', ' > '));
  return name === asked || name.startsWith(`${asked} > `) || name.endsWith(` > ${asked}`);
}

/** Whether a path is one that was asked for, or lies in such a folder. */
export function isAt(path: string, asked: string): boolean {
  const folder = asked.replace(/\/$/, '');
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}
