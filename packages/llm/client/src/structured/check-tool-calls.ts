import {
  type GenerateRequest,
  type GenerateResult,
  type RequestContext,
  toLlmError,
  type Usage,
} from '../contract/index.js';
import { rememberMisfit } from './repair.js';
import { runBounded } from './run-bounded.js';
import { jsonValidator } from './validator.js';

/** Longest that the check of one tool call may keep the process from anything else, in milliseconds. */
const MOST_CHECK_MS = 5_000;

/** What of an answer is checked. */
type Called = Pick<GenerateResult, 'text' | 'toolCalls'> & { readonly usage?: Usage | undefined };

/**
 * Checks the arguments of tool calls against the schemas of their tools.
 *
 * @throws LlmError of kind `invalid_output` and code `TOOL_ARGUMENTS`; `repairRequest` makes a request that says what is wrong.
 */
export async function checkToolCalls(
  { text, toolCalls, usage }: Called,
  { tools = [] }: GenerateRequest,
  context: RequestContext,
): Promise<void> {
  for (const { name, arguments: args } of toolCalls) {
    const tool = tools.find((one) => one.name === name);
    if (!tool) continue;
    const { problems } = await jsonValidator(tool.parameters);
    const found = runBounded(() => problems(args), MOST_CHECK_MS);
    if (found.length === 0) continue;
    const detail = 'the model asked for a tool with arguments that do not fit its schema';
    const error = toLlmError('invalid_output', {
      ...context,
      detail,
      usage,
      code: 'TOOL_ARGUMENTS',
      retriable: true,
    });
    throw rememberMisfit(error, {
      text: text || JSON.stringify({ tool: name, arguments: args }),
      problems: found.map(({ path, message }) => `${name} at /${path.join('/')}: ${message}`),
    });
  }
}
