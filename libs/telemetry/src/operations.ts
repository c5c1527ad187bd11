import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Figures } from './figures.js';

/** Why a process is not ready; nothing when it is. */
export type NotReady = { code: string; reason: string } & Record<string, unknown>;

export type Operations = {
  address: string;
  close(): Promise<void>;
};

type Asked = {
  figures: Figures;
  /** Absent where the process tells of its health elsewhere. */
  health?: (() => Promise<NotReady | undefined>) | undefined;
};

/** Somebody else has the address, or it is none of this machine's. */
export class OperationsUnavailable extends Error {
  override readonly name = 'OperationsUnavailable';
  readonly code = 'OPS_ADDRESS_UNAVAILABLE';
  readonly sentence = 'Alamat di LUMBUNG_OPS sedang dipakai atau bukan alamat komputer ini.';
}

const json = (response: ServerResponse, status: number, body: object) =>
  response
    .writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
    .end(JSON.stringify(body));

const answer = async (
  path: string,
  { figures, health }: Asked,
  response: ServerResponse,
): Promise<unknown> => {
  if (path === '/metrics') {
    const shown = await figures.shown();
    return response.writeHead(200, { 'content-type': figures.contentType }).end(shown);
  }
  if (health && path === '/health/live') return json(response, 200, { status: 'ok' });
  if (!health || path !== '/health/ready') return json(response, 404, { code: 'NOT_FOUND' });
  const reason = await health();
  const body = reason ? { status: 'error', ...reason } : { status: 'ok' };
  return json(response, reason ? 503 : 200, body);
};

/** Serves the figures of a process, and its health, to whoever watches it. */
export const serveOperations = async (opsAddress: string, asked: Asked): Promise<Operations> => {
  const server = createServer(({ url = '/', method }, response) => {
    const [path = '/'] = url.split('?');
    const answering = method === 'GET' ? answer(path, asked, response) : Promise.reject();
    answering.catch(() => json(response, method === 'GET' ? 500 : 405, { code: 'UNEXPECTED' }));
  });
  const { hostname, port } = new URL(`http://${opsAddress}`);
  server.listen(Number(port), hostname.replace(/^\[|\]$/g, ''));
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw Object.assign(new OperationsUnavailable(), { cause });
  }
  const close = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  const { port: taken } = server.address() as AddressInfo;
  return { address: `http://${hostname}:${taken}`, close };
};
