/** An application with the client and two adapters, which makes them and asks nobody. */
export function application(type: string): string {
  const names = [
    ['createClient', '@drydock/llm'],
    ['createGroqProvider', '@drydock/llm-groq'],
    ['createRedisAdapter', '@drydock/storage-redis'],
    ['createPostgresAdapter', '@drydock/storage-postgres'],
  ];
  const load = ([name, from]: string[]) =>
    type === 'module' ? `import { ${name} } from '${from}';` : `const { ${name} } = require('${from}');`;
  return [
    ...names.map(load),
    "const client = createClient({ providers: [createGroqProvider({ apiKey: 'none' })], timeoutMs: 1000 });",
    "const redis = createRedisAdapter({ url: 'redis://127.0.0.1:1', prefix: 'a' });",
    "const postgres = createPostgresAdapter({ url: 'postgresql://127.0.0.1:1/a', table: 'a' });",
    'console.log(typeof client.generate, redis.backend ?? "redis", postgres.backend ?? "postgres");',
    '',
  ].join('\n');
}
