import type { NatsConnection } from '@nats-io/transport-node';
import { announced, type Present, Roll } from './roll.js';

type Callback = (error: null, message: { string(): string }) => void;

/** What both sides see of a broker here: what is published comes to whoever subscribed. */
const broker = () => {
  const callbacks = new Map<string, Callback[]>();
  const publish = (subject: string, text: string) => {
    for (const hear of callbacks.get(subject) ?? []) hear(null, { string: () => text });
  };
  const subscribe = (subject: string, { callback }: { callback: Callback }) => {
    callbacks.set(subject, [...(callbacks.get(subject) ?? []), callback]);
  };
  const connection = { publish, subscribe, isClosed: () => false } as unknown as NatsConnection;
  return { connection, publish };
};

const ledger: Present = {
  ...{ process: 'ledger', instance: '1', answers: ['ledger'], shared: false },
};

const opened = (regency = '35.06') => {
  let now_ms = 0;
  let wake: () => void = () => undefined;
  const { connection, publish } = broker();
  const clock = { now: () => '2026-03-02T02:00:00.000Z' as never, elapsed_ms: () => now_ms };
  const sleep = (ms: number, signal?: AbortSignal) =>
    new Promise<void>((resolve) => {
      wake = () => {
        now_ms += ms;
        resolve();
      };
      signal?.addEventListener('abort', () => resolve());
    });
  const place = { connection, regency };
  const roll = new Roll({ ...place, clock });
  const announce = (present: Present, in_ = regency) => {
    const leaving = new AbortController();
    const left = announced(
      { connection, regency: in_, timers: { sleep } },
      present,
      leaving.signal,
    );
    return async () => {
      leaving.abort();
      await left;
    };
  };
  const pass = (ms: number) => {
    now_ms += ms;
  };
  return { roll, announce, pass, publish, beat: () => wake() };
};

describe('the roll of instances', () => {
  it('has those that say that they are there, by what they answer', () => {
    const { roll, announce } = opened();
    announce(ledger);
    announce({ ...ledger, instance: '2' });
    announce({ ...ledger, process: 'membership', answers: ['identity', 'membership'] });
    expect(roll.instancesOf('ledger').map(({ instance }) => instance)).toEqual(['1', '2']);
    expect(roll.whoAnswers('identity.user.find')).toMatchObject([{ process: 'membership' }]);
    expect(roll.whoAnswers('ledgers.of.nobody')).toEqual([]);
  });

  it('forgets who leaves at once, and who is silent after two seconds', async () => {
    const { roll, announce, pass } = opened();
    const leave = announce(ledger);
    announce({ ...ledger, instance: '2' });
    await leave();
    expect(roll.instancesOf('ledger')).toMatchObject([{ instance: '2' }]);
    pass(2_000);
    expect(roll.instancesOf('ledger')).toHaveLength(1);
    pass(1);
    expect(roll.instancesOf('ledger')).toEqual([]);
  });

  it('knows who goes on saying so', async () => {
    const { roll, announce, beat, pass } = opened();
    announce(ledger);
    for (let turn = 0; turn < 5; turn++) {
      pass(400);
      beat();
      await Promise.resolve();
    }
    expect(roll.instancesOf('ledger')).toHaveLength(1);
  });

  it('hears neither other regencies nor what says nothing', () => {
    const { roll, announce, publish } = opened();
    announce(ledger, '35.05');
    for (const text of ['', 'null', '{"process":"ledger"}', '{']) {
      publish('lumbung.3506.instances', text);
    }
    expect(roll.instancesOf('ledger')).toEqual([]);
  });
});
