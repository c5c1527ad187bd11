import type { Progress } from '#lumbung/contracts';
import { virtualPlatform } from './testing/platform.js';
import { type Readers, together, waitForAll } from './waiting.js';

const progressOf = (changes: Partial<Progress> = {}): Progress => ({
  ...{ head: '7', projections: {}, workflows: {}, building: [], rebuilding: {}, parked: {} },
  ...{ caughtUp: true, ...changes },
});

/** The readers of a process whose workflows send commands that come to other positions. */
const readers = (sent: Record<string, bigint>, arrived: bigint[]): Readers => ({
  follow: async (position) => sent[String(position)] ?? position,
  arrive: async (position) => {
    arrived.push(position);
  },
  progress: async () => progressOf(),
  rebuild: async () => [],
  about: () => Promise.reject(new Error('nobody asks')),
});

describe('waiting for several processes', () => {
  it('follows what the workflows of one set off in another, to its end', async () => {
    const { platform } = virtualPlatform();
    const arrived: bigint[] = [];
    const all = [readers({ 5: 8n }, arrived), readers({ 8: 11n }, arrived)];
    expect(await waitForAll(all, 5n, platform.timers)).toBe(true);
    expect(arrived).toEqual([11n, 11n]);
  });

  it('gives up when one does not answer, and tells it so', async () => {
    const { platform, advance } = virtualPlatform();
    let told: AbortSignal | undefined;
    const silent: Readers = {
      ...readers({}, []),
      follow: (_, signal) => {
        told = signal;
        return new Promise(() => undefined);
      },
    };
    const waiting = waitForAll([readers({}, []), silent], 5n, platform.timers);
    advance(2_000);
    expect(await waiting).toBe(false);
    expect(told?.aborted).toBe(true);
  });

  it('fails as one of them does', async () => {
    const { platform } = virtualPlatform();
    const down: Readers = { ...readers({}, []), arrive: () => Promise.reject(new Error('down')) };
    await expect(waitForAll([down], 5n, platform.timers)).rejects.toThrow('down');
  });
});

describe('the progress of several processes', () => {
  it('is that of all, up to the furthest head', () => {
    const ledger = progressOf({ head: '9', building: ['book'], caughtUp: false });
    const parked = { user: { position: '3', type: 'identity.UserAdded', version: 2 } };
    const membership = progressOf({ head: '10', parked });
    expect(together([ledger, membership, progressOf({ head: null })])).toEqual(
      progressOf({ head: '10', building: ['book'], parked, caughtUp: false }),
    );
    expect(together([progressOf()])).toEqual(progressOf());
  });
});
