import { Closing, openWhole } from './closing.js';

describe('what was opened', () => {
  it('is closed once, the last first', async () => {
    const closing = new Closing();
    const closed: string[] = [];
    for (const name of ['log', 'vault', 'page']) closing.add(async () => closed.push(name));
    await closing.close();
    await closing.close();
    expect(closed).toEqual(['page', 'vault', 'log']);
  });

  it('is closed though something after it could not be, and that is told', async () => {
    const closing = new Closing();
    const closed: string[] = [];
    closing.add(async () => closed.push('log'));
    closing.add(() => Promise.reject(new Error('a full disk')));
    closing.add(() => Promise.reject(new Error('a broken disk')));
    await expect(closing.close()).rejects.toThrow('a broken disk');
    expect(closed).toEqual(['log']);
  });

  it('is closed when the rest could not be opened, and that is told', async () => {
    const closed: string[] = [];
    const opening = openWhole(async (closing) => {
      closing.add(async () => closed.push('log'));
      closing.add(() => Promise.reject(new Error('a broken disk')));
      throw new Error('no broker');
    });
    await expect(opening).rejects.toThrow('no broker');
    expect(closed).toEqual(['log']);
    expect(await openWhole(async () => 'open')).toBe('open');
  });
});
