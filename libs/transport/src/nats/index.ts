import {
  AuthorizationError,
  type ConnectionOptions,
  connect,
  type NatsConnection,
} from '@nats-io/transport-node';
import { greeted } from './greeting.js';
import { BrokerUnavailable } from './unavailable.js';

export { type Broker, startBroker } from './broker.js';
export { jetStreamLine } from './jetstream-line.js';
export { NatsBus } from './nats-bus.js';
export { NatsServer } from './nats-server.js';

export type NatsOptions = {
  /** `nats://127.0.0.1:4222`, with a user and a password where the broker asks for them. */
  url: string;
  /** What the broker calls this process. */
  name: string;
};

const CONNECT_MS = 5_000;
const RECONNECT_MS = 250;

const addressOf = ({ url }: NatsOptions): URL => {
  try {
    return new URL(url);
  } catch (cause) {
    const sentence = 'NATS_URL bukan alamat, misalnya nats://127.0.0.1:4222.';
    throw new BrokerUnavailable('NATS_ADDRESS_MALFORMED', { sentence, cause });
  }
};

const optionsOf = (address: URL, { name }: NatsOptions): ConnectionOptions => ({
  servers: address.host,
  name,
  ...(address.username && {
    user: decodeURIComponent(address.username),
    pass: decodeURIComponent(address.password),
  }),
  ...(address.protocol === 'tls:' && { tls: {} }),
  timeout: CONNECT_MS,
  maxReconnectAttempts: -1,
  reconnectTimeWait: RECONNECT_MS,
});

/** Connects to a NATS broker, and again whenever that breaks. Throws `BrokerUnavailable`. */
export const connectNats = async (options: NatsOptions): Promise<NatsConnection> => {
  const address = addressOf(options);
  try {
    await greeted(address, CONNECT_MS);
    return await connect(optionsOf(address, options));
  } catch (cause) {
    // The address may hold a password; its host does not.
    if (cause instanceof AuthorizationError) {
      const sentence = `NATS di ${address.host} menolak nama atau kata sandi di NATS_URL.`;
      throw new BrokerUnavailable('NATS_REFUSED', { sentence, cause });
    }
    const sentence = `NATS di ${address.host} tidak dapat dihubungi. Periksa NATS_URL.`;
    throw new BrokerUnavailable('NATS_UNREACHABLE', { sentence, cause });
  }
};
