import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { markersOfFileName, mentionsMarker } from '@drydock/workspace';
import { declaredTests } from '../explain/declared-tests.js';
import type { RunRequest } from '../request/run-request.js';
import { testFilesOf } from '../request/test-files-of.js';

/** Whether the source text of a selected file declares a test with a granted marker; runs nothing. */
export async function declaresMarked(request: RunRequest): Promise<boolean> {
  const { registry, grants, workspaceRoot } = request;
  const isGranted = (markers: readonly string[]) => markers.some((name) => grants.granted.includes(name));
  return (await testFilesOf(request)).some((path) => {
    if (isGranted(markersOfFileName(path, registry))) return true;
    const source = readFileSync(path, 'utf8');
    if (!mentionsMarker(source, registry)) return false;
    const file = relative(workspaceRoot, path).replaceAll('\\', '/');
    return declaredTests(file, source, registry).some(({ markers }) => isGranted(markers));
  });
}
