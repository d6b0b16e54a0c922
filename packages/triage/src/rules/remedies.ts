import { TLS_SCHEMES } from '../tables/tls.js';

/** What to do next, by the rule. */
type Remedies = Readonly<Record<string, string>>;

/** The TLS handshake and clocks. */
export const TLS_REMEDIES: Remedies = {
  'tls-name':
    'The certificate is for another name: use the name that it is for, or have one made for {endpoint}.',
  'tls-expired': 'The certificate has expired: renew it, and check this machine’s clock.',
  'tls-untrusted':
    'No known authority signed the certificate: give its authority (NODE_EXTRA_CA_CERTS, or the tls option).',
  'clock-skew': 'The clocks disagree: set this machine’s time (timedatectl), and that of the server.',
  'tls-handshake': `TLS could not be established at {endpoint}: does that port speak TLS, and does the URL’s scheme (${TLS_SCHEMES}) agree?`,
};

/** Names of databases, versions, and what a server has used up. */
export const SERVER_REMEDIES: Remedies = {
  'wrong-database':
    'The database that the settings name does not exist on this server ({code}): correct the name, or create it.',
  'wrong-schema':
    'The schema that the settings name does not exist ({code}): create it, run the migration, or correct the setting.',
  version:
    'The server is older than what is asked of it, or lacks a module: bring it up to date, or use another one.',
  'disk-full': 'A disk is full ({code}): make room where {origin} or this process writes.',
  'out-of-memory':
    'Memory is used up ({code}): raise the limit of {origin} (maxmemory, heap), or let the tests write less.',
  'read-only':
    'The server, or the disk, takes no writes ({code}): is it a replica or a standby? Use the primary.',
  'too-many-connections':
    'The server has no connection free: close what other runs left open, or raise its limit.',
  'too-many-files':
    'This machine lets a process open no more files: raise the limit (ulimit -n), or run fewer workers.',
  'server-resources': 'The server is out of resources ({code}): look at its disk, its memory and its log.',
};

/** Providers of models and servers behind HTTP: credentials, limits, outages. */
export const HTTP_REMEDIES: Remedies = {
  'spend-cap': 'The run’s own spend cap is reached: raise it, or run fewer real calls.',
  'provider-quota':
    'The account’s quota is used up: wait for its reset, raise the limit, or use another key.',
  'rate-limit': 'Too many requests in too short a time: wait, run fewer at once, or raise the limit.',
  'provider-key':
    'The key was refused: check the variable of {origin} (is it expired, or for another account?); then: npx --no-install drydock doctor.',
  'provider-region':
    'The provider does not serve this place or account: run from a supported region, or ask the provider.',
  'provider-permission': 'The key may not do this: use one with the right, or grant it.',
  'http-down':
    '{origin}, or what stands before it, does not serve now: look at its status page or log, and try again.',
};

/** The way to the server: sandbox, names, routes, ports. */
export const NETWORK_REMEDIES: Remedies = {
  'sandbox-denied':
    'This process may not use sockets. Ask for network access for this command, or run only tests that need none.',
  'dns-no-resolver':
    'No name server answers here: check /etc/resolv.conf, the network, or whether a sandbox keeps names from being resolved.',
  dns: 'The name of {endpoint} cannot be resolved: check the host in its variable, the network, or whether only a proxy leads out.',
  refused:
    'Nothing listens at {endpoint}: start the server, or correct its variable; then: npx --no-install drydock doctor.',
  routing:
    'No way leads to {endpoint}: check network, VPN, firewall and the address; then: npx --no-install drydock doctor.',
  proxy: 'A proxy stands in the way: check HTTPS_PROXY, NO_PROXY and NODE_USE_ENV_PROXY.',
  reset:
    'The server, or what stands before it, closed the connection: look at its log, its memory and its limits.',
  'port-in-use': 'Another process has {endpoint}: end it, or let the test listen on port 0.',
  'starting-up':
    'The server is starting or stopping: wait until it is ready; then: npx --no-install drydock doctor.',
  'wrong-service':
    'What answers at {endpoint} is another kind of server: check host and port in the variable.',
  'provider-unreachable':
    'The provider could not be reached; its SDK does not say why: npx --no-install drydock doctor tells.',
  'service-unavailable':
    'The server could not be had; the message names each way that was tried. Then: npx --no-install drydock doctor.',
};

/** Clients and runtimes that this workspace has no adapter for, as reports of other projects name them. */
export const CLIENT_REMEDIES: Remedies = {
  'client-login':
    'The server refused the credentials ({code}): check the user, the password or the key that the tests are given.',
  'client-privilege': 'The account may not do this ({code}): grant it, or give the tests another account.',
  'client-database':
    'The database that the settings name does not exist on this server: correct the name, or create it.',
  'client-limit': 'Too many requests in too short a time: wait, run fewer at once, or raise the limit.',
  'client-refused': 'Nothing listens where the message says: start the server, or correct its address.',
  'client-dns':
    'The name in the message cannot be resolved: check it, the network, and whether only a proxy leads out.',
  'client-tls':
    'The certificate is not accepted: the message says why; renew it, use its name, or trust its authority.',
  'client-port': 'Another process has the port: end it, or let the test listen on port 0.',
  'client-unavailable':
    'What the tests need is not installed, or does not run here: the message names it; install or start it.',
};

/** What is plainer than a name, and less than a code. */
export const OVERDUE_REMEDIES: Remedies = {
  'page-for-data':
    'A page came where data was expected: a proxy, a gateway or another server answered; look at the address and at what stands before the server.',
  'package-unreachable':
    'The server could not be reached: start it, or correct its address; the error’s cause or npx --no-install drydock doctor tells why.',
  overdue:
    'A client waited in vain: is the server up? npx --no-install drydock doctor tells; if it answers, look at the deadline.',
};

/** What the names of errors and a package's own waiting say. */
export const NAME_REMEDIES: Remedies = {
  'name-dns': 'A name cannot be resolved: check it, the network, and whether only a proxy leads out.',
  'name-tls':
    'No trusted connection was made: the message says why; check the certificate and its authority.',
  'name-login':
    'The credentials were refused: check the user, the password or the key that the tests are given.',
  'name-privilege': 'The account may not do this: grant it, or give the tests another account.',
  'name-rate-limit': 'Too many requests in too short a time: wait, run fewer at once, or raise the limit.',
  'name-unavailable': 'The server does not serve now: look at its log; then run again.',
  'name-reset':
    'The server, or what stands before it, closed the connection: look at its log and its limits.',
  'name-unreachable':
    'The server could not be reached, and the report does not say why: the error’s cause or npx --no-install drydock doctor tells.',
  'name-no-answer':
    'A request came to nothing, and the report does not say why: the error’s cause or npx --no-install drydock doctor tells.',
  'name-unresponsive':
    'No answer came in time: is the server up? npx --no-install drydock doctor tells; if it answers, look at the deadline.',
  'waited-in-vain':
    'A package waited in vain: is the server up? npx --no-install drydock doctor tells; if it answers, look for a wait that nothing ends.',
};

/** The storage contract's own errors, where nobody knows the code. */
export const CONTRACT_REMEDIES: Remedies = {
  login:
    '{origin} refuses the credentials ({code}): check {variables}; then: npx --no-install drydock doctor {origin}.',
  unavailable:
    '{origin} does not serve now ({code}): is it up, and is it the one that takes writes? Then: npx --no-install drydock doctor {origin}.',
};

/** What tests need of the machine and of servers, as reports tell it in words. */
export const REPORT_REMEDIES: Remedies = {
  'missing-variable':
    'A variable or a key that the message names is not set here: set it for this run, or let the test do without it.',
  'missing-program': 'A program that the tests need is not installed here: the message names it; install it.',
  'outside-file':
    'A file outside of the project, which the message names, is not there: make it, or let its variable name another.',
  permission: 'This user may not do that to the file that the message names: look at its owner and rights.',
  'pool-wait':
    'No connection came free in time: is the server up (npx --no-install drydock doctor), and does each user of the pool give its connection back?',
  unresponsive:
    'No answer came in time: is the server up, and does a firewall keep silent? npx --no-install drydock doctor tells; if it answers, look at the deadline.',
  'fetch-failed':
    'The server could not be reached, and the report does not say why: the error’s cause or npx --no-install drydock doctor tells.',
};
