import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from './run.js';
import { aHost } from './testing/host.js';
import { busOf } from './testing/office.js';

let parent: string;
let said: string[];
const { exitCode, env } = process;
const { error } = console;

// Jest asks its own workers to end through theirs, and a command that is tried here is none.
Object.defineProperty(process, 'channel', { value: undefined });

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'lumbung-run-'));
  process.env = { ...env, LUMBUNG_DATA: join(parent, 'data') };
  said = [];
  console.error = (text: string) => said.push(text);
});
afterEach(async () => {
  console.error = error;
  process.exitCode = exitCode;
  process.env = env;
  await rm(parent, { recursive: true });
});

const run = async (...args: string[]) => {
  const host = aHost(busOf({}).bus);
  await runCli(['node', 'lumbung', ...args], host.open);
  return { said: said.join('\n'), code: process.exitCode, opened: host.openings.length };
};

describe('a command that fails', () => {
  it.each<[string, string[], string]>([
    ['by a name that is none', ['masukkan'], 'Perintah masukkan tidak dikenal. Lihat --help.'],
    ['in a folder that nobody opened', ['verify'], 'Belum ada data di '],
    ['for a regency that is none', ['serve', '--regency', '99.99'], '99.99 tidak ada'],
  ])('%s ends in a sentence and opens nothing', async (_, args, sentence) => {
    const { code, said, opened } = await run(...args);
    expect(said).toContain(sentence);
    expect(said).not.toContain('    at ');
    expect({ code, opened }).toEqual({ code: 1, opened: 0 });
    expect(await readdir(parent)).toEqual([]);
  });

  it('for a setting that is wrong says which, before anything is opened', async () => {
    process.env.PORT = 'x';
    expect(await run('serve')).toEqual({
      ...{ said: 'Pengaturan tidak sah: PORT. [SETTINGS_INVALID]', code: 1, opened: 0 },
    });
  });
});
