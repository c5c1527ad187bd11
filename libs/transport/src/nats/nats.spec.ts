import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { Unavailable } from '#lumbung/kernel';
import { busContract } from '../bus.contract.js';
import { until } from '../deadline.js';
import { brokerForTests, describeWithNats } from '../testing/broker.js';
import { nodeClock } from '../testing/clock.js';
import { asking, pantry, storing } from '../testing/pantry.js';
import { type Broker, connectNats, NatsBus, NatsServer } from './index.js';

const CHILD = join(import.meta.dirname, '..', 'testing', 'pantry-process.ts');
const RUN = ['--conditions', 'source', '--import', './test/typescript.js'];
const SILENCE = { name: 'Unavailable', code: 'SERVICE_UNAVAILABLE' };

describeWithNats('the bus over NATS', () => {
  const start = brokerForTests();
  let broker: Broker;
  const connections: NatsConnection[] = [];
  const buses: NatsBus[] = [];
  const children: ChildProcess[] = [];

  beforeAll(async () => {
    broker = await start();
  });
  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL');
    for (const bus of buses) bus.close();
    for (const connection of connections) await connection.close();
  });

  const wire = async ({ regency = '35.06', url = broker.url } = {}) => {
    const connection = await connectNats({ url, name: 'test' });
    connections.push(connection);
    const given = { connection, regency, ...nodeClock };
    const bus = new NatsBus(given);
    buses.push(bus);
    return { bus, server: new NatsServer({ ...given, service: 'test' }) };
  };

  /** A regency of its own for each test, so that none answers for another. */
  let regencies = 11;
  const opened = async () => {
    const given = await wire({ regency: `35.${regencies++}` });
    const process = await pantry('a-token', given);
    await process.open();
    const echo = (value: unknown) => given.bus.send('test.pantry.echo', asking({ value }));
    return { ...process, echo };
  };

  describe('is a bus', () => busContract(() => wire({ regency: `35.${regencies++}` })));

  it('says within two seconds that the one who took a call is not there any more', async () => {
    const child = fork(CHILD, [broker.url], { execArgv: RUN });
    children.push(child);
    await once(child, 'message');
    const { bus } = await wire();
    await bus.send('test.pantry.store', storing());
    child.kill('SIGSTOP');
    const asked_ms = performance.now();
    await expect(bus.send('test.pantry.store', storing())).rejects.toMatchObject(SILENCE);
    expect(performance.now() - asked_ms).toBeLessThan(2_500);
    child.kill('SIGCONT');
    expect(await bus.send('test.pantry.store', storing())).toMatchObject({ worth: 5_000 });
    child.kill('SIGKILL');
    await once(child, 'exit');
    await expect(bus.send('test.pantry.store', storing())).rejects.toMatchObject(SILENCE);
  });

  it('waits for what takes long, as long as it hears that it is being done', async () => {
    const { echo, close } = await opened();
    expect(await echo('slowly')).toBe('slowly');
    await close();
  });

  it('waits no longer than whoever asked first, and nor do those that are asked then', async () => {
    const { echo, close } = await opened();
    const left = await until(performance.now() + 1_000, () => echo('time left'));
    expect(left).toBeGreaterThan(500);
    expect(left).toBeLessThan(1_001);
    const late = { name: 'Unavailable', code: 'DEADLINE_PASSED' };
    const asked = until(performance.now() + 300, () => echo('slowly'));
    await expect(asked).rejects.toMatchObject(late);
    await expect(until(performance.now() - 1, () => echo(1))).rejects.toMatchObject(late);
    await close();
  });

  it('shares calls among the instances of a service', async () => {
    const regency = '35.99';
    const instances = [await wire({ regency }), await wire({ regency })];
    const counts = [0, 0];
    for (const [n, instance] of instances.entries()) {
      const { handle } = { handle: instance.server.transformToObservable.bind(instance.server) };
      instance.server.transformToObservable = (answer: never) => {
        counts[n] = (counts[n] ?? 0) + 1;
        return handle(answer);
      };
      await (await pantry('a-token', instance)).open();
    }
    const { bus } = await wire({ regency });
    const asks = Array.from({ length: 200 }, (_, value) =>
      bus.send('test.pantry.echo', asking({ value })),
    );
    expect(await Promise.all(asks)).toEqual(asks.map((_, value) => value));
    expect((counts[0] ?? 0) + (counts[1] ?? 0)).toBe(200);
    for (const count of counts) expect(count).toBeGreaterThan(20);
    for (const { server } of instances) await server.close();
  });

  it('hears nothing of another regency', async () => {
    const { close } = await opened();
    const { bus } = await wire({ regency: '35.98' });
    await expect(bus.send('test.pantry.echo', asking({ value: 1 }))).rejects.toMatchObject(SILENCE);
    await close();
  });

  it('refuses what is too large, either way, and goes on', async () => {
    const { echo, close } = await opened();
    const tooLarge = { name: 'Rejection', code: 'MESSAGE_TOO_LARGE' };
    await expect(echo('x'.repeat(2_000_000))).rejects.toMatchObject(tooLarge);
    await expect(echo('very much')).rejects.toMatchObject(tooLarge);
    expect(await echo(1)).toBe(1);
    await close();
  });

  it.each(['', 'no JSON', '7', 'null', '{"payload":7}'])(
    'answers what is no call with a refusal, and goes on: %p',
    async (text) => {
      const regency = `35.${regencies}`;
      const { echo, close } = await opened();
      const stranger = await connect({ servers: broker.url.replace('nats://', '') });
      connections.push(stranger);
      const subject = `lumbung.${regency.replace('.', '')}.test.pantry.echo`;
      const reply = await stranger.request(subject, text, { timeout: 1_000 });
      expect(reply.json()).toMatchObject({ failure: { code: 'INVALID_INPUT' } });
      expect(await echo(1)).toBe(1);
      await close();
    },
  );

  it('answers what it took before it closes, and then takes nothing', async () => {
    const { echo, close } = await opened();
    const slow = echo('slowly');
    await setTimeout(100);
    const closed = close();
    await setTimeout(50);
    await expect(echo(1)).rejects.toMatchObject(SILENCE);
    expect(await slow).toBe('slowly');
    await closed;
  });

  it('goes on when the broker comes back', async () => {
    const first = await start('again');
    const { port } = new URL(first.url);
    const given = await wire({ url: first.url });
    const { open, close } = await pantry('a-token', given);
    await open();
    const echo = (value: number) => given.bus.send('test.pantry.echo', asking({ value }));
    expect(await echo(1)).toBe(1);
    await first.stop('SIGKILL');
    await expect(echo(2)).rejects.toBeInstanceOf(Unavailable);
    await start('again', { port: Number(port) });
    let answer: unknown;
    for (let tries = 0; tries < 20 && answer === undefined; tries++) {
      answer = await echo(3).catch(() => setTimeout(200));
    }
    expect(answer).toBe(3);
    await close();
  });

  it('tells whoever waits when it is closed', async () => {
    const { bus, echo, close } = await opened();
    const waiting = echo('slowly');
    await setTimeout(50);
    (bus as NatsBus).close();
    await expect(waiting).rejects.toMatchObject(SILENCE);
    await expect(echo(1)).rejects.toMatchObject(SILENCE);
    await close();
  });

  it('says in a sentence why there is no connection, and never the password', async () => {
    const guarded = await start('guarded', { options: ['--user', 'kediri', '--pass', 'rahasia'] });
    const named = (user: string) => guarded.url.replace('nats://', `nats://${user}@`);
    const failure = (url: string) => connectNats({ url, name: 'test' }).catch((error) => error);
    const wrong = await failure(named('kediri:salah'));
    expect(wrong).toMatchObject({ name: 'BrokerUnavailable', code: 'NATS_REFUSED' });
    expect(JSON.stringify([wrong.message, wrong.stack, wrong])).not.toContain('salah');
    expect(await failure('nats://127.0.0.1:1')).toMatchObject({
      code: 'NATS_UNREACHABLE',
      sentence: 'NATS di 127.0.0.1:1 tidak dapat dihubungi. Periksa NATS_URL.',
    });
    expect(await failure('sini')).toMatchObject({ code: 'NATS_ADDRESS_MALFORMED' });
    const right = await connectNats({ url: named('kediri:rahasia'), name: 'test' });
    await right.close();
  });

  it.each([
    ['hangs up', (socket: Socket) => socket.end()],
    ['speaks otherwise', (socket: Socket) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['says nothing', () => undefined],
  ])('is not kept by what accepts and then %s', async (_, answer) => {
    const open: Socket[] = [];
    const server = createServer((socket) => {
      open.push(socket);
      answer(socket);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const url = `nats://127.0.0.1:${port}`;
    await expect(connectNats({ url, name: 'test' })).rejects.toMatchObject({
      code: 'NATS_UNREACHABLE',
    });
    await Promise.all(open.map((socket) => socket.destroyed || once(socket.resume(), 'close')));
    server.close();
  });

  it('cannot have a broker where a file stands in the way of its store', async () => {
    const refused = start('x'.repeat(300));
    await expect(refused).rejects.toMatchObject({ code: 'NATS_UNREACHABLE' });
  });
});
