import { createHash, randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ServiceCommand, ServiceContext, ServiceDefinition } from '@drydock/storage/service';
import { fresh } from './service/fresh.js';
import { probe } from './service-probe.js';

/** The Community server with everything it needs; the digest covers the names and contents of all its files. */
const SERVER_JARS = {
  registry: 'maven',
  name: 'org.neo4j:neo4j',
  version: '5.26.0',
  integrity: ['sha256:e4b2ba869185081694053c9115e8576c2b556593fdbebe00e8322b319777f7aa'],
} as const;

const USER = 'neo4j';
const OLDEST_JAVA = 17;
const HASH_ROUNDS = 1_024;
const EXE = process.platform === 'win32' ? '.exe' : '';

/** Packages of Java's own that the server reaches into. */
const OPENED = ['java.nio', 'java.io', 'sun.nio.ch'];

/** How to find or start a Neo4j for integration tests. */
export const service: ServiceDefinition = {
  backend: 'neo4j',
  endpoint: 'NEO4J_BOLT',
  startTimeoutMs: 90_000,
  remedy:
    'Set NEO4J_BOLT and NEO4J_PASSWORD, start Docker, or install Java 17 and Maven for the embedded package.',
  container: {
    image: 'neo4j:5.26.0-community',
    port: 7687,
    env: (password) => ({ NEO4J_AUTH: `${USER}/${password}` }),
    shared: {
      memory: '1g',
      healthcheck: ['CMD', 'wget', '-q', '--spider', 'http://127.0.0.1:7474'],
      env: () => ({
        NEO4J_server_memory_heap_initial__size: '256m',
        NEO4J_server_memory_heap_max__size: '512m',
        NEO4J_server_memory_pagecache_size: '64m',
        NEO4J_dbms_usage__report_enabled: 'false',
      }),
    },
  },
  launchers: [
    {
      provenance: 'embedded package',
      async prepare(context) {
        const java = await findJava(context);
        if (java === undefined) return undefined;
        const folder = await context.fetchPackage(SERVER_JARS);
        return serverCommand(java, folder, context);
      },
    },
  ],
  variables: ({ host, port, password }) => ({
    NEO4J_BOLT: `bolt://${host}:${port}`,
    NEO4J_USER: USER,
    NEO4J_PASSWORD: password,
  }),
  probe,
  fresh,
};

async function findJava(context: ServiceContext): Promise<string | undefined> {
  const home = process.env.JAVA_HOME;
  const java = await context.which(...(home ? [join(home, 'bin', `java${EXE}`)] : []), 'java');
  if (java === undefined) return undefined;
  const said = await context.run({ file: java, args: ['--version'] });
  const major = Number(/\d+/.exec(said)?.[0]);
  if (major >= OLDEST_JAVA) return java;
  throw new Error(`Neo4j needs Java ${OLDEST_JAVA} or later, and this is Java ${major}`);
}

async function serverCommand(java: string, jars: string, context: ServiceContext): Promise<ServiceCommand> {
  const home = context.dataDir;
  const conf = join(home, 'conf');
  await mkdir(conf);
  await writeFile(join(conf, 'neo4j.conf'), settings(context.port));
  await setPassword(home, context.password);
  return {
    file: java,
    args: [
      '-XX:+UseSerialGC',
      '-Xmx512m',
      '-Dfile.encoding=UTF-8',
      ...OPENED.map((name) => `--add-opens=java.base/${name}=ALL-UNNAMED`),
      '-cp',
      join(jars, '*'),
      'org.neo4j.server.CommunityEntryPoint',
      `--home-dir=${home}`,
      `--config-dir=${conf}`,
    ],
  };
}

function settings(port: number): string {
  return [
    'server.default_listen_address=127.0.0.1',
    `server.bolt.listen_address=127.0.0.1:${port}`,
    // What a driver is told when it asks for routing.
    `server.bolt.advertised_address=127.0.0.1:${port}`,
    'server.http.enabled=false',
    'server.https.enabled=false',
    'server.memory.pagecache.size=64m',
    // Otherwise an empty server takes half a gigabyte of disk.
    'db.tx_log.preallocate=false',
    'dbms.usage_report.enabled=false',
    '',
  ].join('\n');
}

/**
 * Sets the first password as `neo4j-admin dbms set-initial-password` does, by the file that the server reads at its
 * first start: the command would show it to everybody who lists processes, and would start a second JVM.
 */
async function setPassword(home: string, password: string): Promise<void> {
  const folder = join(home, 'data', 'dbms');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'auth.ini'), `${USER}:${credential(password)}:\n`, { mode: 0o600 });
}

function credential(password: string): string {
  const salt = randomBytes(32);
  let digest = createHash('sha256').update(salt).update(password).digest();
  for (let round = 1; round < HASH_ROUNDS; round += 1) digest = createHash('sha256').update(digest).digest();
  return ['SHA-256', digest.toString('hex'), salt.toString('hex'), HASH_ROUNDS].join(',');
}
