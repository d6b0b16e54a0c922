import type { SchemeTls } from './field/drydock-field.js';
import type { Variables } from './variables.js';

const HTTP = ['http:', 'https:'];

/** Name of the socket in the folder that an address of PostgreSQL names. */
const POSTGRES_SOCKET = '.s.PGSQL.{port}';

/**
 * The usual port of a scheme's servers, and how its addresses speak TLS; registered or the servers' own defaults. Where a path
 * in an address is a folder, the name of the Unix socket in it.
 */
export const WELL_KNOWN_SCHEMES: Readonly<
  Record<string, SchemeTls & { readonly port: number; readonly socketFile?: string }>
> = {
  'http:': { port: 80 },
  'https:': { port: 443, tls: 'verify' },
  'amqp:': { port: 5672 },
  'amqps:': { port: 5671, tls: 'verify' },
  'ldap:': { port: 389 },
  'ldaps:': { port: 636, tls: 'verify' },
  'mariadb:': { port: 3306 },
  'mongodb:': { port: 27_017 },
  'mongodb+srv:': { port: 27_017, tls: 'verify' },
  'mqtt:': { port: 1883 },
  'mqtts:': { port: 8883, tls: 'verify' },
  'mssql:': { port: 1433 },
  'mysql:': { port: 3306 },
  'nats:': { port: 4222 },
  'postgres:': { port: 5432, socketFile: POSTGRES_SOCKET },
  'postgresql:': { port: 5432, socketFile: POSTGRES_SOCKET },
  'redis:': { port: 6379 },
  'rediss:': { port: 6379, tls: 'verify' },
  'smtp:': { port: 25 },
  'socket:': { port: 5432, socketFile: POSTGRES_SOCKET },
  'smtps:': { port: 465, tls: 'verify' },
  'sqlserver:': { port: 1433 },
  'valkey:': { port: 6379 },
};

/** Addresses of servers for which Drydock has no adapter; the examples carry the usual ports. */
const SERVERS_WITHOUT_ADAPTER = {
  DATABASE_URL: { kind: 'address', example: 'postgresql://user:password@localhost:5432/app' },
  VALKEY_URL: { kind: 'address', example: 'redis://localhost:6379' },
  MONGO_URL: { kind: 'address', example: 'mongodb://localhost:27017/app' },
  MONGODB_URI: { kind: 'address', example: 'mongodb://localhost:27017/app' },
  MYSQL_URL: { kind: 'address', example: 'mysql://user:password@localhost:3306/app' },
  MARIADB_URL: { kind: 'address', example: 'mariadb://user:password@localhost:3306/app' },
  MSSQL_URL: { kind: 'address', example: 'mssql://user:password@localhost:1433/app' },
  CLICKHOUSE_URL: { kind: 'address', example: 'http://localhost:8123' },
  CASSANDRA_CONTACT_POINTS: { kind: 'address', example: 'localhost:9042' },
  ELASTICSEARCH_URL: { kind: 'address', example: 'http://localhost:9200' },
  OPENSEARCH_URL: { kind: 'address', example: 'http://localhost:9200' },
  MEILISEARCH_URL: { kind: 'address', example: 'http://localhost:7700' },
  WEAVIATE_URL: { kind: 'address', example: 'http://localhost:8080' },
  MILVUS_URL: { kind: 'address', example: 'http://localhost:19530' },
  INFLUXDB_URL: { kind: 'address', example: 'http://localhost:8086' },
  AMQP_URL: { kind: 'address', example: 'amqp://guest:guest@localhost:5672' },
  RABBITMQ_URL: { kind: 'address', example: 'amqp://guest:guest@localhost:5672' },
  KAFKA_BROKERS: { kind: 'address', example: 'localhost:9092' },
  NATS_URL: { kind: 'address', example: 'nats://localhost:4222' },
  MQTT_URL: { kind: 'address', example: 'mqtt://localhost:1883' },
  MEMCACHED_URL: { kind: 'address', example: 'memcached://localhost:11211' },
  ETCD_ENDPOINTS: { kind: 'address', example: 'http://localhost:2379' },
  CONSUL_HTTP_ADDR: { kind: 'address', example: 'http://localhost:8500' },
  S3_ENDPOINT: { kind: 'address', example: 'http://localhost:9000' },
  AWS_ENDPOINT_URL: { kind: 'address', example: 'http://localhost:4566' },
  LDAP_URL: { kind: 'address', example: 'ldap://localhost:389' },
  SMTP_URL: { kind: 'address', example: 'smtp://localhost:25' },
  PGHOST: { kind: 'address', port: 'PGPORT', example: 'postgresql://localhost:5432' },
  PGPASSWORD: { kind: 'secret', example: 'the password of PGUSER' },
  ...hosts({ POSTGRES: 5432, MYSQL: 3306, MARIADB: 3306, MONGO: 27_017, REDIS: 6379, RABBITMQ: 5672 }),
} as const satisfies Variables;

/** Servers whose host and port stand in two variables, such as `MYSQL_HOST` and `MYSQL_PORT`. */
function hosts(ports: Readonly<Record<string, number>>): Variables {
  return Object.fromEntries(
    Object.entries(ports).map(([name, port]) => [
      `${name}_HOST`,
      { kind: 'address', port: `${name}_PORT`, example: `tcp://localhost:${port}` },
    ]),
  );
}

/** The variables of the backends and providers that Drydock knows without any package at hand. */
export const WELL_KNOWN_VARIABLES = {
  REDIS_URL: {
    kind: 'url',
    protocols: ['redis:', 'rediss:'],
    several: true,
    example: 'redis://localhost:6379',
  },
  POSTGRES_URL: {
    kind: 'url',
    protocols: ['postgres:', 'postgresql:'],
    several: true,
    example: 'postgresql://user:password@localhost:5432/app',
  },
  QDRANT_URL: { kind: 'url', protocols: HTTP, example: 'http://localhost:6333' },
  QDRANT_API_KEY: { kind: 'secret', example: 'the api key of the Qdrant server' },
  NEO4J_BOLT: {
    kind: 'url',
    protocols: ['bolt:', 'bolt+s:', 'bolt+ssc:', 'neo4j:', 'neo4j+s:', 'neo4j+ssc:'],
    example: 'bolt://localhost:7687',
  },
  NEO4J_USER: { kind: 'text', example: 'neo4j' },
  NEO4J_PASSWORD: { kind: 'secret', example: 'the password of NEO4J_USER' },
  TYPESENSE_URL: { kind: 'url', protocols: HTTP, example: 'http://localhost:8108' },
  TYPESENSE_API_KEY: { kind: 'secret', example: 'the value of the server’s --api-key' },
  GOOGLE_API_KEY: { kind: 'secret', example: 'a key from https://aistudio.google.com/apikey' },
  GROQ_API_KEY: { kind: 'secret', example: 'a key from https://console.groq.com/keys' },
  MISTRAL_API_KEY: { kind: 'secret', example: 'a key from https://console.mistral.ai/api-keys' },
  ...SERVERS_WITHOUT_ADAPTER,
} as const satisfies Variables;
