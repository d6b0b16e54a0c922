import { moduleTags, partsOfName, type Registry } from '@drydock/workspace';
import { collectStatically, type StaticTask } from '../../gate/static-tests.js';

/** A test as its source text declares it, with the tags and options of its suites and its file. */
export interface DeclaredTest {
  /** Path relative to the workspace root, with `/`. */
  readonly file: string;
  /** Names from the outermost suite inwards, joined with ` > `. */
  readonly name: string;
  readonly markers: readonly string[];
  /** Tags of every kind, and the parts of the file's name. */
  readonly tags: readonly string[];
  readonly mode: StaticTask['mode'];
  readonly only: boolean;
  readonly retry: number;
  /** Text of its function without white space; empty where the source does not show it. */
  readonly body: string;
}

type InheritedOptions = Omit<DeclaredTest, 'file' | 'name' | 'markers' | 'body'> & {
  readonly names: readonly string[];
};

/** Reads the tests that a file declares from its source text; runs nothing. */
export function declaredTests(file: string, source: string, registry: Registry): DeclaredTest[] {
  const tags = [...partsOfName(file), ...moduleTags(source)];
  const top: InheritedOptions = { names: [], tags, mode: 'run', only: false, retry: 0 };
  return collectStatically(file, source).flatMap((task) => declare(task, top));

  function declare(task: StaticTask, above: InheritedOptions): DeclaredTest[] {
    const own: InheritedOptions = {
      names: [...above.names, task.name],
      tags: [...above.tags, ...task.tags],
      mode: above.mode === 'run' ? task.mode : above.mode,
      only: above.only || task.only,
      retry: task.retry || above.retry,
    };
    if (task.kind === 'suite') return task.children.flatMap((child) => declare(child, own));
    const markers = registry.markers.map(({ name }) => name).filter((name) => own.tags.includes(name));
    const { mode, only, retry, tags: carried } = own;
    return [
      { file, name: own.names.join(' > '), markers, tags: carried, mode, only, retry, body: task.body },
    ];
  }
}
