import { type LlmError, type RequestContext, toLlmError } from '../../contract/index.js';
import { codeOf, fieldOf } from './error-body.js';

/** Codes of Node and undici for a certificate that is not trusted, which another attempt does not change. */
const CERTIFICATE = /CERT|TLS|SSL|SIGNATURE|CRL/;
/** Codes of Node, c-ares, zlib and undici for a connection that fails. */
const NETWORK = /^(?:E[A-Z]{3,}|EAI_[A-Z]+|UND_ERR_[A-Z_]+|Z_[A-Z_]+|ERR_STREAM_PREMATURE_CLOSE)$/;
/** Messages of Node's fetch for a connection that fails, whatever the code of the cause. */
const WORDS = /^(?:fetch failed|terminated|other side closed|network error)$/;

/** The error for a chain of causes, outermost first; undefined for a chain that no error of the network is part of. */
export function networkFailure(chain: readonly Error[], context: RequestContext): LlmError | undefined {
  const codes = chain.map((error) => codeOf(fieldOf(error, 'code')));
  // The innermost cause is the most precise.
  const code = codes.findLast((one) => one !== undefined);
  if (code !== undefined && CERTIFICATE.test(code)) {
    const detail =
      "the service's certificate is not trusted; check `baseURL`, the proxy and NODE_EXTRA_CA_CERTS";
    return toLlmError('unavailable', { ...context, detail, code });
  }
  const known =
    (code !== undefined && NETWORK.test(code)) || chain.some(({ message }) => WORDS.test(message));
  if (!known) return undefined;
  const detail = 'the service cannot be reached, or the connection broke; check the network';
  return toLlmError('unavailable', { ...context, detail, code, retriable: true });
}
