import type { Bus } from './bus.js';
import { followed } from './following.js';
import { CALLER } from './testing/pantry.js';

const following = async (head: string | null, waits: boolean[], most?: number) => {
  const sent: string[] = [];
  const bus: Bus = {
    send: async (pattern, payload) => {
      sent.push(pattern);
      if (pattern === 'platform.progress.progress') return { head };
      expect(payload).toMatchObject({ query: { position: head } });
      return waits.shift();
    },
  };
  await followed(bus, CALLER, most);
  return sent.map((pattern) => pattern.split('.').at(-1));
};

describe('following', () => {
  it('waits for the end of the log as it is now, as often as it takes', async () => {
    expect(await following('7', [false, false, true])).toEqual([
      ...['progress', 'wait', 'wait', 'wait'],
    ]);
  });

  it('gives up after as many looks as it was given', async () => {
    expect(await following('7', [false, false, false], 2)).toEqual(['progress', 'wait', 'wait']);
  });

  it('waits for nothing in an empty log', async () => {
    expect(await following(null, [])).toEqual(['progress']);
  });
});
