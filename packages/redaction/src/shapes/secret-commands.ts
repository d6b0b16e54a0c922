/** Redis commands whose arguments hold a password: https://redis.io/docs/latest/commands/ */
const SECRET_COMMANDS = new Set(['auth', 'hello', 'acl', 'migrate', 'config']);

/** Whether an object describes a command with a password among its arguments, as ioredis hangs it on its errors. */
export function isSecretCommand(input: object): boolean {
  const name: unknown = Reflect.get(input, 'name');
  return (
    typeof name === 'string' &&
    SECRET_COMMANDS.has(name.toLowerCase()) &&
    Array.isArray(Reflect.get(input, 'args'))
  );
}
