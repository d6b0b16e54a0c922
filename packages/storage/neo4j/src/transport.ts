import { createRequire } from 'node:module';
import type { Duplex } from 'node:stream';
import type { Driver } from 'neo4j-driver';
import type { BoltStream, DriverConfig } from './config.js';
import { gatherHandshake } from './handshake.js';

/** What the driver makes of one address. */
interface Address {
  host(): string;
  port(): number;
}

type Connect = (
  config: { address: Address },
  onSuccess: () => void,
  onFailure: (error: Error) => void,
) => Duplex;

interface Provider {
  _createChannelConnection: (address: Address) => Promise<unknown>;
  readonly _config: unknown;
  readonly _log: unknown;
  readonly _clientCertificateHolder: { getClientCertificate(): Promise<unknown> };
  readonly _routingContext?: unknown;
  _channelSsrCallback?: (...args: unknown[]) => void;
  _createConnectionErrorHandler(): unknown;
  _dnsResolver?: { resolve(address: Address): Promise<Address[]> };
}

/** Keeps hold of the byte streams under a driver's connections. */
export interface Transport {
  /** Breaks every stream that is open, whatever state its connection is in, and lets no new one be made. */
  destroy(): void;
}

// The driver has no option for the stream under a connection, and cannot end one that hangs in its handshake. Its
// own parts are put together here, from its own copy of them.
const requireBeside = createRequire(createRequire(import.meta.url).resolve('neo4j-driver'));
const { Channel } = requireBeside('neo4j-driver-bolt-connection/lib/channel/index.js') as {
  Channel: new (config: unknown, connect?: Connect) => { readonly _conn: Duplex };
};
const { createChannelConnection } = requireBeside('neo4j-driver-bolt-connection/lib/connection/index.js') as {
  createChannelConnection: (...args: unknown[]) => Promise<unknown>;
};

/** Takes over how a new driver makes its streams; throws where the driver is not the version that this was made for. */
export function takeOver(driver: Driver, stream: DriverConfig['stream']): Transport {
  const inner = driver as unknown as { _createConnectionProvider?: (...args: unknown[]) => Provider };
  const createProvider = inner._createConnectionProvider;
  if (typeof createProvider !== 'function') {
    throw new TypeError(
      'neo4j: this version of `neo4j-driver` is built differently; install the one that package.json pins',
    );
  }
  const streams = new Set<Duplex>();
  let destroyed = false;

  const createChannel = (config: unknown) => {
    if (destroyed) throw new Error('Pool is closed');
    const channel = new Channel(config, stream && connectThrough(stream));
    const { _conn } = channel;
    streams.add(_conn);
    gatherHandshake(_conn);
    _conn.once('close', () => streams.delete(_conn));
    return channel;
  };

  inner._createConnectionProvider = (...args) => {
    const provider = createProvider.apply(driver, args);
    provider._createChannelConnection = async (address) =>
      createChannelConnection(
        address,
        provider._config,
        provider._createConnectionErrorHandler(),
        provider._log,
        await provider._clientCertificateHolder.getClientCertificate(),
        provider._routingContext,
        provider._channelSsrCallback?.bind(provider),
        createChannel,
      );
    // Without sockets there are no names to look up either.
    if (stream && provider._dnsResolver) provider._dnsResolver = { resolve: async (address) => [address] };
    return provider;
  };

  return {
    destroy() {
      destroyed = true;
      for (const open of streams) open.destroy(new Error('Pool is closed'));
    },
  };
}

function connectThrough(stream: (address: { host: string; port: number }) => BoltStream): Connect {
  return ({ address }, onSuccess, onFailure) =>
    stream({ host: address.host(), port: address.port() }).on('error', onFailure).once('connect', onSuccess);
}
