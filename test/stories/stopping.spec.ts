import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { begin, end, stage } from './lumbung.js';

const { newFolder, serve } = stage();

/** Resolves when the server has an address, which is before it has registered anybody. */
const untilFounding = async (folder: string): Promise<void> => {
  const lock = await readFile(join(folder, 'lumbung.lock'), 'utf8').catch(() => '');
  if (!lock.includes('"address":"http')) return untilFounding(folder);
};

describe('a program that is told to stop', () => {
  it('while it makes a folder usable ends in peace, and goes on at the next start', async () => {
    const folder = await newFolder();
    const founding = begin(folder, 'serve', '--port', '0');
    await untilFounding(folder);
    expect(await end(founding)).toMatchObject({ code: 0, stderr: '' });
    const { ask } = await serve(folder);
    const query = '{ cooperatives(regency: "35.06", first: 1) { totalCount } }';
    expect(await ask(query)).toEqual({ cooperatives: { totalCount: 344 } });
  });

  it('while it makes up a life says that this is not finished', async () => {
    const folder = await newFolder();
    const living = begin(folder, 'serve', '--demo', '--port', '0');
    const life = `${folder}-demo`;
    const untilLocked = async (): Promise<void> => {
      const lock = await readFile(join(life, 'lumbung.lock'), 'utf8').catch(() => '');
      if (!lock) return untilLocked();
    };
    await untilLocked();
    const { code, stderr } = await end(living);
    expect(code).toBe(1);
    expect(stderr).toContain('[BROKEN_OFF]');
    const again = await begin(folder, 'serve', '--demo', '--port', '0').ended;
    expect(again).toMatchObject({ code: 1 });
    expect(again.stderr).toContain('[SIMULATION_UNFINISHED]');
  });
});
