/** What to do about mistakes in requests, by the rule. */
export const REQUEST_REMEDIES: Readonly<Record<string, string>> = {
  'words-token':
    'The code made or checks a token that does not hold: look at its key, its times and its form.',
  'words-rejected':
    'What was asked is refused for itself: fix the request, the value or the name that the message tells.',
};

/** What to do about what words say of the surroundings, by the rule. */
export const WORD_REMEDIES: Readonly<Record<string, string>> = {
  'words-database': 'What the settings name does not exist on this server: correct the name, or create it.',
  'words-login':
    'The credentials were refused: check the user, the password or the key that the tests are given.',
  'words-privilege': 'The account may not do this: grant it, or give the tests another account.',
  'words-limit': 'A limit of the server or of the account is reached: wait, run fewer at once, or raise it.',
  'words-dns': 'A name cannot be resolved: check it, the network, and whether only a proxy leads out.',
  'words-tls':
    'No trusted connection was made: the message says why; check the certificate and its authority.',
  'words-resources': 'A disk, a memory or a limit is used up: the message names it; make room or raise it.',
  'words-proxy': 'A proxy stands in the way: check HTTPS_PROXY, NO_PROXY and its login.',
  'words-program':
    'A program or a library that the tests need is missing or of another version: the message names it; install it.',
  'words-version': 'Server and client are of versions that do not agree: bring one up to date.',
  'words-unavailable':
    'The server does not serve now: look whether it is up, and at its log; then run again.',
  'words-connection':
    'The connection was not made, or was lost: is the server up, and what does its log say?',
  'words-locked': 'Something else holds what the message names: end it, or let each run use its own.',
  'words-late': 'No answer came in time: is the server up? npx --no-install drydock doctor tells.',
};
