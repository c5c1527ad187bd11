import type { NatsConnection } from '@nats-io/transport-node';
import { lineContract } from '../feed/line.contract.js';
import { brokerForTests, describeWithNats } from '../testing/broker.js';
import { connectNats, jetStreamLine } from './index.js';

describeWithNats('a line over JetStream', () => {
  const start = brokerForTests();
  const connections: NatsConnection[] = [];
  let connection: NatsConnection;

  const connected = async (url: string) => {
    const made = await connectNats({ url, name: 'test' });
    connections.push(made);
    return made;
  };

  beforeAll(async () => {
    connection = await connected((await start()).url);
  });
  afterAll(() => Promise.all(connections.map((one) => one.close())));

  let regencies = 10;
  const make = () => {
    const regency = `35.${regencies++}`;
    return { line: jetStreamLine({ connection, regency }), regency };
  };
  lineContract(make);

  it('carries each regency’s own', async () => {
    const { line } = make();
    const other = make().line;
    await line.begin(1);
    expect(await other.latest()).toBeUndefined();
  });

  it('says that it cannot where the broker is gone, or keeps nothing', async () => {
    const broker = await start('gone');
    const line = jetStreamLine({ connection: await connected(broker.url), regency: '35.06' });
    const generation = await line.begin(1);
    await broker.stop('SIGKILL');
    const refusal = { name: 'Unavailable', code: 'SERVICE_UNAVAILABLE' };
    await expect(line.latest()).rejects.toMatchObject(refusal);
    await expect(line.entry(generation, 1)).rejects.toMatchObject(refusal);
    await expect(line.begin(2)).rejects.toMatchObject(refusal);
  }, 20_000);
});
