import { Conflict, Rejection, Unavailable } from '#lumbung/kernel';
import { Unexpected } from './failure/failure.js';
import { asking, pantry, SECRET, seen, storing, type Wire } from './testing/pantry.js';

type Pantry = Awaited<ReturnType<typeof pantry>>;

const UNREACHED = { name: 'Unavailable', code: 'SERVICE_UNAVAILABLE' };

/** A process on a wire of its own, for the tests of one half. */
const held = (open: () => Promise<Wire>) => {
  let process: Pantry;
  beforeAll(async () => {
    process = await pantry('a-token', await open());
    await process.open();
  });
  beforeEach(() => {
    seen.length = 0;
    process.told.length = 0;
  });
  afterAll(() => process.close());
  const send = (pattern: string, payload: unknown) => process.bus.send(pattern, payload);
  return {
    told: () => process.told,
    send,
    echo: (value: unknown) => send('test.pantry.echo', asking({ value })),
    fail: (how: string) => send('test.pantry.fail', asking({ how })).catch((error: Error) => error),
  };
};

const carries = (open: () => Promise<Wire>) => {
  const { send, echo } = held(open);

  it('carries a call to its handler and the answer back', async () => {
    expect(await send('test.pantry.store', storing())).toEqual({
      worth: 5_000,
      callers: 'bendahara, by its own door',
    });
  });

  it('carries what is JSON as it is', async () => {
    const value = { text: 'padi 🌾', list: [1, null, true], nested: { zero: 0 } };
    expect(await echo(value)).toEqual(value);
  });

  it.each([
    ['a date', new Date(0), '1970-01-01T00:00:00.000Z'],
    ['minus zero', -0, 0],
    ['what is not a number', Number.NaN, null],
    ['a map', new Map([['a', 1]]), {}],
    ['a gap in a list', [undefined], [null]],
    ['a field that is undefined', { no: undefined, yes: 1 }, { yes: 1 }],
  ])('makes of %s what any wire would', async (_, value, wired) => {
    await echo({ value });
    expect(seen).toStrictEqual([{ value: wired }]);
  });

  it('does the same to answers', async () => {
    expect(await echo('time')).toStrictEqual({ at: '1970-01-01T00:00:00.000Z', none: 0 });
    expect(await send('test.pantry.nothing', asking({}))).toBeUndefined();
  });

  it('shares nothing between the two sides', async () => {
    const value = { list: [1] };
    const answer = (await echo(value)) as typeof value;
    answer.list.push(2);
    (seen[0] as typeof value).list.push(3);
    expect(value).toEqual({ list: [1] });
  });

  it('lets whoever sends what is no JSON know it', async () => {
    await expect(echo(1n)).rejects.toThrow(TypeError);
    expect(seen).toEqual([]);
  });
};

const refuses = (open: () => Promise<Wire>) => {
  const { send, fail, told } = held(open);

  it('knows nobody by a pattern that no face declares', async () => {
    const asked = send('test.pantry.burn', asking({}));
    await expect(asked).rejects.toMatchObject(UNREACHED);
  });

  it('stops what the border does not let through, before the handler', async () => {
    const asked = send('test.pantry.echo', { ...asking({ value: 1 }), more: true });
    await expect(asked).rejects.toMatchObject({ name: 'Rejection', code: 'INVALID_INPUT' });
    expect(seen).toEqual([]);
  });

  it('lets the guard see which permission a method names', async () => {
    const asked = send('test.pantry.forbidden', asking({}));
    await expect(asked).rejects.toMatchObject({
      code: 'NOT_PERMITTED',
      details: { permission: 'pantry.burn' },
    });
    expect(seen).toEqual([]);
  });

  it('keeps what kind of failure it was', async () => {
    const rejected = await fail('rejected');
    expect(rejected).toBeInstanceOf(Rejection);
    expect(rejected).toMatchObject({
      code: 'PANTRY_FULL',
      sentence: 'Lumbung penuh.',
      details: { room_kg: 0, shelves: ['a'] },
    });
    const unavailable = await fail('unavailable');
    expect(unavailable).toBeInstanceOf(Unavailable);
    expect(unavailable).toMatchObject({ code: 'PANTRY_SHUT', sentence: 'Lumbung tutup.' });
    expect(await fail('conflict')).toBeInstanceOf(Conflict);
    expect(told()).toEqual([]);
  });

  it.each(['bug', 'text'])('tells a bug to its own log only (%s)', async (how) => {
    const failed = (await fail(how)) as Error;
    expect(failed).toBeInstanceOf(Unexpected);
    expect(`${failed.stack} ${JSON.stringify(failed)}`).not.toContain(SECRET);
    expect(told()).toHaveLength(1);
    expect(told()[0]).toContain(how === 'bug' ? SECRET : 'not an Error');
  });

  it('reaches nobody before the process is open, nor after it is closed', async () => {
    const other = await pantry('a-token', await open());
    const send = () => other.bus.send('test.pantry.store', storing());
    await expect(send()).rejects.toMatchObject(UNREACHED);
    await other.open();
    await send();
    await other.close();
    await expect(send()).rejects.toMatchObject(UNREACHED);
  });
};

/** What every bus does, whichever wire is below it; `open` gives one of its own each time. */
export const busContract = (open: () => Promise<Wire>) => {
  describe('that carries', () => carries(open));
  describe('that refuses', () => refuses(open));
};
