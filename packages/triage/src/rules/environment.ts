import type { Conditions, Rule } from '../classify/rule.js';
import { REMEDIES_OF_SERVERS, said } from '../tables/index.js';
import {
  CLIENT_REMEDIES,
  CONTRACT_REMEDIES,
  HTTP_REMEDIES,
  NAME_REMEDIES,
  NETWORK_REMEDIES,
  OVERDUE_REMEDIES,
  REPORT_REMEDIES,
  SERVER_REMEDIES,
  TLS_REMEDIES,
} from './remedies.js';

/** What the rules are beside the usual: of a subclass that is not their id, less sure, or about a moment that passes. */
const TRAITS: Readonly<Record<string, Partial<Rule>>> = {
  'tls-name': { subclass: 'tls' },
  'tls-expired': { subclass: 'tls' },
  'tls-untrusted': { subclass: 'tls' },
  'tls-handshake': { subclass: 'tls' },
  'too-many-files': { confidence: 0.7 },
  'server-resources': { subclass: 'out-of-memory', confidence: 0.8 },
  'spend-cap': { subclass: 'quota' },
  'provider-quota': { subclass: 'quota' },
  'rate-limit': { passing: true },
  'provider-key': { subclass: 'login' },
  'provider-region': { subclass: 'region' },
  'provider-permission': { subclass: 'privilege' },
  'http-down': { subclass: 'unavailable', confidence: 0.8, passing: true },
  'sandbox-denied': { subclass: 'sandbox' },
  'dns-no-resolver': { subclass: 'dns' },
  reset: { confidence: 0.8, passing: true },
  'starting-up': { passing: true },
  'provider-unreachable': { subclass: 'unreachable', confidence: 0.6 },
  'service-unavailable': { subclass: 'unavailable' },
  'client-login': { subclass: 'login' },
  'client-privilege': { subclass: 'privilege' },
  'client-database': { subclass: 'wrong-database' },
  'client-limit': { subclass: 'rate-limit', passing: true },
  'client-refused': { subclass: 'refused' },
  'client-dns': { subclass: 'dns' },
  'client-tls': { subclass: 'tls' },
  'client-port': { subclass: 'port-in-use' },
  'client-unavailable': { subclass: 'unavailable' },
  unavailable: { confidence: 0.8, passing: true },
  'missing-variable': { confidence: 0.75 },
  'missing-program': { confidence: 0.85 },
  permission: { confidence: 0.6 },
  'outside-file': { subclass: 'missing-file', confidence: 0.6 },
  unresponsive: { confidence: 0.7, passing: true },
  'pool-wait': { subclass: 'too-many-connections', confidence: 0.5, passing: true },
  'fetch-failed': { subclass: 'unreachable', confidence: 0.6, passing: true },
  'package-unreachable': { subclass: 'unreachable', confidence: 0.72, passing: true },
  overdue: { subclass: 'unresponsive', confidence: 0.6, passing: true },
  'page-for-data': { subclass: 'wrong-service', confidence: 0.55, passing: true },
};

/** Words and names that anybody may use: they name the class, and excuse nothing. */
const BY_NAME: Partial<Rule> = { confidence: 0.6, passing: true };

/** Properties that code sets on purpose; they count whoever made the error. */
const DELIBERATE = ['code', 'kind', 'origin', 'syscall'] as const;

/** Everything that is the environment's, in the order in which it is tried. */
export const ENVIRONMENT_RULES: readonly Rule[] = [
  ...rulesOf(TLS_REMEDIES),
  ...Object.entries(REMEDIES_OF_SERVERS).flatMap(([server, remedies]) =>
    Object.entries(remedies).map(([subclass, remedy]) =>
      ruleOf(`${server}-${subclass}`, remedy, { subclass }),
    ),
  ),
  ...[
    SERVER_REMEDIES,
    HTTP_REMEDIES,
    NETWORK_REMEDIES,
    CLIENT_REMEDIES,
    CONTRACT_REMEDIES,
    OVERDUE_REMEDIES,
    REPORT_REMEDIES,
  ].flatMap(rulesOf),
];

function rulesOf(remedies: Readonly<Record<string, string>>): Rule[] {
  return Object.entries(remedies).map(([id, remedy]) => ruleOf(id, remedy, TRAITS[id]));
}

/** What names of errors say, tried after all else. */
export const NAME_RULES: readonly Rule[] = Object.entries(NAME_REMEDIES).map(([id, remedy]) =>
  ruleOf(id, remedy, {
    ...BY_NAME,
    subclass: id === 'waited-in-vain' ? 'unresponsive' : id.slice('name-'.length),
  }),
);

/**
 * A rule with all that the tables say under its id. Words, names and statuses are believed only where a package, the
 * system or another program made the error: the code under test may call its own failure `429 rows` or an
 * `AuthenticationError`, and that excuses nothing.
 */
function ruleOf(id: string, remedy: string, traits?: Partial<Rule>): Rule {
  return { id, class: 'environment', subclass: id, ...traits, remedy, when: said(id).map(distrustOwn) };
}

function distrustOwn(when: Conditions): Conditions {
  return DELIBERATE.some((key) => when[key] !== undefined) ? when : { own: false, ...when };
}
