import type { ServiceDefinition } from '@drydock/storage/service';

/** A definition whose server needs no socket; a test replaces what it is about. */
export function fakeDefinition(more: Partial<ServiceDefinition> = {}): ServiceDefinition {
  return {
    backend: 'fake',
    endpoint: 'FAKE_URL',
    container: { image: 'fake:1', port: 4321 },
    launchers: [],
    variables: ({ host, port, password }) => ({ FAKE_URL: `fake://:${password}@${host}:${port}` }),
    probe: async () => ({ version: '1.2.3' }),
    remedy: 'Install fake.',
    ...more,
  };
}
