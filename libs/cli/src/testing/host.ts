import type { Bus } from '#lumbung/transport';
import type { Open, Opened, Opening } from '../host.js';

/** Opens nothing, and keeps what it was asked to open. */
export const aHost = (bus: Bus, details: Partial<Opened> = {}) => {
  const openings: Opening[] = [];
  let closed = 0;
  const open: Open = async (opening) => {
    openings.push(opening);
    return {
      ...{ bus, regency: '35.06', zone: 'Asia/Jakarta', simulated: false },
      beginDays: async () => undefined,
      listen: async () => 'http://127.0.0.1:1',
      ready: Promise.resolve(),
      failed: new Promise(() => undefined),
      close: async () => {
        closed += 1;
      },
      ...details,
    };
  };
  return { open, openings, closed: () => closed };
};
