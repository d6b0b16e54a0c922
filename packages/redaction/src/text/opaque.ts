import { PLAIN_VALUES } from '../shapes/common-values.js';

/** Whether a text looks made by a machine rather than written: letters and digits mixed, or very long, and not a path. */
export function looksOpaque(text: string): boolean {
  if (text.length < 6 || /[\s/\\(){}<>]/.test(text)) return false;
  return (/\d/.test(text) && /[A-Za-z]/.test(text)) || text.length >= 20;
}

/** Whether a bare text is an expression of a program, or a placeholder that something else fills in. */
export function looksLikeCode(text: string): boolean {
  return (
    /^(?:await|new|typeof|async|function|import|require|yield|return|null|undefined|true|false)\b(?!-)/.test(
      text,
    ) ||
    // A call, an element, a member: `getToken(`, `keys[0`, `req.body.token`; a secret with dots has digits.
    /^[A-Za-z_$][\w$]*(?:\??\.[A-Za-z_$][\w$]*)*[!?]{0,2}\.?[([]/.test(text) ||
    /^[A-Za-z_$]+(?:[!?]?\.[A-Za-z_$]+)+(?:[!|&?,;)]|$)/.test(text) ||
    // Minified: `e.token=t,n=1`.
    /^[\w$]{1,2}[,)}|&?:]/.test(text) ||
    /^(?:\$\{|\{\{|\$\(|<[A-Za-z]|%[A-Za-z_]+%|\$(?:[A-Za-z_]+|\d{1,2})$)/.test(text)
  );
}

/** Whether a quoted text is a sentence: a message about a secret, not a secret. */
export function looksLikeProse(text: string): boolean {
  return (
    /^[A-Z][a-z']*(?: [A-Za-z0-9'’(),:-]+){2,}[.!?…]?$/.test(text) ||
    /^[a-z]+(?: [a-z]+){1,}[.!?…]$/.test(text)
  );
}

/** Whether a text is a keyword rather than a value, such as a type or a mode. */
export function isPlainWord(text: string): boolean {
  return PLAIN_VALUES.has(text.trim().toLowerCase());
}
