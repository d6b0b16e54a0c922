import type { Rule } from '../classify/rule.js';
import { CLIENT_RULES } from './clients.js';
import { ASSERTION_RULES, DEFECT_RULES } from './defects.js';
import { ofOthers } from './environment.js';
import { HARNESS_RULES, RUN_RULES } from './harness.js';
import { HTTP_RULES } from './http.js';
import { LOGIN_RULES } from './login.js';
import { NETWORK_RULES } from './network.js';
import { RESOURCE_RULES } from './resources.js';
import { TLS_RULES } from './tls.js';

/** The built-in table in the order it is read: the first rule that holds decides. */
export const RULES: { readonly harness: readonly Rule[]; readonly others: readonly Rule[] } = {
  harness: HARNESS_RULES,
  others: [
    ...ASSERTION_RULES,
    ...RUN_RULES,
    ...[
      ...TLS_RULES,
      ...LOGIN_RULES,
      ...RESOURCE_RULES,
      ...HTTP_RULES,
      ...NETWORK_RULES,
      ...CLIENT_RULES,
    ].map(ofOthers),
    ...DEFECT_RULES,
  ],
};
