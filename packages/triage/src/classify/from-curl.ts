/** The numbers of libcurl with the words that go with each: https://curl.se/libcurl/c/libcurl-errors.html */
const CODES: readonly (readonly [number: string, words: RegExp, code: string])[] = [
  ['5', /resolve proxy/iu, 'CURLE_COULDNT_RESOLVE_PROXY'],
  ['6', /resolve host|resolving timed out/iu, 'CURLE_COULDNT_RESOLVE_HOST'],
  ['7', /connect/iu, 'CURLE_COULDNT_CONNECT'],
  ['28', /timed? ?out|timeout/iu, 'CURLE_OPERATION_TIMEDOUT'],
  ['35', /ssl|tls|handshake/iu, 'CURLE_SSL_CONNECT_ERROR'],
  ['52', /empty reply/iu, 'CURLE_GOT_NOTHING'],
  ['55', /send failure|failed sending/iu, 'CURLE_SEND_ERROR'],
  ['56', /recv failure|failure (?:when|with) receiving/iu, 'CURLE_RECV_ERROR'],
  ['60', /ssl|certificate/iu, 'CURLE_PEER_FAILED_VERIFICATION'],
];
const TOLD = /^(?:curl: )?\((?<number>\d{1,2})(?:, ['"]|\) )(?<words>[^\n]{1,400})/u;

/** The code of libcurl, where its number and its words agree: `(7, 'Failed to connect to …')`. */
export function fromCurl(message: string): string | undefined {
  const { number, words = '' } = TOLD.exec(message)?.groups ?? {};
  return CODES.find(([its, sentence]) => its === number && sentence.test(words))?.[2];
}
