import { once } from 'node:events';
import { connect } from 'node:net';

const PORT = 4_222;

/**
 * Resolves when a broker greets whoever comes to this address. The client alone would keep its
 * process from ending where something accepts and then says nothing.
 */
export const greeted = async ({ hostname, port }: URL, within_ms: number): Promise<void> => {
  const host = hostname.replace(/^\[|\]$/g, '');
  const at = { host, port: port === '' ? PORT : Number(port) };
  const socket = connect({ ...at, timeout: within_ms });
  const end = (why: string) => socket.destroy(new Error(why));
  socket.once('timeout', () => end('says nothing'));
  socket.once('end', () => end('hangs up'));
  try {
    const [greeting] = await once(socket, 'data');
    if (!String(greeting).startsWith('INFO ')) throw new Error('is no NATS');
  } finally {
    socket.destroy();
  }
};
