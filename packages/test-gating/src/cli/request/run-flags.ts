import { flagOf, type Registry } from '@drydock/workspace';
import { type Command, Option } from 'commander';
import type { RunFlags } from './run-request.js';

/** Adds the flags of `drydock run`. */
export function addRunFlags(command: Command, registry: Registry): Command {
  return addSelectionFlags(command, registry)
    .option('--require <what...>', 'fail unless these markers, backends or test ids ran (or: all)')
    .option('--fail-on-flaky', 'fail where a test passed only at a later attempt')
    .option('--failed', 'only the tests that failed in the last run')
    .option('--watch', 'run again when files change; a key grants integration to the next runs')
    .option('--allow-host <host>', 'let tests reach HOST[:PORT] too; may be repeated', collected)
    .option(
      '--learn',
      'write the endpoints that networked tests reach to drydock.endpoints.json, which is enforced from then on',
    )
    .option(
      '--base <revision>',
      'also list tests skipped, narrowed, retried, moved or removed since this git revision',
    )
    .option('--local-model', 'real calls go to a small model on this machine, fetched and started if needed')
    .option('--env-override', 'values of .env files win over the process environment')
    .option('--json', 'print the ledger on standard output, everything else on standard error')
    .option(
      '--agent',
      'end with a short text for a coding agent: what failed, whose fault, the next command',
    );
}

/** Adds the flags that select tests: a level, an expression, a name, and `--run-…` for each marker. */
export function addSelectionFlags(command: Command, registry: Registry): Command {
  command
    .addOption(
      new Option('--level <level>', 'only what the Nx target of that name runs').env('DRYDOCK_LEVEL'),
    )
    .option('-m <expr>', 'only tests whose markers match: and, or, not, parentheses')
    .option('-t <name>', 'only tests whose full name matches this pattern');
  for (const marker of registry.markers)
    command.option(flagOf(marker), `also tests marked ${marker.name}: ${marker.description}`);
  return command;
}

/** Reads the parsed options of a command; an option that the command does not have counts as not given. */
export function readFlags(options: Record<string, unknown>, registry: Registry): RunFlags {
  const text = (key: string) =>
    typeof options[key] === 'string' ? { value: options[key] as string } : undefined;
  const level = text('level');
  const expression = text('m');
  const name = text('t');
  const base = text('base');
  return {
    ...(level && { level: level.value }),
    ...(expression && { expression: expression.value }),
    ...(name && { name: name.value }),
    ...(base && { base: base.value }),
    run: registry.markers
      .filter((marker) => options[optionKey(flagOf(marker))] === true)
      .map((marker) => marker.name),
    require: (options.require as string[] | undefined) ?? [],
    allowHost: (options.allowHost as string[] | undefined) ?? [],
    failOnFlaky: options.failOnFlaky === true,
    learn: options.learn === true,
    failed: options.failed === true,
    watch: options.watch === true,
    json: options.json === true,
    agent: options.agent === true,
    envOverride: options.envOverride === true,
    localModel: options.localModel === true,
  };
}

/** Name under which Commander keeps the value of a flag: `runLlmReal` for `--run-llm-real`. */
function optionKey(flag: string): string {
  return flag.slice(2).replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** Gathers the values of an option that may be repeated; each takes one, so that no path is taken for another. */
function collected(value: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, value];
}
