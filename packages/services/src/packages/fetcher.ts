import type { PackageRequest } from '@drydock/storage/service';

/** A client's command, run in the folder that it is to fill. */
export interface ClientCommand {
  readonly file: string;
  readonly args: readonly string[];
  /** Variables for this client alone, beside the user's own. */
  readonly env?: Readonly<Record<string, string>>;
}

/** How one registry's own client fetches a package. */
export interface Fetcher {
  /** The registry's name in a message. */
  readonly registry: string;
  /** Whether the same version differs from platform to platform. */
  readonly perPlatform: boolean;
  /** Writes what the client needs into `folder` and gives the command; undefined when the client is not installed. */
  prepare(request: PackageRequest, folder: string): Promise<ClientCommand | undefined>;
  /** The package's place in the folder, once the client has filled it. */
  placeOf(request: PackageRequest): string;
  /** Checks what came against the pinned digests, where the client itself cannot; throws when it is something else. */
  verify?(request: PackageRequest, content: string): Promise<void>;
  /** Client to install where it is missing. */
  readonly client: string;
}
