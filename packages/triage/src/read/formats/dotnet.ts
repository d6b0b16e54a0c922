import { readElements, type XmlHandler } from '../xml.js';
import type { RawTest } from './raw-test.js';

/** The tests of TRX (`vstest`) and of NUnit 3, which tell a failure in elements of its own. */
export function dotnetTests(xml: string): { tests: RawTest[]; problem: string | undefined } {
  const reader = new DotnetReader();
  const problem = readElements(xml, reader);
  return { tests: reader.tests, problem };
}

const TESTS = new Set(['UnitTestResult', 'test-case']);
const MESSAGES = new Set(['Message', 'message']);
const STACKS = new Set(['StackTrace', 'stack-trace']);

class DotnetReader implements XmlHandler {
  readonly tests: RawTest[] = [];
  #open: { name: string; file: string; failed: boolean; message: string; stack: string } | undefined;
  #into: 'message' | 'stack' | undefined;

  open(tag: string, attributes: Readonly<Record<string, string>>): void {
    if (TESTS.has(tag)) {
      const { testName, fullname, name = '', classname = '', outcome, result } = attributes;
      const failed = /^(?:Failed|Error|Timeout|Aborted)$/u.test(outcome ?? result ?? '');
      this.#open = { name: testName ?? fullname ?? name, file: classname, failed, message: '', stack: '' };
    }
    if (MESSAGES.has(tag)) this.#into = 'message';
    if (STACKS.has(tag)) this.#into = 'stack';
  }

  text(text: string): void {
    if (this.#open && this.#into) this.#open[this.#into] += text.slice(0, 64 * 1024);
  }

  close(tag: string): void {
    if (MESSAGES.has(tag) || STACKS.has(tag)) this.#into = undefined;
    if (TESTS.has(tag)) this.broken();
  }

  broken(): void {
    const test = this.#open;
    this.#open = undefined;
    if (test === undefined) return;
    const { name, file, failed, message, stack } = test;
    // .NET separates the name of an exception by a blank: `System.Net.SocketException : Connection refused`.
    const words = message.trim().replace(/^([\w.]+(?:Exception|Error)) : /u, '$1: ');
    const problems = [{ text: `${words}\n${stack}` }];
    this.tests.push({ name, file, ...(failed && { problems }) });
  }
}
