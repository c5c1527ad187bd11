import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Role } from '#lumbung/contracts';
import { isAllowed } from './access.policy.js';

const LIBS = resolve(import.meta.dirname, '../../..');
const ROLES = [...Role.options, 'system', 'feed', 'founder'];

/** The permissions that handlers and resolvers name, as their sources have them. */
const namedPermissions = async () => {
  const paths = await readdir(LIBS, { recursive: true });
  const sources = paths.filter((path) => /src\/.+\.(handler|resolver)\.ts$/.test(path));
  const texts = await Promise.all(sources.map((path) => readFile(join(LIBS, path), 'utf8')));
  const named = texts.flatMap((text) => [...text.matchAll(/@Permission\('([^']+)'\)/g)]);
  return [...new Set(named.map(([, permission]) => permission ?? ''))].sort();
};

describe('a permission', () => {
  let named: string[];
  beforeAll(async () => {
    named = await namedPermissions();
  });

  const held = (role: string) => named.filter((permission) => isAllowed(role, permission));
  const reading = () => named.filter((permission) => /\.(read|find)$/.test(permission));

  it('that is named somewhere is held by somebody', () => {
    expect(named.length).toBeGreaterThan(15);
    expect(named.filter((one) => !ROLES.some((role) => isAllowed(role, one)))).toEqual([]);
  });

  it.each(['pengawas', 'petugas', 'auditor'])('of a %s is to read, and nothing more', (role) => {
    expect(held(role)).toEqual(reading());
  });

  it('of a kasir is to read, to take and give simpanan, and to admit', () => {
    const acts = ['member.admit', 'simpanan.deposit', 'simpanan.withdraw'];
    expect(held('kasir')).toEqual([...reading(), ...acts].sort());
  });

  it('of the pengurus is everything but what workflows do', () => {
    expect(held('pengurus')).toEqual(named.filter((one) => one !== 'workflow'));
  });

  it('of the platform itself is what workflows need, and no act of a person', () => {
    const machine = ['platform.read', 'region.read', 'user.find', 'workflow'];
    expect(held('system')).toEqual(machine);
    const founding = ['cooperative.read', 'cooperative.register', 'totals.read', 'user.add'];
    expect(held('founder')).toEqual([...machine, ...founding].sort());
    expect(held('feed')).toEqual(['feed.read']);
  });
});

it.each([
  ['kasir', 'book.close-month'],
  ['kasir', 'simpanan.set-policy'],
  ['kasir', 'user.add'],
  ['kasir', 'member.resign'],
  ['pengawas', 'simpanan.deposit'],
  ['auditor', 'member.admit'],
  ['petugas', 'cooperative.register'],
  ['founder', 'member.read'],
  ['system', 'simpanan.deposit'],
  ['pengurus', 'workflow'],
])('a %s is denied %s', (role, permission) => {
  expect(isAllowed(role, permission)).toBe(false);
});

describe('what is not listed', () => {
  it('is denied to everybody', () => {
    for (const role of ROLES) {
      for (const permission of ['', 'book', 'book.reopen-month', 'length', 'member.*']) {
        expect(isAllowed(role, permission)).toBe(false);
      }
    }
  });

  it.each(['', 'tamu', 'Pengurus', 'constructor', 'toString', '__proto__'])(
    'as a role may do nothing: "%s"',
    (role) => {
      expect(isAllowed(role, 'totals.read')).toBe(false);
    },
  );
});
