import type { FailureClass } from '../../classify/verdict.js';

/** What fails a job before or beside its tests. */
export interface JobSign {
  readonly class: FailureClass;
  readonly subclass: string;
  readonly confidence: number;
  readonly remedy: string;
  readonly line: RegExp;
}

const NETWORK =
  'ECONNRESET|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN|ENOTFOUND|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|[Cc]onnection (?:reset|refused|timed out|closed|was reset|broken|aborted)|Could not resolve host|Temporary failure in name resolution|Network is unreachable|No route to host|TLS handshake timeout|i\\/o timeout|Read timed out|Operation timed out|read: connection reset|unexpected EOF|SSL_ERROR_SYSCALL|RPC failed|early EOF|Recv failure|Failed to connect to|the remote end hung up|net\\/http: request canceled|socket hang up|Connect Timeout Error|Unable to connect to|Unknown host|Remote host terminated|context deadline exceeded|Could not connect to|temporarily unavailable';
const STATUS =
  '(?:HTTP(?:\\/[\\d.]+)?(?: response)?(?: (?:status|code|error))*|status(?: code)?|returned error|response(?: status)?(?: code)?|error|code|Server Error)[ :=(]{1,3}(?:429|50[0234]|52\\d)\\b|\\b(?:50[0234] +(?:Internal Server|Bad Gateway|Service (?:Temporarily )?Unavailable|Gateway Time-?[Oo]ut|Server Error)|429 Too Many Requests|E50[0234]|E429)\\b';
const FETCHING =
  '(?:npm (?:ERR!|error)|yarn|YN\\d{4}|pnpm|ERR_PNPM\\w*|error An unexpected error|pip|ERROR: (?:Could not|HTTP|Exception)|WARNING: Retrying|E: (?:Failed to fetch|Unable to)|W: Failed to fetch|Err:\\d+|fatal: |error: (?:RPC|failed to (?:download|fetch|get)|could not (?:download|fetch)|Failed)|curl: |wget|Could not (?:transfer|resolve|GET|HEAD|download)|go: |cargo|warning: spurious network|Caused by|docker|Error response from daemon|failed to (?:solve|pull|do request|fetch|resolve|download|copy)|Download(?:ing)? |Unable to (?:download|fetch|load|access)|toomanyrequests|Failed to (?:download|fetch|restore|pull|get|install|resolve|CreateArtifact|upload|save)|Error: |gem |Gem::|Bundler|Net::|Homebrew|brew|conda|CondaHTTPError|choco|nuget|NU1301|\\[error\\]|error NU|composer|##|> Could not|Cache|cache|Warning: |Get "|Head "|Post "|reading https?:)';

const sign = (
  failureClass: FailureClass,
  subclass: string,
  confidence: number,
  remedy: string,
  line: string,
): JobSign => ({ class: failureClass, subclass, confidence, remedy, line: new RegExp(line, 'u') });

const AGAIN = 'Run the job again; where it comes back, look at the service that the line names.';
const FIX = 'Fix the code where the line points.';

/** Signs of a job’s failure; a sign of the environment tells what a log ends with, and not what it went on after. */
export const JOB_SIGNS: readonly JobSign[] = [
  sign(
    'environment',
    'runner-lost',
    0.95,
    AGAIN,
    '(?:self-hosted|hosted) runner[^\\n]*lost communication|runner has received a shutdown signal|The runner (?:has been|was) (?:lost|shut ?down|terminated)|runner system failure|Job failed \\(system failure\\)|Preparation failed|stuck_or_timeout|aborted: terminated|node was (?:lost|preempted)|Evicted|failed to prepare (?:environment|executor)|We stopped hearing from agent|Agent (?:was )?lost|No space left on agent|The agent did not connect|The job was not acquired by Runner|runner_system_failure|Spot instance|Failed to (?:initialize|start) container|Docker pull failed with exit code|Error response from daemon: (?:Get|Head|toomanyrequests|received unexpected HTTP)',
  ),
  sign(
    'environment',
    'out-of-memory',
    0.9,
    'Give the job more memory, or let it run fewer at once.',
    '(?:JavaScript )?heap out of memory|Killed (?:process|signal)|\\bOOM(?:Killed|-kill)|[Oo]ut of memory(?!Error test)|Cannot allocate memory|exit (?:code|status):? 137|signal:? (?:9|killed|SIGKILL)|java\\.lang\\.OutOfMemoryError|fatal error: runtime: out of memory|ENOMEM|MemoryError$|LLVM ERROR: out of memory',
  ),
  sign(
    'environment',
    'disk-full',
    0.95,
    'Make room on the runner’s disk.',
    '[Nn]o space left on device|ENOSPC|[Dd]isk quota exceeded|not enough space on the disk|disk is full',
  ),
  sign(
    'environment',
    'cancelled',
    0.85,
    'Somebody or a newer run cancelled this one: look at the newer run.',
    '^(?:Error: )?The operation was cancell?ed\\.?$|[Tt]he (?:job|run|workflow|build) (?:was|has been) cancell?ed|Canceling since a (?:higher priority|newer)|\\b(?:[Jj]ob|[Bb]uild|[Rr]un|[Pp]ipeline|[Ww]orkflow) (?:was |has been )?cancell?ed\\b|^context cancell?ed$',
  ),
  sign(
    'environment',
    'unresponsive',
    0.8,
    'The job took longer than it may: look at what it waited for.',
    'exceeded the maximum execution time|Job (?:execution )?(?:timed out|failed: execution took longer)|ERROR: Job failed: (?:execution took longer|exceeded)|Build timed out|has timed out after \\d+ minutes|Too long with no output|ran longer than the maximum time',
  ),
  sign(
    'environment',
    'rate-limit',
    0.9,
    'Wait, or log in so that the limit is higher.',
    'API rate limit exceeded|[Rr]ate limit(?:ed| exceeded)|toomanyrequests|You have reached your (?:unauthenticated )?pull rate limit|secondary rate limit',
  ),
  sign(
    'mechanism',
    'publish',
    0.85,
    'This version is published already: raise the version.',
    'cannot publish over|EPUBLISHCONFLICT|previously published version|File already exists\\. See https',
  ),
  sign(
    'environment',
    'login',
    0.9,
    'The key or login that the job was given is missing or refused.',
    '(?:fatal: )?(?:Authentication failed for|could not read (?:Username|Password))|Bad credentials|npm (?:ERR!|error) (?:code E40[13]|need auth|40[13] )|unauthorized: (?:authentication required|access)|denied: (?:requested access|permission_denied)|Permission denied \\(publickey|remote: Permission to|Input required and not supplied: \\w*token|Error: Unable to get ACTIONS_ID_TOKEN|Could not assume role|ExpiredToken|Resource not accessible by integration|Unable to locate credentials|No API token|^remote: Repository not found|^fatal: repository \\S+ not found|Credentials could not be loaded|no valid credential sources|pull access denied',
  ),
  sign(
    'environment',
    'registry',
    0.9,
    'A registry or a mirror did not serve: run the job again, or use another mirror.',
    `${FETCHING}[^\\n]*(?:${NETWORK}|${STATUS}|EINTEGRITY|[Ii]ntegrity check(?:sum)? failed|[Cc]hecksum (?:mismatch|verification failed|did not match|failed)|Hash Sum mismatch|hashes? (?:do not|DO NOT) match|unexpected HTTP status)|npm (?:ERR!|error) code (?:E(?:CONN|TIMEDOUT|AI_AGAIN|NOTFOUND|INTEGRITY|50\\d|429|RR_SOCKET)\\w*)|(?:^|\\s)(?:EINTEGRITY|Hash Sum mismatch)|^E: Failed to fetch |Some index files failed to download|Mirror sync in progress|DO NOT MATCH THE HASHES|NU1301|Unexpected HTTP response: (?:429|5\\d\\d)|curl error (?:5|6|7|18|28|35|52|55|56|92)\\b|java\\.net\\.(?:SocketTimeout|UnknownHost|Connect|Socket)Exception|javax\\.net\\.ssl\\.|Net::(?:OpenTimeout|ReadTimeout|HTTPFatalError|HTTPServerException)|Gem::RemoteFetcher|ESOCKETTIMEDOUT|(?:urllib3|requests|httpx?|aiohttp)\\.exceptions\\.\\w*(?:Connection|Timeout|SSL)\\w*|Response status code does not indicate success: 5\\d\\d|Unable to (?:fetch some archives|connect to (?:archive|deb|azure)\\S*)|Could not (?:resolve host|connect to server|get lock /var/lib)|ReadTimeoutError\\(|ConnectTimeoutError|Max retries exceeded with url|NewConnectionError|IncompleteRead|(?:Failed|failed) to download (?:action|archive|file)|An action could not be found|artifact[^\\n]*(?:ETIMEDOUT|ECONNRESET|timed out|50\\d)|fetch-pack: (?:invalid|unexpected)|gnutls_handshake\\(\\) failed|index-pack failed|server certificate verification failed|received unexpected HTTP status: 5\\d\\d|verifying \\S+: checksum mismatch|The repository \x27[^\x27]+\x27 is not signed|[Aa]rtifact (?:download|upload)[^\\n]*failed|network failure seems to have happened|fetching \\S+: temporary error|ERR_PNPM_FETCH_(?:429|5\\d\\d)|Cache service responded with|Could not reach host|Executable doesn\x27t exist at|curl: \\((?:5|6|7|18|28|35|52|55|56|60|92)\\)`,
  ),
  sign(
    'environment',
    'refused',
    0.8,
    'A service of the job did not start: look at its log.',
    '(?:Service container|Health check|Container \\S+|One or more containers) (?:failed|is unhealthy|exited|failed to start)|Failed to initialize,[^\\n]*service is unhealthy|port is already allocated|[Aa]ddress already in use|EADDRINUSE|Cannot connect to the Docker daemon|(?:wait-for|Timed? ?out) [^\\n]*waiting for (?:server|service|port|http|\\S+:\\d+)|Error: Timed out waiting for: http|Failed to launch (?:the )?browser|DevToolsActivePort|Unable to start the daemon|Gradle build daemon disappeared|emulator[^\\n]*(?:timed out|timeout|did not start)|adb: (?:device offline|no devices)|Timeout waiting for emulator|xvfb[^\\n]*(?:timed out|failed)',
  ),
  sign(
    'environment',
    'unreachable',
    0.85,
    'A server that the job needs was not reached: is it up, and is the address right?',
    'connection to server at [^\\n]*failed|Could not connect to \\w+ at \\S+:\\d+|The connection to the server \\S+ was refused|Kubernetes cluster unreachable|(?:ssh|scp|rsync|sftp|nc|telnet|mysql|mongo\\w*|psql|curl|wget): [^\\n]*(?:connect|resolve|refused|timed out|unreachable)|failed: (?:Name or service not known|Connection (?:refused|timed out)|Temporary failure in name resolution|No route to host)|unable to resolve host address|dial tcp [^\\n]*: (?:connect: |i/o timeout|lookup )|Error status returned by url [^\\n]*: 5\\d\\d|ssh_exchange_identification|kex_exchange_identification|Host key verification failed|lost connection$|Connect(?:ion)? timeout occurred|All attempts to connect to \\S+ failed',
  ),
  sign(
    'mechanism',
    'compile',
    0.95,
    FIX,
    "(?:error TS\\d+: |^error\\[E\\d{4}\\]|^error: (?:could not compile|cannot find|expected|unused|mismatched|aborting due to|unresolved|this |the |no |linking)|^\\S+\\.go:\\d+:\\d+: |^# [\\w./-]+$|\\.java:\\[?\\d+[,:]?\\d*\\]?:? (?:error: )?(?:cannot find symbol|package|incompatible|['\\w])|COMPILATION ERROR|Compilation failed|error CS\\d+|error FS\\d+|\\.(?:c|cc|cpp|cxx|h|hpp|m|mm|swift|kt|scala|hs|cu):\\d+:(?:\\d+:)? (?:fatal )?error|^e: (?:file:)?\\S+\\.kt|error: aborting due to|undefined reference to|collect2: error|ld: symbol\\(s\\) not found|make(?:\\[\\d+\\])?: \\*\\*\\* |ninja: build stopped|FAILED: [\\w./-]+\\.o|SyntaxError: (?:invalid|Unexpected|Missing|unterminated|Invalid)|Parsing error|ModuleParseError|Module build failed|\\[vite\\][^\\n]*(?:Rollup|error)|RollupError|✘ \\[ERROR\\]|Build failed with \\d+ errors?|Type error: |error: Type |Failed to compile)",
  ),
  sign(
    'mechanism',
    'lint',
    0.95,
    FIX,
    '(?:✖ \\d+ problems? \\(\\d+ error|^\\s+\\d+:\\d+\\s+error\\s{2}|Found \\d+ errors?(?: in|\\.|,)|Checked \\d+ files? [^\\n]*Found \\d+ error|lint/\\w+/\\w+|Some files? (?:were|are) not formatted|Code style issues (?:found|were)|would reformat|\\d+ files? would be reformatted|error: (?:unused|this [^\\n]*lint)|clippy::|golangci-lint|\\((?:errcheck|staticcheck|govet|revive|gosec|unused|ineffassign|gofmt|goimports)\\)$|^\\S+\\.py:\\d+(?::\\d+)?: (?:[EWFCNDBIR]\\d{3,4}|error: )|Your code has been rated|\\bruff\\b[^\\n]*(?:failed|Found)|rubocop|\\d+ offenses? detected|checkstyle|ktlint|detekt|stylelint|markdownlint|MD\\d{3}/|yamllint|shellcheck|SC\\d{4}|Found \\d+ (?:lint|vulnerab)|syntax error, unexpected|hook id: |files were modified by this hook|Diff in \\S+ (?:at line|:\\d+)|commitlint|subject may not be empty|prettier[^\\n]*--check|mypy)',
  ),
  sign(
    'mechanism',
    'install',
    0.85,
    'The lock file and the manifests do not agree, or a version does not exist: fix them.',
    'npm (?:ERR!|error) code (?:ERESOLVE|EUSAGE|ETARGET|EBADENGINE|ENOLOCK|E404|EJSONPARSE)|Your lockfile needs to be updated|The lockfile would have been modified|ERR_PNPM_OUTDATED_LOCKFILE|ERR_PNPM_NO_MATCHING_VERSION|frozen-lockfile|No matching distribution found|Unable to locate package|has no installation candidate|ResolutionImpossible|the lock file [^\\n]*needs to be updated|go: updates to go\\.(?:mod|sum) needed|missing go\\.sum entry|package [^\\n]* is not in std|Could not find a version that satisfies|Could not find artifact|Could not resolve dependencies|failed to select a version|version solving failed|dependency conflict|Missing script: |Run `poetry lock`|could not be resolved to an installable set|Could not find gem|can no longer be found|ERR_PNPM_(?:FETCH_404|PEER|NO_SCRIPT|LOCKFILE|NO_MATCHING)|YN00(?:02|28|16|50|60|71|86)\\b|^> Could not find \\S+:\\S+:\\S+|manifest (?:for \\S+ not found|unknown)|No solution found when resolving',
  ),
  sign(
    'environment',
    'missing-program',
    0.65,
    'A program that the job calls is not on this machine: install it, or correct its name.',
    '(?:^|: )[\\w./@-]+: command not found$|\\d+: [\\w./@-]+: not found$|is not recognized as an internal',
  ),
  sign(
    'mechanism',
    'command',
    0.7,
    'The command or the file that the line names is wrong.',
    "(?:The workflow is not valid|Merge conflict in |Automatic merge failed|leaks found: [1-9]|^(?:Uncaught )?(?:Type|Reference|Range|Key|Value|Attribute|Name|Index|ZeroDivision|Import|ModuleNotFound|Assertion)Error\\b|No rule to make target|Invalid workflow file|Unrecognized (?:named-value|function)|mapping values are not allowed|yaml: line \\d+|Cannot find module '\\.|No such file or directory|ENOENT: no such file|is not recognized as an internal|Traceback \\(most recent call last\\)|Unhandled(?:PromiseRejection| exception)|panic: |thread '[^']*' panicked|Segmentation fault|SIGSEGV|core dumped|coverage[^\\n]*(?:does not meet|below|threshold|not met)|Size limit (?:has )?exceeded)",
  ),
];
