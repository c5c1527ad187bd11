import { Rejection, Unavailable } from '#lumbung/kernel';
import { nodePlatform } from '#lumbung/runtime';
import { busOf } from '../testing/office.js';
import { patient } from './patience.js';

/** A bus that fails as told, then answers; on a clock that a failure moves. */
const trying = async (failures: Error[], lasting_ms = 0) => {
  let now_ms = 0;
  const slept: number[] = [];
  const { bus, sent } = busOf({
    'a.b.c': () => {
      now_ms += lasting_ms;
      const failure = failures.shift();
      if (failure) throw failure;
      return 'answer';
    },
  });
  const platform = {
    ...nodePlatform,
    clock: { ...nodePlatform.clock, elapsed_ms: () => now_ms },
    timers: { sleep: async (ms: number) => void slept.push(ms) },
  };
  const answer = await patient(bus, platform)
    .send('a.b.c', { id: 1 })
    .catch(({ code }) => code);
  return { answer, slept, asked: sent.map(({ payload }) => payload) };
};

const busy = () => new Unavailable('TOO_BUSY', 'Coba lagi sebentar.');
const gone = () => new Unavailable('SERVICE_UNAVAILABLE', 'Coba lagi sebentar.');

describe('patience', () => {
  it('asks the same again, after longer and longer pauses', async () => {
    const same = { id: 1 };
    expect(await trying([])).toEqual({ answer: 'answer', slept: [], asked: [same] });
    expect(await trying([busy(), gone()])).toEqual({
      ...{ answer: 'answer', slept: [100, 400], asked: [same, same, same] },
    });
  });

  it('ends with what it was told the last time', async () => {
    const { answer, slept, asked } = await trying([busy(), busy(), busy(), gone()]);
    expect(answer).toBe('SERVICE_UNAVAILABLE');
    expect(slept).toEqual([100, 400, 1_500]);
    expect(asked).toHaveLength(4);
  });

  it.each([
    ['a refusal', new Rejection('MONTH_CLOSED', 'Sudah ditutup.')],
    ['a disk that is full', new Unavailable('STORE_UNAVAILABLE', 'Penuh.')],
    ['a bug', Object.assign(new TypeError('undefined'), { code: 'BUG' })],
  ])('has none with %s', async (_, failure) => {
    const { answer, asked } = await trying([failure]);
    expect(answer).toBe((failure as { code?: string }).code);
    expect(asked).toHaveLength(1);
  });

  it('has none with long work that was broken off', async () => {
    const { answer, asked } = await trying([gone()], 6_000);
    expect(answer).toBe('SERVICE_UNAVAILABLE');
    expect(asked).toHaveLength(1);
  });
});
