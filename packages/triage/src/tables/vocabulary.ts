/** Either of two groups of words near the other, in one line. */
const near = (one: string, other: string, apart = 50) =>
  `\\b(?:${one})\\b[^\\n]{0,${apart}}?\\b(?:${other})\\b|\\b(?:${other})\\b[^\\n]{0,${apart}}?\\b(?:${one})\\b`;
/** The first group before the other. */
const before = (one: string, other: string, apart = 50) =>
  `\\b(?:${one})\\b[^\\n]{0,${apart}}?\\b(?:${other})\\b`;
const any = (...patterns: readonly string[]) => patterns.join('|');

const NOT_THERE =
  'not found|does(?: not|n t) exist|do(?: not|n t) exist|was not found|not exist|could not be found|cannot be found|no longer exists|no match\\w*';
const SENT =
  'columns?|fields?|options?|operators?|arguments?|param(?:eter)?s?|propert(?:y|ies)|attributes?|commands?|tables?|collections?|topics?|queues?|exchanges?|subjects?|functions?|methods?|procedures?|keywords?|stages?|quer(?:y|ies)|object name|relations?|buckets?|blobs?|entit(?:y|ies)|models?|records?|documents?|rows?|customers?|resources?|routes?|paths?|metrics?|labels?|enum|values?|transitions?|syntax|formats?|dates?|numbers?|integers?|json|identifiers?|alias|directives?|fragments?|selectors?|variables?|keys?|ind(?:ex|exes|ices)|messages?|types?|elements?|nodes? with|statements?|expressions?|filters?|payload|body|input|schemas?|properties|measurements?|channel not|users? with|streams? not|views?|orders?|items?|products?|files?|director(?:y|ies)|class(?:es)?|modules?|templates?|mailbox|recipients?|chat|channels?';
/** What makes a key one of a login. */
const KEY_OF =
  '(?:api|access|secret|auth|security|license|account|service|shared|encryption|ssh|application|subscription)';
const CREDENTIAL = `${KEY_OF} ?keys?|tokens?|pass ?words?|passphrase|pass ?codes?|credentials?|log ?in|log ?on|sign ?in|user ?names?|signatures?|secrets?|accounts?|api keys?|application id|client (?:id|secret|auth\\w*)|identity|certificate based auth\\w*|jwt|sasl\\w*|bearer|authorization header|auth`;
const REFUSED =
  'invalid|incorrect|wrong|expired|revoked|rejected|refused|denied|failed|failure|bad|disabled|locked|suspended|deactivated|not (?:valid|accepted|found|recogni[sz]ed|provided|authori[sz]ed|permitted|allowed)|could not (?:be )?(?:verif\\w+|refresh\\w*|obtain\\w*|authenticate)|unable to (?:verify|refresh|obtain|fetch|get|authenticate)|missing|mismatch|unauthori[sz]ed|un ?available|no longer valid|provide|supply|not match|does not match|required';
const SERVER =
  'servers?|services?|hosts?|brokers?|clusters?|shards?|replicas?|primar(?:y|ies)|masters?|leaders?|coordinators?|databases?|database system|db|data ?source|data ?store|endpoints?|upstreams?|gateways?|back ?ends?|daemons?|engines?|containers?|browsers?|emulators?|registr(?:y|ies)|mirrors?|instances?|pods?|sentinels?|slots?|peers?|responders?|startup nodes?|nodes?|agents?|partitions?|controllers?|proxy|runners?|tablets?|regions?|zookeeper|group|cache|hub|web ?driver|page|driver process|device|key ?store|stor(?:e|age)|vault|machine';
const DOWN =
  'un ?available|not available|no (?:available|healthy|alive|live|reachable|suitable|usable)|none (?:of|is|are) [^\\n]{0,20}available|un ?reachable|not reachable|inaccessible|not accessible|down|off ?line|busy|overloaded|not ready|not yet ready|not running|not (?:be )?started|not able to start|failed to start|did not start|could not (?:be )?start(?:ed)?|still starting|starting up|shutting down|shut down|shutdown|crash(?:ed|es)?|stopped|died|unhealthy|not healthy|disconnected|not respond\\w*|not reply|no responders?|no response|in recovery|recovering|rebalanc\\w+|election|protected mode|not (?:a )?(?:primary|master|leader|the leader)|gone(?: away)?|not discovered|failed to find|failed to (?:elect|discover|refresh)|start ?up failed|launch failed|failed to (?:launch|boot)|not initiali[sz]ed|exited|terminated|restarting|maintenance|out of service|degraded|not serving|not served|hung|stalled|in safe mode|read ?only|standby|failover|no leader|all (?:\\w+ )?failed|internal error|failure during|evicted|killed';
const LINK =
  'connections?|connect|reconnect|sockets?|sessions?|links?|transport|tunnel|web ?sockets?|streams?|channels?|rst stream|tcp|pipes?|handshake|heart ?beat|keep ?alive|network|ping|remote end|peer';
const CUT =
  'refused|reset|closed|lost|dropped|drop|aborted|terminated|broken|timed ?out|time ?out|failed|failure|interrupted|severed|hung up|not (?:be )?established|could not (?:be )?(?:establish\\w*|made|open\\w*|connect\\w*)|unable to (?:establish|connect|open)|forced|disconnected|rejected|errored|unreachable|gone|no longer (?:usable|open|alive)|missed|unexpected(?:ly)?|exhausted|not available|unavailable|no \\w+ available|error|inactiv\\w+|shutdown';
const STUFF =
  'disk|storage|space|volume|memory|heap|ram|file descriptors?|file handles?|watchers|inotify|oom|swap|watermark|arena';
const USED_UP =
  'full|exhausted|exceed(?:ed|s)?|insufficient|no [^\\n]{0,20}left|not enough|out of|over (?:your|the)|limit|low|ran out|would be|unable to persist|cannot allocate|could not allocate|overflow|too large, data for';
const TLS_WORDS =
  'certificates?|cert|certs|tls|ssl|x ?509|x 509|crl|pkix|trust store|ca file|tlsv1\\d*|sslv3|dh key|ee key|ca md|client hello|cipher|secure (?:tls )?connections?';
const TLS_FAULTS =
  'expired|revoked|invalid|unknown|self signed|untrusted|not trusted|not yet valid|verif\\w+|fail\\w*|required|mismatch|unsuitable|too small|too weak|alerts?|not match\\w*|does not match|error|unable|no shared|not supported|unsupported|wrong|purpose|bad|not valid|not enabled|unexpected|unrecognized';
const PROGRAM =
  'librar(?:y|ies)|binary|binaries|executables?|bindings?|engine|driver|chrome|chromium|firefox|webkit|browsers?|shared object|native module|java|jdk|docker|git|python|ffmpeg|openssl|client library|so\\.\\d+|compiler|program|tool|interpreter|module version|prebuilt|graphviz|pandoc|imagemagick|ghostscript';

/**
 * What words of any library mean, by the rule that they name: a noun of what tests need beside a word for its state.
 * They are read in plain lower case, with names and codes taken apart, and tried after all else. Of a request's
 * mistakes before outages, since servers that refuse a request answer.
 */
export const REQUEST_WORDS: Readonly<Record<string, string>> = {
  'words-token': '^json web token error|^token expired error|^not before error|\\b(?:jws|jwe|jose)\\w* ',
  'words-rejected': any(
    '\\bsyntax error|(?<!header )\\bparse(?:r|ing)? (?:error|exception|failed)|\\bno viable alternative|\\bmismatched input|\\bextraneous input|\\binvalid input\\b',
    '\\bunexpected (?:token|end of (?:input|json|file|data)|character|identifier|keyword|field|property|argument|key)\\b|(?<!image is )(?<!image )\\bmalformed\\b(?! (?:reply|response|greeting|packet|header))|\\billegal (?:argument|value|character|operation)|\\bnot well formed',
    before(
      'unknown|unrecogni[sz]ed|unsupported|undefined|unconfigured|unexpected|ambiguous|invalid|illegal|non ?existent|no such|no matching|nonexisting|cannot find(?: any)?|could not find(?: any)?|missing|unresolved',
      `(?<!${KEY_OF} )(?:${SENT})(?! file| license)`,
      18,
    ),
    `\\bno (?:queue|exchange|topic|ind(?:ex|ices)|table|column|route|property|field|procedure|method|document|record|row|customer|recipients?)\\b`,
    '\\b(?:connections?|connection [\\w ]{1,30}) (?:was |is )?not found|\\b(?:value|type|assertion|illegal argument|argument) (?:error|exception)\\b(?! (?:fetch|failed to fetch|terminated|network))',
    before(SENT, NOT_THERE),
    '\\bviolat\\w+|\\bconstraints?\\b|\\bduplicate\\b|\\bversion conflict|\\bconflict\\b|\\bnot unique\\b|\\balready (?:exists|been taken|taken)',
    '^(?![^\\n]*(?:api key|token|credentials?|pass ?word))[^\\n]*\\b(?:must|should) (?:provide|specify)\\b|\\bwaiting for (?:the )?(?:visibility|presence|element|title|text|url|condition)|\\bcondition\\b[^\\n]{0,80}\\bnot (?:fulfilled|met|satisfied)|\\b(?:must|should|may|can ?not) (?:not )?(?:be|have|contain|match|start|end|include|equal)\\b|\\bis (?:a )?required(?: (?:field|property|argument|param\\w*))?$|\\bis not (?:allowed|supported|a valid|a function|assignable|iterable|permitted here)|\\bexpected\\b[^\\n]{1,80}\\b(?:got|received|but|found|instead)\\b',
    '\\bout of (?:range|bounds)|\\btoo (?:long|short|big|many (?:arguments|parameters|redirects|columns|values))|\\blarger than max|\\bmax(?:imum)? (?:size|length|number of redirects|redirect|depth|context)|\\bexceed(?:s|ed)? (?:the )?max(?:imum)?\\b(?! (?:connections|clients|requests|number of (?:connections|clients)))|\\bsize [^\\n]{0,30} exceeded|\\btotal fields',
    '\\b(?:cannot|can t|could not|unable to|failed to) (?:cast|convert|coerce|de ?seriali[sz]e|seriali[sz]e|parse|decode|encode|marshal|unmarshal|infer|compile|validate|map|determine)\\b|\\btype mismatch|\\bwrong number of|\\bwrong type|\\bwrong kind|\\bwrongtype|\\bcast to|\\bnot assignable|\\bdoes not match (?:the )?(?:schema|pattern|format|type)|\\bmore (?:expressions|values|columns)|\\bparameters? .{0,30}but\\b',
    '\\bjwt (?:expired|malformed|not active|must be|audience|issuer|id)|^invalid signature$|\\bvalidation\\b|\\bbad request|\\bunprocessable|\\bprecondition|\\binequivalent|\\bnot implemented|\\bunimplemented|\\bdeclined\\b|\\bnot associated|\\bstale (?:element|model|object)|\\bconditional\\b|\\bforeign key|\\bnull value|\\bdeadlock|\\bserializ\\w+ (?:access|failure)|\\bmaximum redirect|\\binvalid json|\\bjson body',
  ),
};

/** What words say of the surroundings; see {@link REQUEST_WORDS}. */
export const OUTSIDE_WORDS: Readonly<Record<string, string>> = {
  'words-database': any(
    before(
      'databases?|key ?spaces?|schemas?|tenants?|v ?hosts?|virtual hosts?|organi[sz]ations?|name ?spaces?|projects?|catalogs?',
      `${NOT_THERE}|unavailable|not available|not selected`,
    ),
    before(
      'unknown|no such|invalid|cannot find|could not find',
      'databases?|key ?spaces?|tenants?|v ?hosts?|organi[sz]ations?|projects?',
      12,
    ),
  ),
  'words-login': any(
    '\\bunauthori[sz]ed\\b|\\bunauthenticated\\b|\\bnot (?:authenticated|logged in|authori[sz]ed)\\b|\\bauthenticat\\w+ (?:failed|failure|error|required|rejected|exception|denied|problem)|\\b(?:exception|error) authenticating|\\bsecurity exception|\\bfail\\w* to authenticate|\\brequires? authenticat\\w+|\\b(?:could|can) ?not (?:be )?authenticate|\\bplease (?:log|sign) ?in|\\blog ?in (?:required|failed)|\\binvalid (?:auth|login|session)\\b|\\bno ?auth\\b|\\bauth(?:entication)? (?:is )?required|^(?:[\\w ]+ )?authenticate$',
    near(CREDENTIAL, REFUSED),
  ),
  'words-privilege':
    '\\bpermissions? (?:is |was |are )?(?:denied|required|missing)|\\bmissing (?:the )?(?:required )?(?:permissions?|scopes?|privileges?|roles?)|\\baccess (?:is |was |to [^\\n]{1,60} (?:is |was )?)?(?:denied|refused|forbidden)|\\bforbidden\\b|\\b(?:insufficient|lacks?|needs?|requires?) (?:[\\w: ]{0,20})?(?:permissions?|privileges?|scopes?|rights|role)|\\bnot (?:permitted|allowed|entitled) to\\b|\\boperation not permitted|\\bprivileges?\\b',
  'words-limit':
    '\\brate ?limit\\w*|\\bratelimited|\\btoo many (?:requests|connections|clients|sessions|open|calls|logins|attempts|concurrent)|\\bthrottl\\w+|\\bquotas?\\b|\\brate exceeded|\\bslow ?down\\b|\\breduce your request rate|\\b(?:rate|request|connection|usage|api|call|plan|concurrency|queue|pool|session|throughput|bandwidth|credit|spend\\w*|token|capacity)s? limits?\\b[^\\n]{0,30}\\b(?:reached|exceeded|hit)|\\b(?:reached|exceeded|hit)\\b[^\\n]{0,30}\\b(?:rate|request|connection|usage|api|plan|concurrency|pool|session|throughput|daily|monthly) limits?|\\bprovisioned throughput|\\bbackpressure|\\brejected execution|\\bqueue (?:limit|is full)|\\bmax (?:number of )?(?:connections|clients)|\\bexceeded the (?:number|maximum) of (?:connections|requests)|\\bresource exhausted',
  'words-dns': any(
    near(
      'dns|hosts?|host ?names?|addrinfo|names?|domains?|servname|name ?server',
      'not (?:be )?resolved?|unresolvable|resolution (?:failed|failure|error)|lookup (?:failed|error)|failed to resolve|could not resolve|cannot resolve|unable to resolve|can t resolve|resolve (?:error|failure)|not known|nxdomain|servfail|unknown host|no such host|host not found|resolution',
      40,
    ),
    '\\bunknown host|\\bno such host|\\bhost not found|\\bnxdomain\\b|\\bservfail\\b|\\bdns\\b[^\\n]{0,40}\\b(?:fail\\w*|error|timed? ?out)',
  ),
  'words-tls': near(TLS_WORDS, TLS_FAULTS, 40),
  'words-resources': any(
    near(STUFF, USED_UP, 40),
    '\\btable [^\\n]{1,40} is full|\\btoo many open files|\\bno space left|\\bout of memory|\\b(?:cannot|unable to|failed to) allocate|\\bcircuit breaking|\\bdisk image is malformed|\\bread only (?:file ?system|database|mode)|\\bblocked by[^\\n]{0,40}(?:read only|watermark)',
  ),
  'words-proxy': near('proxy|tunnel(?:l?ing)?', `${CUT}|407|not allowed|required|403|502|503`),
  'words-program': any(
    near(
      PROGRAM,
      'not (?:be )?(?:found|installed|located)|missing|cannot (?:find|locate|open|load)|could not (?:find|locate|load|be found)|unable to (?:find|locate|load)|no such file|failed to (?:load|launch|find|locate)|not executable|incompatible',
    ),
    '\\bcompiled against a different|\\bonly supports \\w+ version|\\binvalid elf header|\\bwrong elf class|\\bexec format error|\\bsession not created|\\bcommand not found|\\bglibc\\b|\\bmissing dependencies|\\bnot installed\\b|\\bno such image|\\b(?:can t|cannot|could not|unable to|failed to) (?:pull|get|fetch|find)\\b[^\\n]{0,20}\\bimage|\\bpull access denied|\\bmanifest unknown|\\bdigital envelope routines',
  ),
  'words-version': near(
    'versions?|protocol version|server version|wire version|api version',
    'not supported|un ?supported|too old|incompatib\\w+|requires? at least|at least|mismatch|requires|minimum|older than|newer than|deprecated|replica set member',
    60,
  ),
  'words-unavailable': any(
    near(SERVER, DOWN, 40),
    '\\b(?:no|none of) (?:\\w+ )?(?:available|healthy|alive|live|reachable|suitable|usable)\\b|\\b(?:no|none of) (?:\\w+ ){1,3}(?:is |are )?(?:available|reachable)|\\bno (?:shards?|connections?|brokers?|nodes?|hosts?|servers?) (?:\\w+ )?(?:available|reachable|found|left)|\\bunhealthy\\b|\\bhealth ?checks? [^\\n]{0,30}fail\\w*|\\bservice unavailable|\\bbad gateway|\\bgateway time ?out|\\boverloaded\\b|\\binternal (?:server )?error$|\\ball \\w+ (?:failed|down)',
  ),
  'words-connection': any(
    near(LINK, CUT, 30),
    '\\b(?:bad|invalid|dead|stale) connection$|\\b(?:exception|error) while (?:reading|writing|sending|receiving)\\b|\\br(?:a|u)n out of (?:available|healthy|reachable)',
  ),
  'words-locked':
    '\\b(?:database|file|table|store|resource|index|repository|workspace|state|profile) (?:is |are )?(?:[\\w ]{0,20})?locked|\\bunable to open database|\\bresource busy|\\block (?:file|wait|timeout|not available)|\\b(?:acquire|obtain|get|take) (?:the |a |an )?[\\w ]{0,20}lock\\b|\\bport [^\\n]{0,20}(?:in use|already|allocated)|\\b(?:socket|server|instance|listener|process|url|device) (?:is )?already (?:in use|used|listening|running|bound)|\\baddress (?:already )?in use',
  'words-late':
    '\\btimed ?-? ?out\\b|\\btime ?out\\b(?!=\\d)(?! (?:must|should|value|option|is not|expected|has to|argument))|\\bfetch failed$|\\bterminated$|\\bdeadline exceeded|\\bno (?:response|reply|answer) (?:after|within|in|from|received)|\\bnot (?:received|ready|become ready) (?:after|within|in) |\\b(?:did|does|has) not (?:respond|reply|answer)|\\bfail\\w* to respond|\\btook too long|\\btemporar(?:y|ily)\\b[^\\n]{0,30}\\b(?:problem|failure|error|unavailable)|\\btry again later|\\bplease (?:try again|retry)|\\bcall cancell?ed|\\bclient disconnect\\w+|\\bcannot reach|\\bcould not reach|\\bunable to reach|\\bfailed to reach',
};

/** Refusals of mocks and recordings in any library. */
export const MOCK_WORDS = near(
  'mocks?|mocked|mocking|stubs?|stubbed|intercept\\w*|cassettes?|recorded|recordings?|fixtures? server|msw|nock|fake server|unmocked|test double',
  'no match\\w*|not found|un ?expected|un ?handled|un ?matched|not allowed|disallowed|blocked|refused|not (?:configured|defined|registered|mocked|stubbed)|no (?:mock|stub|handler|response)[^\\n]{0,20}(?:for|defined|matched|found|registered)|cannot bypass|no more|exhausted|missing',
  60,
);
