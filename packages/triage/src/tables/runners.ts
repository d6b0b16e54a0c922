import type { Conditions } from '../classify/rule.js';

/** Refusals of the mocks and guards that projects use. */
export const MOCKS: readonly Conditions[] = [
  { code: 'ERR_NOCK_NO_MATCH|UND_MOCK_ERR_MOCK_NOT_MATCHED' },
  {
    name: 'NetConnectNotAllowedError|MockNotMatchedError|(?:AllMockedAssertion|SocketBlocked|SocketConnectBlocked|UnmockedError|NoMockAddress|NetConnectNotAllowed|CannotOverwriteExistingCassette|UnhandledHTTPRequest)\\w*',
  },
  {
    message: [
      'Nock: (?:Disallowed net connect|No match) ',
      '^Mock dispatch not matched for ',
      '\\[MSW\\] (?:Cannot bypass a request|Error: intercepted a request without|Failed to execute)|onUnhandledRequest|without a matching request handler',
      'tried to use socket\\.socket|A test tried to (?:use|connect|access|reach)',
      'No (?:fallback response defined|response or fallback rule|mock address|mocking was registered|mock response|matching mock|registered mock|route matched)\\b',
      'Connection refused by Responses|No response can be found for|(?:is )?not mocked!?$|Real HTTP connections are disabled|VCR does not know how to handle|Recording for the following request is not found',
      'Unmatched (?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) (?:to|request)|Unexpected (?:fetch|http|network) (?:call|request)\\b|Unmocked (?:request|call|fetch)|Unhandled (?:GET|POST|PUT|PATCH|DELETE|fetch|request)',
      '(?:Could not find mock for|No more mocked responses|Unexpected request: )',
      '\\b(?:[Nn]etwork|[Ii]nternet|[Nn]et|HTTP|http|[Oo]utgoing|[Oo]utbound|[Ee]xternal|[Rr]eal|[Ll]ive|[Ss]ocket)(?: network| http| HTTP)? ?(?:access|connections?|requests?|calls?|traffic|usage|use|I/O)? (?:is|are|was|were|has been) (?:disabled|blocked|not (?:allowed|permitted)|forbidden|disallowed|prohibited|denied)[^\\n]{0,60}\\b(?:tests?|specs?|offline|unit|jest|vitest)\\b',
      '\\b(?:tests?|specs?|offline mode|unit tests?)\\b[^\\n]{0,60}\\b(?:must not|may not|cannot|can\\x27t|should not|not allowed to)\\b[^\\n]{0,40}\\b(?:network|internet|sockets?|http|requests?|connect)',
    ].join('|'),
  },
];

const BARE = '[\'"`]?(?!\\.{0,2}/|[A-Za-z]:|@/|~/|#|src/)(?:@[\\w.-]+/)?[\\w][\\w./-]*[\'"`]?';

/** Mistakes of the test or its set-up, in the words of the runners. */
export const TEST_CODE: readonly Conditions[] = [
  {
    message: [
      'is not a spy or a call to a spy|[Rr]eceived value must be a mock or spy function|Matcher error: (?:this matcher|received|expected)',
      '^(?:Invalid Chai property|expect\\([^)]*\\)(?:\\.\\w+)*\\.\\w+ is not a function)',
      '^(?:document|window|navigator|localStorage|sessionStorage|HTMLElement|Element|Node|MutationObserver|ResizeObserver|IntersectionObserver|indexedDB|requestAnimationFrame|matchMedia|customElements|describe|it|test|expect|beforeEach|beforeAll|afterEach|afterAll|jest|vi) is not defined$',
      'window\\.matchMedia is not a function|Not implemented: (?:navigation|HTMLCanvasElement|window\\.)',
      'No "[^"]+" export is defined on the "[^"]+" mock|The module factory of [`\\w.]+\\(?\\)? is not allowed to reference|There was an error when mocking a module|There are some problems in resolving the mocks API',
      '^(?:Hook|(?:before|after)(?:Each|All) hook|Setup|Teardown) timed out in \\d|Exceeded timeout of \\d+ ?ms for a hook|^"(?:before|after) (?:each|all)" hook[^\\n]*Timeout of \\d+ms|Failed to import \\w+ file|^Error: Failed to load setup|Error happened during (?:global )?set-?up',
      '^fixture \'[^\']+\' not found|[Tt]est has unknown parameter|has unknown parameter "|fixture "[^"]+"[^\\n]*(?:not found|has already been registered|cannot)',
      'New snapshot was not written|[Oo]bsolete snapshot|snapshots? obsolete|(?:Snapshot|snapshot)[^\\n]{0,80}(?:not written|does(?:n.t| not) exist[^\\n]*(?:writing|missing))|is not written\\. Update',
      'expected any number of assertion, but got none|expect\\.(?:hasA|a)ssertions\\(|^expected number of assertions to be|Expected at least one assertion|[Tt]est (?:did not perform|has) (?:any|no) assertions?',
      'did not initialize yet|^Attempted to wrap [^\\n]* which is already wrapped|^Cannot (?:stub|spy|mock) [^\\n]*|^(?:vi|jest)\\.spyOn\\(\\)[^\\n]*|^<[^\\n]*> does not have the attribute |^(?:panic: )?testing: t\\.\\w+ called|Unnecessary stubbings detected|Misplaced or misused argument matcher|Unfinished (?:stubbing|verification) detected|^Database access not allowed, use the|^Can\\x27t load plugin: |No tests found, exiting|Cannot nest a (?:describe|test)|Hooks cannot be defined inside tests|Tests cannot be nested|done\\(\\) (?:called multiple times|invoked with non-Error)|Test functions cannot both take a|Resolution method is overspecified|A "(?:describe|test)" callback must|Do not import `?@jest/globals|Vitest (?:failed to access its internal state|was initialized with native Node)|vi\\.\\w+\\(\\) (?:is not|cannot|can only)|Playwright Test did not expect|^Configuration error|^Unknown option|^Invalid (?:project|config)\\b',
      `^(?:Cannot find (?:module|package)|Failed to resolve import|Could not resolve(?= [\x27"\`])|Cannot resolve module|Package subpath|Module not found: (?:Error: )?Can't resolve|Failed to resolve entry for package|Failed to load url) ${BARE}(?: |$|\\. |\\n)`,
      "^No module named '(?!tests?\\b)\\w+'|^Could not find gem|^package [\\w./-]+ is not in (?:GOROOT|std)|^Cannot find implementation or library stub",
      'could not load the optional [^\\n]* package|^[^\\n]{0,80}\\b(?:[Pp]lease install|[Ii]nstall it with|run|try)[: ]+[\x27"\x60]?(?:npm|yarn|pnpm|pip|bun) (?:i|install|add)\\b|optional (?:peer )?dependency[^\\n]* (?:missing|not (?:installed|found))|Requested setting[^\\n]*not configured|DJANGO_SETTINGS_MODULE|failed on (?:setup|teardown) with "[^]*fixture \x27\\w+\x27 not found|Preset [^\\n]+ not found|Test environment [^\\n]+ cannot be found|Module [^\\n]+ in the \\w+ option was not found',
    ].join('|'),
    root: true,
  },
  // Mockito and others of Java, JUnit and its engines
  {
    name: 'Unfinished(?:Stubbing|Verification|MockingSession)Exception|MissingMethodInvocationException|NotAMockException|NullInsteadOfMockException|UnnecessaryStubbingException|InvalidUseOfMatchersException|WrongTypeOfReturnValue|CannotVerifyStubOnlyMock|CannotStubVoidMethodWithReturnValue|PotentialStubbingProblem|MockitoConfigurationException|MockitoInitializationException|ParameterResolutionException|PreconditionViolationException|ExtensionConfigurationException|ExtensionInstantiationException|TestInstantiationException|TemplateInvocationValidationException|ConditionEvaluationException|JUnitException|InvalidTestClassError|MockKException',
  },
  {
    message:
      '^(?:No runnable methods|Test class should have exactly one public|No tests found (?:matching|in|for)|Method \\w+\\(\\) should (?:not )?(?:be|have)|No ParameterResolver registered|missing behavior definition for the preceding method call|no last call on a mock available|Missing (?:mocked )?calls inside|no answer found for: |Configuration error: You must provide at least one argument|Cannot instantiate @InjectMocks|Mockito cannot mock this class|Checked exception is invalid for this method)',
  },
  {
    message:
      '^(?:Property `\\w+` (?:does not exist in the provided object|does not have access type|is not declared configurable)|Cannot spyOn? (?:on )?|`?\\.?each`? (?:called with an empty Array|must be called with an Array)|Missing second argument\\. It must be a callback|Invalid first argument, |Error: `\\.each` |You must provide an object|Vitest failed to find the (?:current suite|runner)|Mock factory of \\S+ )',
    root: true,
  },
  { verbatim: '^(?:● )?Validation Error:' },
  { message: '^Timeout of \\d+ ?ms exceeded', test: '"(?:before|after) (?:each|all)" hook' },
  { message: '"(?:before|after) (?:each|all)" hook[^\\n]*\\n[^]*Timeout of \\d+ ?ms exceeded' },
  { name: 'ReferenceError', message: '^(?:document|window) is not defined' },
  {
    name: '(?:Fixture|Config|Configuration|UsageError|Collect)\\w*Error',
    message: '^(?!Missing region)[^]*(?:fixture|conftest|config)',
  },
];
