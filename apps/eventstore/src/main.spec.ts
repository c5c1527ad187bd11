import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const SOURCE = ['--conditions', 'source', '--import', './test/typescript.js'];
const PEM = 'libs/event-store/src/eventstoredb/testing/localhost.pem';
const MAIN = [...SOURCE, 'apps/eventstore/src/main.ts'];

const start = async (args: string[], environment = {}) => {
  const env = { ...process.env, ...environment };
  const child = spawn(process.execPath, [...MAIN, ...args], { env });
  const [line] = await once(child.stdout, 'data');
  return { child, url: String(line).trim() };
};

const stop = async (child: ChildProcessWithoutNullStreams) => {
  child.kill('SIGINT');
  return (await once(child, 'exit'))[0];
};

// Appends an event, then prints how many are there; or why not.
const CLIENT = `
  import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
  const client = EventStoreDBClient.connectionString(process.argv[1]);
  const append = client.appendToStream('a-1', jsonEvent({ type: 'test.Happened', data: {} }));
  const answer = await append.catch((error) => error);
  console.log(answer.type ?? String(answer.nextExpectedRevision));
  process.exit();
`;

const appendedBy = async (url: string) => {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', CLIENT, url]);
  return (await text(child.stdout)).trim();
};

describe('eventstore', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lumbung-eventstore-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('serves a log in memory, says where, and ends when it is asked to', async () => {
    const { child, url } = await start(['--memory', '--port', '0']);
    expect(url).toMatch(/^esdb:\/\/127\.0\.0\.1:\d+\?tls=false$/);
    expect(await appendedBy(url)).toBe('0');
    expect(await appendedBy(url)).toBe('1');
    expect(await stop(child)).toBe(0);
  });

  it('serves the log of a folder again', async () => {
    const args = ['--data', join(folder, 'data'), '--port', '0'];
    const first = await start(args);
    expect(await appendedBy(first.url)).toBe('0');
    expect(await stop(first.child)).toBe(0);
    const second = await start(args);
    expect(await appendedBy(second.url)).toBe('1');
    expect(await stop(second.child)).toBe(0);
  });

  it('asks for user and password where they are set, both of them', async () => {
    const environment = { EVENTSTORE_USER: 'siti', EVENTSTORE_PASSWORD: 'rahasia' };
    const { child, url } = await start(['--memory', '--port', '0'], environment);
    expect(await appendedBy(url)).toBe('access-denied');
    expect(await stop(child)).toBe(0);
    const half = spawn(process.execPath, [...MAIN, '--memory', '--port', '0'], {
      env: { ...process.env, EVENTSTORE_USER: 'siti' },
    });
    expect(await text(half.stderr)).toContain('EVENTSTORE_PASSWORD');
  });

  it('speaks TLS where it is given a key and a certificate, both of them', async () => {
    const environment = { EVENTSTORE_TLS_KEY: PEM, EVENTSTORE_TLS_CERT: PEM };
    const { child, url } = await start(['--memory', '--port', '0'], environment);
    expect(url).toContain('tls=true');
    expect(await appendedBy(`${url}&tlsCAFile=${PEM}`)).toBe('0');
    expect(await stop(child)).toBe(0);
    const half = spawn(process.execPath, [...MAIN, '--memory', '--port', '0'], {
      env: { ...process.env, EVENTSTORE_TLS_KEY: PEM },
    });
    expect(await text(half.stderr)).toContain('EVENTSTORE_TLS_CERT');
  });

  it('tells how it is used, and of what it cannot do', async () => {
    const help = spawn(process.execPath, [...MAIN, '--help']);
    expect(await text(help.stdout)).toContain('Pemakaian: eventstore [options]');
    const { child, url } = await start(['--memory', '--port', '0']);
    const { port } = new URL(url);
    const second = spawn(process.execPath, [...MAIN, '--memory', '--port', port]);
    expect(await text(second.stderr)).toContain('EADDRINUSE');
    expect(await stop(child)).toBe(0);
  });
});
