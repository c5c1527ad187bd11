import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ParkedKey, platformRejections } from '#lumbung/contracts';
import { refuse } from '#lumbung/kernel';
import { runCli } from '../run.js';
import { aHost } from '../testing/host.js';
import { busOf } from '../testing/office.js';

const parked: ParkedKey = {
  ...{ reader: 'member-accounts', key: '35.06.17.1009', code: 'UNEXPECTED', attempts: 1 },
  ...{ reason: 'a bug', waiting: 2 },
};
const event = { id: 'e1', type: 'membership.CandidateAdmitted', version: 1, json: '{"member":1}' };

let parent: string;
let said: string[];
const { exitCode, env } = process;
const { log, error } = console;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'lumbung-parked-'));
  process.env = { ...env, LUMBUNG_DATA: join(parent, 'data') };
  await mkdir(join(parent, 'data', 'log'), { recursive: true });
  said = [];
  console.log = (text: string) => said.push(text);
  console.error = (text: string) => said.push(text);
});
afterEach(async () => {
  Object.assign(console, { log, error });
  process.exitCode = exitCode;
  process.env = env;
  await rm(parent, { recursive: true });
});

/** Runs `lumbung parked` where `waiting` waits, and a retry leaves `left`. */
const run = async (
  args: string[],
  { waiting = [parked], left = null as ParkedKey | null } = {},
) => {
  const permissions = ['platform.resume'];
  const mustWait = ({ query }: { query: { key: string } }) => {
    const found = waiting.find(({ key }) => key === query.key);
    if (!found) throw refuse(platformRejections, 'NOT_PARKED');
    return found;
  };
  const { bus, sent } = busOf({
    'identity.user.find': () => ({ name: 'pengurus', roles: [], permissions }),
    'platform.parking.list': () => waiting,
    'platform.parking.show': (ask) => ({ ...mustWait(ask), events: [event] }),
    'platform.parking.retry': (ask) => mustWait(ask) && { taken: left ? 0 : 2, left },
    'platform.parking.drop': (ask) => mustWait(ask) && { taken: 1, left },
  });
  await runCli(['node', 'lumbung', 'parked', ...args], aHost(bus).open);
  const queries = sent.filter(({ pattern }) => pattern.startsWith('platform.parking'));
  return { said: said.join('\n'), code: process.exitCode ?? 0, asked: queries.at(-1)?.payload };
};

describe('lumbung parked', () => {
  it('lists what waits and why, in a table or as JSON', async () => {
    const listed = await run(['list']);
    expect(listed.said).toMatch(/member-accounts +35\.06\.17\.1009 +2 +1 +a bug \[UNEXPECTED\]/);
    said = [];
    expect(JSON.parse((await run(['list', '--json'])).said)).toEqual([parked]);
  });

  it('says when nothing waits', async () => {
    const { said, code } = await run(['list'], { waiting: [] });
    expect([said, code]).toEqual(['Tidak ada kejadian yang menunggu.', 0]);
  });

  it('shows the events of one key', async () => {
    const { said } = await run(['show', 'member-accounts', '35.06.17.1009']);
    expect(said).toContain('e1 membership.CandidateAdmitted v1 {"member":1}');
  });

  it('has a key tried again, and ends with 1 while something waits', async () => {
    const which = ['member-accounts', '35.06.17.1009'];
    expect(await run(['retry', ...which])).toMatchObject({
      said: '2 kejadian diproses. Tidak ada lagi yang menunggu pada kunci ini.',
      code: 0,
    });
    said = [];
    const failed = await run(['retry', ...which], { left: parked });
    expect(failed).toMatchObject({
      said: '0 kejadian diproses. 2 masih menunggu: a bug [UNEXPECTED]',
      code: 1,
    });
  });

  it('drops with a reason only', async () => {
    const which = ['member-accounts', '35.06.17.1009'];
    const dropped = await run(['drop', ...which, '--reason', 'desa ini tidak ada']);
    expect(dropped.said).toContain('Dibuang: desa ini tidak ada.');
    expect(dropped.asked).toMatchObject({
      query: { reader: which[0], key: which[1], reason: 'desa ini tidak ada' },
    });
    said = [];
    const refused = await run(['drop', ...which]);
    expect(refused).toMatchObject({ code: 1, asked: undefined });
    expect(refused.said).toContain('[REASON_MISSING]');
  });

  it('says that a key does not wait', async () => {
    const { said, code } = await run(['retry', 'member-accounts', '35.06.17.2001']);
    expect(said).toBe(`${platformRejections.NOT_PARKED} [NOT_PARKED]`);
    expect(code).toBe(1);
  });
});
