/**
 * Folder below `.drydock/` that holds a project's ledger: the package's name without `@`, with `-` for `/`
 * (`@drydock/storage-redis` gives `drydock-storage-redis`).
 */
export function projectFolder(projectName: string): string {
  return projectName.replace(/^@/, '').replaceAll('/', '-');
}
