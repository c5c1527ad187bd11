import { Arrivals } from './arrivals.js';
import { settled } from './testing/platform.js';

/** Notes when each promise resolves. */
const noted = () => {
  const arrived: string[] = [];
  const note = (name: string, promise: Promise<void>) => {
    void promise.then(() => arrived.push(name));
  };
  return { arrived, note };
};

describe('arrivals', () => {
  it('let go whoever waits for a position that has been reached, and nobody else', async () => {
    const arrivals = new Arrivals();
    const { arrived, note } = noted();
    note('five', arrivals.until(5n));
    note('nine', arrivals.until(9n));
    arrivals.reached(4n);
    await settled();
    expect(arrived).toEqual([]);
    arrivals.reached(7n);
    await settled();
    expect(arrived).toEqual(['five']);
    arrivals.reached(9n);
    await settled();
    expect(arrived).toEqual(['five', 'nine']);
  });

  it('keep nobody waiting for what lies behind', async () => {
    const arrivals = new Arrivals();
    arrivals.reached(7n);
    await arrivals.until(7n);
    await arrivals.until(0n);
  });

  it('tell whoever watches of the next one only, wherever it is', async () => {
    const arrivals = new Arrivals();
    const { arrived, note } = noted();
    note('first', arrivals.next());
    arrivals.reached(undefined);
    note('second', arrivals.next());
    await settled();
    expect(arrived).toEqual(['first']);
    arrivals.reached(1n);
    await settled();
    expect(arrived).toEqual(['first', 'second']);
  });
});
