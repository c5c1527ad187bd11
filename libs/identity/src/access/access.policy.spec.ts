import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Role } from '#lumbung/contracts';
import { permissionsOf } from './access.js';
import { GIVES, POLICY } from './access.policy.js';

const LIBS = resolve(import.meta.dirname, '../../..');
const MACHINES = ['system', 'feed', 'founder'];

/** The permissions that handlers and resolvers name or look at, as their sources have them. */
const namedPermissions = async () => {
  const paths = await readdir(LIBS, { recursive: true });
  const sources = paths.filter((path) => /src\/.+\.(handler|resolver)\.ts$/.test(path));
  const texts = await Promise.all(sources.map((path) => readFile(join(LIBS, path), 'utf8')));
  const pattern = /(?:@Permission\(|sees\(caller, )'([^']+)'/g;
  const named = texts.flatMap((text) => [...text.matchAll(pattern)]);
  return [...new Set(named.map(([, permission]) => permission ?? ''))].sort();
};

describe('the policy', () => {
  let named: string[];
  beforeAll(async () => {
    named = await namedPermissions();
  });

  it('names what somebody asks for, and nothing else', () => {
    const listed = Object.keys(POLICY).flatMap(permissionsOf);
    expect(named.length).toBeGreaterThan(20);
    expect([...new Set(listed)].sort()).toEqual(named);
  });

  it.each(['pengawas', 'petugas', 'auditor', 'kepala_desa', 'pendamping', 'anggota', 'mitra'])(
    'lets a %s read, and do nothing',
    (role) => {
      const acts = permissionsOf(role).filter((one) => !/\.(read|find)$/.test(one));
      expect(acts).toEqual([]);
    },
  );

  it('gives no person what only workflows do', () => {
    const held = Role.options.filter((role) => permissionsOf(role).includes('workflow'));
    expect(held).toEqual([]);
  });

  it('lets whoever runs the platform see no book and nobody’s name', () => {
    const seen = permissionsOf('operator');
    for (const one of ['member.read', 'journal.read', 'simpanan.read']) {
      expect(seen).not.toContain(one);
    }
  });

  it.each([
    ['kasir', 'book.close-month'],
    ['kasir', 'simpanan.set-policy'],
    ['kasir', 'user.add'],
    ['kasir', 'member.resign'],
    ['ketua', 'simpanan.deposit'],
    ['sekretaris', 'simpanan.withdraw'],
    ['pengawas', 'simpanan.deposit'],
    ['petugas', 'cooperative.register'],
    ['founder', 'member.read'],
    ['system', 'simpanan.deposit'],
    ['pengurus', 'workflow'],
  ])('denies a %s %s', (role, permission) => {
    expect(permissionsOf(role)).not.toContain(permission);
  });

  it.each(['', 'tamu', 'Pengurus', 'constructor', 'toString', '__proto__'])(
    'knows no role "%s"',
    (role) => {
      expect(permissionsOf(role)).toEqual([]);
    },
  );

  it('lets nobody give a role of the platform’s own, nor one above his own', () => {
    for (const [giver, given] of Object.entries(GIVES)) {
      expect(permissionsOf(giver)).toContain('user.grant');
      expect(given?.filter((role) => MACHINES.includes(role))).toEqual([]);
    }
    expect(GIVES.ketua).not.toContain('ketua');
    expect(GIVES.ketua).not.toContain('pengawas');
  });
});
