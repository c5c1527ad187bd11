import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Stands between a client and its server, and breaks their connections when it is told to. */
export type Proxy = {
  url: string;
  /** Breaks all that are open; the next ones are let through. */
  cut(): void;
  /** How often somebody has connected. */
  connections(): number;
  close(): Promise<void>;
};

/** Without a port to go on to it takes everything and never answers. */
export const startProxy = async (port?: number): Promise<Proxy> => {
  const open = new Set<Socket>();
  let connections = 0;
  const keep = (socket: Socket) => {
    open.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => open.delete(socket));
  };
  const server = createServer((socket) => {
    connections++;
    keep(socket);
    if (port === undefined) return;
    const further = connect(port, '127.0.0.1');
    keep(further);
    socket.pipe(further).pipe(socket);
    socket.once('close', () => further.destroy());
    further.once('close', () => socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = () => {
    for (const socket of open) socket.destroy();
  };
  return {
    url: `esdb://127.0.0.1:${(server.address() as AddressInfo).port}?tls=false`,
    cut,
    connections: () => connections,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      cut();
      await closed;
    },
  };
};
