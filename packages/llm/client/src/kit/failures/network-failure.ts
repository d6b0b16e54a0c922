import { type LlmError, type RequestContext, toLlmError } from '../../contract/index.js';
import { codeOf, fieldOf } from './error-body.js';

/** Codes of Node and undici that tell of a certificate; trying again does not mend it. */
const CERTIFICATE = /CERT|TLS|SSL|SIGNATURE|CRL/;
/** Codes of Node, c-ares, zlib and undici that tell of the way to the service. */
const NETWORK = /^(?:E[A-Z]{3,}|EAI_[A-Z]+|UND_ERR_[A-Z_]+|Z_[A-Z_]+|ERR_STREAM_PREMATURE_CLOSE)$/;
/** What Node's fetch says, whatever the code of its cause. */
const WORDS = /^(?:fetch failed|terminated|other side closed|network error)$/;

/** What an error of the network means, from the outermost to its innermost cause; undefined when it is none. */
export function networkFailure(chain: readonly Error[], context: RequestContext): LlmError | undefined {
  const codes = chain.map((error) => codeOf(fieldOf(error, 'code')));
  // The innermost says most.
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
