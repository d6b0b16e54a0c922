/**
 * Whether a node id selects the test with this full name, `suite > test`. As in pytest an id gives the whole name, the
 * name of a suite, or the test's own; `::` and ` > ` mean the same in both.
 */
export function isNamed(fullName: string, wanted: string): boolean {
  const [name = '', selected] = [fullName, wanted].map((text) => text.replaceAll('::', ' > '));
  return name === selected || name.startsWith(`${selected} > `) || name.endsWith(` > ${selected}`);
}

/** Whether a name read from source text is one that only running code completes: `adds %i`, `keeps ${…}`. */
export function isNameTemplate(name: string): boolean {
  return /[%$\u2026]|while it runs/.test(name);
}

/** Whether a path is the selected one, or lies in the selected folder. */
export function isAt(path: string, selected: string): boolean {
  const folder = selected.replace(/\/$/, '');
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}
