import { Conflict, Rejection, Unavailable } from '#lumbung/kernel';
import { Unexpected } from '../failure/failure.js';
import { asking, pantry, SECRET, seen, storing } from '../testing/pantry.js';
import { BUS_PATH, RemoteBus, TOKEN_HEADER } from './remote.js';

type Pantry = Awaited<ReturnType<typeof pantry>>;

const TOKEN = 'kunci-lumbung';
const UNREACHED = { name: 'Unavailable', code: 'SERVICE_UNAVAILABLE' };

describe('the bus of another process', () => {
  let process: Pantry;
  let address: string;
  let bus: RemoteBus;

  beforeAll(async () => {
    process = await pantry(TOKEN);
    await process.open();
    address = await process.listen();
    bus = new RemoteBus({ address, token: TOKEN });
  });

  beforeEach(() => {
    seen.length = 0;
  });

  afterAll(() => process.close());

  const fail = (how: string) =>
    bus.send('test.pantry.fail', asking({ how })).catch((error) => error);

  const post = (body: string | undefined, headers: Record<string, string> = {}) =>
    fetch(`${address}/${BUS_PATH}`, {
      method: 'POST',
      headers: { ...(body && { 'content-type': 'application/json' }), ...headers },
      ...(body && { body }),
    });

  it('carries calls and answers as the bus of one process does', async () => {
    expect(await bus.send('test.pantry.store', storing())).toEqual(
      await process.bus.send('test.pantry.store', storing()),
    );
    expect(await bus.send('test.pantry.nothing', asking({}))).toBeUndefined();
    expect(await bus.send('test.pantry.echo', asking({ value: new Date(0) }))).toBe(
      '1970-01-01T00:00:00.000Z',
    );
    expect(await bus.send('test.pantry.echo', asking({ value: null }))).toBeNull();
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
  });

  it('stops what the border does not let through', async () => {
    const refused = bus.send('test.pantry.store', storing({ worth: 0.5 }));
    await expect(refused).rejects.toMatchObject({ name: 'Rejection', code: 'AMOUNT_NOT_WHOLE' });
    await expect(bus.send('test.pantry.burn', asking({}))).rejects.toMatchObject(UNREACHED);
  });

  it('says nothing of a bug but that there was one', async () => {
    for (const how of ['bug', 'text', 'conflict']) {
      const body = JSON.stringify({ pattern: 'test.pantry.fail', payload: asking({ how }) });
      const response = await post(body, { [TOKEN_HEADER]: TOKEN });
      const text = await response.text();
      expect(response.status).toBe(200);
      expect(text).toContain('"failure"');
      expect(text).not.toContain(SECRET);
      expect(text).not.toMatch(/stack|\.ts|\bat /);
    }
    expect(await fail('bug')).toBeInstanceOf(Unexpected);
  });

  it.each([
    ['no token', {}],
    ['another token', { [TOKEN_HEADER]: 'kunci-tetangga' }],
    ['one of the same length', { [TOKEN_HEADER]: 'kunci-LUMBUNG' }],
    ['one of the same length in other letters', { [TOKEN_HEADER]: 'kunci-lumbun\u00e9' }],
    ['an empty one', { [TOKEN_HEADER]: '' }],
  ])('lets nobody in with %s', async (_, headers: Record<string, string>) => {
    const body = JSON.stringify({ pattern: 'test.pantry.echo', payload: asking({ value: 1 }) });
    const response = await post(body, headers);
    expect(response.status).toBe(401);
    expect(await response.text()).not.toMatch(/kunci|stack|\.ts|\bat /);
    expect(seen).toEqual([]);
  });

  it('says to whoever has another token that he reaches nobody', async () => {
    const stranger = new RemoteBus({ address, token: 'kunci-tetangga' });
    const asked = stranger.send('test.pantry.echo', asking({ value: 1 }));
    await expect(asked).rejects.toMatchObject(UNREACHED);
    expect(seen).toEqual([]);
  });

  it.each([undefined, '{}', '{"pattern":7}', '{"pattern":{"cmd":"echo"}}'])(
    'takes a call without a pattern for one to nobody: %p',
    async (body) => {
      const response = await post(body, { [TOKEN_HEADER]: TOKEN });
      expect(await response.json()).toMatchObject({
        failure: { failure: 'unavailable', code: 'SERVICE_UNAVAILABLE' },
      });
    },
  );

  it('reaches nobody where no process listens', async () => {
    const other = await pantry();
    await other.open();
    const gone = await other.listen();
    await other.close();
    const nobody = new RemoteBus({ address: gone, token: 'a-token' });
    const asked = nobody.send('test.pantry.echo', asking({ value: 1 }));
    await expect(asked).rejects.toMatchObject(UNREACHED);
  });
});
