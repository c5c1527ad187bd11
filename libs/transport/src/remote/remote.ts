import { platformRejections } from '#lumbung/contracts';
import { Unavailable } from '#lumbung/kernel';
import { Bus } from '../bus.js';
import { fromWire } from '../failure/failure.js';

/** Where the process that holds a data folder can be reached, and what it asks for. */
export type Reachable = { address: string; token: string };

export const BUS_PATH = 'bus';
export const TOKEN_HEADER = 'x-lumbung-token';

/** The bus of another process on this machine. */
export class RemoteBus extends Bus {
  constructor(private readonly reachable: Reachable) {
    super();
  }

  async send(pattern: string, payload: unknown): Promise<unknown> {
    const { address, token } = this.reachable;
    const request = {
      method: 'POST',
      headers: { 'content-type': 'application/json', [TOKEN_HEADER]: token },
      body: JSON.stringify({ pattern, payload }),
    };
    const response = await fetch(`${address}/${BUS_PATH}`, request).catch(() => undefined);
    if (!response?.ok) {
      const code = 'SERVICE_UNAVAILABLE';
      throw new Unavailable(code, platformRejections[code]);
    }
    const { answer, failure } = (await response.json()) as { answer?: unknown; failure?: unknown };
    if (failure) throw fromWire(failure);
    return answer;
  }
}
