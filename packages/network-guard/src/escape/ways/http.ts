import { ways } from '../way.js';

/** HTTP in all its clients. */
export const http = ways(
  { port: '$port' },
  {
    'http.get': `return t.end(require('node:http').get({ host: t.host, port: t.port }));`,
    'http.get of a URL with a secret': `return t.end(require('node:http').get('http://user:pw@' + t.host + ':' + t.port + '/?key=s3cret'));`,
    'http.get by name': {
      code: `return t.end(require('node:http').get({ host: t.name, port: t.port }));`,
      expect: { host: '$name' },
    },
    'http.request without agent': `return t.end(require('node:http').request({ host: t.host, port: t.port, agent: false }).end());`,
    'http.request with a keep-alive agent': `const http = require('node:http'); const agent = new http.Agent({ keepAlive: true });
        return t.end(http.request({ host: t.host, port: t.port, agent }).end()); //!`,
    'an agent that makes its own connection': `const net = require('node:net');
        return t.end(require('node:http').request({ createConnection: () => net.connect(t.port, t.host) }).end()); //!`,
    'an upgrade': `return t.end(require('node:http').request({ host: t.host, port: t.port, headers: { connection: 'upgrade', upgrade: 'websocket' } }).end());`,
    'globalAgent.createConnection': `return t.end(require('node:http').globalAgent.createConnection({ host: t.host, port: t.port }));`,
    'https.get': {
      code: `return t.end(require('node:https').get({ host: t.host, port: t.port }));`,
      expect: { protocol: 'tls' },
    },
    'https.request with an agent': {
      code: `const https = require('node:https');
        return t.end(https.request({ host: t.host, port: t.port, agent: new https.Agent() }).end()); //!`,
      expect: { protocol: 'tls' },
    },
    'http2 in clear text': `return t.end(require('node:http2').connect('http://' + t.host + ':' + t.port));`,
    'http2 over TLS': {
      code: `return t.end(require('node:http2').connect('https://' + t.host + ':' + t.port));`,
      expect: { protocol: 'tls' },
    },
    fetch: `return fetch('http://' + t.host + ':' + t.port + '/?key=s3cret');`,
    'fetch of a Request': `return fetch(new Request('http://' + t.host + ':' + t.port, { method: 'POST', body: 'x' }));`,
    'fetch over TLS': {
      code: `return fetch('https://' + t.host + ':' + t.port);`,
      expect: { protocol: 'tls' },
    },
    'fetch by name': { code: `return fetch('http://' + t.name + ':' + t.port);`, expect: { host: '$name' } },
    'fetch with keepalive': `return fetch('http://' + t.host + ':' + t.port, { keepalive: true });`,
    WebSocket: {
      code: `return t.end(new WebSocket('ws://' + t.host + ':' + t.port));`,
      since: 22,
    },
    EventSource: {
      code: `return t.end(new EventSource('http://' + t.host + ':' + t.port));`,
      flags: ['--experimental-eventsource'],
      since: 22,
    },
    'undici.fetch': `const { fetch } = t.load('undici');
        return fetch('http://' + t.host + ':' + t.port); //!`,
    'undici.request': `return t.load('undici').request('http://' + t.host + ':' + t.port);`,
    'undici.stream': `return t.load('undici').stream('http://' + t.host + ':' + t.port, {}, () => null);`,
    'undici.Client': `const client = new (t.load('undici').Client)('http://' + t.host + ':' + t.port);
        return client.request({ path: '/', method: 'GET' }); //!`,
    'undici.Pool': `const pool = new (t.load('undici').Pool)('http://' + t.host + ':' + t.port);
        return pool.request({ path: '/', method: 'GET' }); //!`,
    'a connector of its own': `const { Agent, buildConnector, request } = t.load('undici'); const connect = buildConnector({});
        return request('http://' + t.host + ':' + t.port, { dispatcher: new Agent({ connect }) }); //!`,
    'an HTTP proxy': `const { ProxyAgent, request } = t.load('undici');
        return request('http://escape.example/', { dispatcher: new ProxyAgent('http://' + t.host + ':' + t.port) }); //!`,
    'the import of a URL': {
      code: `return import('http://' + t.host + ':' + t.port + '/x.mjs');`,
      flags: ['--experimental-network-imports'],
      until: 20,
      expect: { frame: 'lost' },
    },
  },
);
