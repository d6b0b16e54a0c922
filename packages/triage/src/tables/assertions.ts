/** Beginnings or marks of assertions of libraries whose errors have no name of their own. */
export const OTHER_ASSERTIONS = [
  // supertest, chai-http
  '^expected \\d{3} "[^"]*", got \\d{3}|^expected "[^"]+" (?:header|of)|^expected \\{[^]* response body',
  // Testing Library, jest-dom, Playwright, Cypress, WebdriverIO
  '^Unable to find (?:an? )?(?:accessible )?(?:element|role|label)|^Found multiple elements|^Timed out in waitFor|^Unable to fire a|^(?:locator|page|frame)\\.\\w+: (?:Timeout|Error: strict mode|Target)|^(?:locator|expect)\\(|waiting for (?:locator|selector|getBy)|strict mode violation|Timed out \\d+ms waiting for expect|^Timed out retrying after|Expected to find element|element \\("[^"]*"\\) still not',
  // Rust, Go, Java, .NET, PHP, Ruby, Swift, Dart, Python
  '(?:^|\\n)\\s*(?:assertion `?(?:left|failed)|assertion failed|called `Option::unwrap\\(\\)` on a `None`)',
  '(?:^|\\n)\\s*Error Trace:',
  'expected: ?<[^]*> but was: ?<|^expected:<|^Expected: [^]*\\n\\s*(?:but|But)(?: was)?: |Assert\\.\\w+\\(?\\)? ?(?:Failure|failed)|^Assert\\.\\w+\\(\\)|Expected:? [^\\n]*\\n\\s*Actual:?|Expecting (?:actual|value|code|empty|\\S+)[^]*\\n|^(?:Wanted but not invoked|No interactions wanted here|Never wanted here|Argument\\(s\\) are different! Wanted|Verification in order failure)|^Multiple Failures',
  'Failed asserting that|expected: [^\\n]*\\n\\s*got: |XCTAssert\\w+ failed|Expectation failed: |Values are not equal|^Expected: [^\\n]*\\n\\s*Actual: |DID NOT RAISE|^assert [^\\n]+$',
  '^Expected condition failed: |^Condition [^\\n]* was not fulfilled within|^(?:Expected|expected) (?:spy|mock|function|value|the (?:element|value)|number of calls|[\\w.`\\x27"]+ to (?:be|have|equal|match|contain|throw|resolve|reject))\\b|^Mocks not yet satisfied|^(?:Snapshot|Screenshot) [^\\n]*(?:mismatch|do(?:es)? not match)',
].join('|');

/** Words of assertions that a library's own error may have as well. */
export const NAMELESS_ASSERTIONS =
  '(?:^|\\n)\\s*(?:got|want|wanted|expected|actual)\\b ?[:=(][^\\n]*\\n?\\s*(?:,? ?(?:want|wanted|got|expected|actual)\\b ?[:=(])|\\b(?:got|Got) [^\\n]{1,200}[,;] (?:want|expected|wanted)\\b|expected (?!Connection\\w+;)[^\\n]{1,200}[,;] (?:but )?(?:got|was|received|found)\\b|(?:^|\\n)--- want\\b|mismatch \\(-want \\+got\\)|(?:^|\\n\\n)expect\\((?:received|actual|locator|page|response|element|jest)\\b';
