import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { PersonId, type Platform, type Sealed, Unavailable } from '#lumbung/kernel';
import { deriveKeys } from './master-key.js';
import { memoryKeyStore } from './memory.js';
import { memoryVault, openVault, Vault } from './vault.js';

const never = () => {
  throw new Error('the vault asks for neither time nor timers');
};

const platform: Platform = {
  clock: { now: never, elapsed_ms: never },
  timers: { sleep: never },
  random: { bytes: (count) => new Uint8Array(randomBytes(count)) },
  files: {
    read: (path) => readFile(path).catch(() => undefined),
    createSecret: (path, bytes) => writeFile(path, bytes, { mode: 0o600, flag: 'wx' }),
    makeFolder: async (path) => void (await mkdir(path, { recursive: true })),
    remove: (path) => rm(path),
  },
};

const SITI = '3506995505900001';
const BUDI = '3506991708850002';
const PERSONS = 10_000;
const nikOf = (number: number) => `350699010190${String(number).padStart(4, '0')}`;
const refusal = (code: string) => expect.objectContaining({ name: 'VaultError', code });

let home: string;
let masterKeyFile: string;
let folder: string;
const open = () => openVault({ folder, masterKeyFile, platform });

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'vault-'));
  masterKeyFile = join(home, 'secret', 'master.key');
  folder = join(home, 'vault');
});
afterEach(() => rm(home, { recursive: true }));

const used = async () => {
  const vault = await open();
  const person = await vault.personOf(SITI);
  const { name } = await vault.seal(person, { name: 'Siti Aminah' });
  await vault.close();
  return { person, name };
};

describe.each([
  ['in memory', async () => memoryVault(platform)],
  ['on disk', open],
])('the vault %s', (_, create) => {
  let vault: Vault;
  beforeEach(async () => {
    vault = await create();
  });
  afterEach(() => vault.close());

  it('gives one person to a NIK, and other persons to others', async () => {
    const siti = await vault.personOf(SITI);
    expect(PersonId.parse(siti)).toBe(siti);
    expect(await vault.personOf(SITI)).toBe(siti);
    expect(await vault.personOf(BUDI)).not.toBe(siti);
  });

  it('finds without minting', async () => {
    expect(await vault.find(SITI)).toBeUndefined();
    const siti = await vault.personOf(SITI);
    expect(await vault.find(SITI)).toBe(siti);
  });

  it('gives one person to concurrent calls for one NIK', async () => {
    const persons = await Promise.all(Array.from({ length: 64 }, () => vault.personOf(SITI)));
    expect(new Set(persons).size).toBe(1);
  });

  it('opens what it sealed, whatever the text', async () => {
    const siti = await vault.personOf(SITI);
    const fields = { name: 'Siti Aminah', address: 'Jl. Śrī Aji Jåyåbåyå 1 🌾', phone: '' };
    const sealed = await vault.seal(siti, fields);
    for (const [field, text] of Object.entries(fields)) {
      expect(await vault.open(field, sealed[field as keyof typeof fields])).toBe(text);
    }
  });

  it('names version and person in the envelope and shows nothing else', async () => {
    const siti = await vault.personOf(SITI);
    const { name } = await vault.seal(siti, { name: 'Siti Aminah' });
    expect(name).toMatch(new RegExp(`^s1\\.${siti}\\.[A-Za-z0-9_-]+$`));
    const { name: again } = await vault.seal(siti, { name: 'Siti Aminah' });
    expect(again).not.toBe(name);
  });

  it('opens many in order, with gaps for the forgotten', async () => {
    const [siti, budi] = await Promise.all([vault.personOf(SITI), vault.personOf(BUDI)]);
    const sealed = await Promise.all([
      vault.seal(siti, { name: 'Siti' }),
      vault.seal(budi, { name: 'Budi' }),
    ]);
    await vault.forget(siti);
    expect(
      await vault.openAll(
        'name',
        sealed.map(({ name }) => name),
      ),
    ).toEqual([undefined, 'Budi']);
  });

  it('forgets a person for good', async () => {
    const siti = await vault.personOf(SITI);
    const { name } = await vault.seal(siti, { name: 'Siti' });
    await vault.forget(siti);
    expect(await vault.open('name', name)).toBeUndefined();
    expect(await vault.find(SITI)).toBeUndefined();
    await expect(vault.seal(siti, { name: 'Siti' })).rejects.toEqual(refusal('PERSON_UNKNOWN'));
    expect(await vault.personOf(SITI)).not.toBe(siti);
    expect(await vault.open('name', name)).toBeUndefined();
  });

  it('refuses an envelope with any letter changed, or cut, or longer', async () => {
    const { name } = await vault.seal(await vault.personOf(SITI), { name: 'Siti' });
    const prefix = name.lastIndexOf('.') + 1;
    for (let at = prefix; at < name.length; at++) {
      const other = name[at] === 'A' ? 'B' : 'A';
      const changed = `${name.slice(0, at)}${other}${name.slice(at + 1)}` as Sealed;
      await expect(vault.open('name', changed)).rejects.toEqual(refusal('SEALED_TAMPERED'));
    }
    for (const changed of [name.slice(0, -2), name.slice(0, prefix), `${name}.`, `${name}=`, '']) {
      await expect(vault.open('name', changed as Sealed)).rejects.toEqual(
        refusal('SEALED_TAMPERED'),
      );
    }
    await expect(vault.open('name', `s2${name.slice(2)}` as Sealed)).rejects.toEqual(
      refusal('SEALED_VERSION_UNKNOWN'),
    );
  });

  it('refuses a value moved to another field or another person', async () => {
    const [siti, budi] = await Promise.all([vault.personOf(SITI), vault.personOf(BUDI)]);
    const { name } = await vault.seal(siti, { name: 'Siti' });
    await expect(vault.open('address', name)).rejects.toEqual(refusal('SEALED_TAMPERED'));
    const moved = name.replace(siti, budi) as Sealed;
    await expect(vault.open('name', moved)).rejects.toEqual(refusal('SEALED_TAMPERED'));
  });

  it('hashes by its own key', async () => {
    const other = memoryVault(platform);
    expect(vault.hash('deposit')).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(vault.hash('deposit')).toBe(vault.hash('deposit'));
    expect(vault.hash('deposit')).not.toBe(vault.hash('withdraw'));
    expect(other.hash('deposit')).not.toBe(vault.hash('deposit'));
  });

  it('shows no key when it is printed', () => {
    expect(inspect(vault, { depth: 9, showHidden: true })).toMatch(/^Vault \{\}$/);
    expect(JSON.stringify(vault)).toBe('{}');
  });

  it('finishes what it began, then refuses', async () => {
    const minting = vault.personOf(SITI);
    await vault.close();
    await vault.close();
    expect(await minting).toMatch(/-/);
    await expect(vault.personOf(SITI)).rejects.toEqual(refusal('VAULT_CLOSED'));
    await expect(vault.openAll('name', [])).rejects.toEqual(refusal('VAULT_CLOSED'));
    expect(() => vault.hash('deposit')).toThrow(refusal('VAULT_CLOSED'));
  });
});

describe('the keys of persons', () => {
  const keys = deriveKeys(new Uint8Array(32).fill(1));

  it('are minted again after a write that failed', async () => {
    const store = memoryKeyStore();
    const add = store.add.bind(store);
    let full = true;
    store.add = async (...record) => {
      if (full) throw new Unavailable('VAULT_UNAVAILABLE', 'penuh');
      return add(...record);
    };
    const vault = new Vault(store, keys, platform.random);
    await expect(vault.personOf(SITI)).rejects.toBeInstanceOf(Unavailable);
    expect(await vault.find(SITI)).toBeUndefined();
    full = false;
    expect(await vault.personOf(SITI)).toBe(await vault.find(SITI));
  });

  it('are kept wrapped, each bound to its person', async () => {
    const store = memoryKeyStore();
    const vault = new Vault(store, keys, platform.random);
    const siti = await vault.personOf(SITI);
    const budi = await vault.personOf(BUDI);
    const stolen = store.wrappedKey(siti);
    store.wrappedKey = () => stolen;
    await expect(vault.seal(budi, { name: 'Budi' })).rejects.toEqual(refusal('PERSON_KEY_DAMAGED'));
  });
});

describe('the master key', () => {
  it('is made once, 32 bytes that only the owner reads, and stays', async () => {
    const { person, name } = await used();
    expect((await stat(masterKeyFile)).mode & 0o777).toBe(0o600);
    expect(await readFile(masterKeyFile)).toHaveLength(32);
    const vault = await open();
    expect(await vault.personOf(SITI)).toBe(person);
    expect(await vault.open('name', name)).toBe('Siti Aminah');
    await vault.close();
  });

  it('and the clear text are nowhere in the vault folder', async () => {
    await used();
    const master = await readFile(masterKeyFile);
    for (const file of await readdir(folder)) {
      const bytes = await readFile(join(folder, file));
      for (const secret of [master, SITI, 'Siti']) expect(bytes.includes(secret)).toBe(false);
    }
  });

  it.each([0o640, 0o604, 0o620])('is refused with mode %o', async (mode) => {
    await used();
    await chmod(masterKeyFile, mode);
    await expect(open()).rejects.toEqual(refusal('MASTER_KEY_READABLE_BY_OTHERS'));
  });

  it.each([0, 31, 33])('is refused with %d bytes', async (length) => {
    await mkdir(join(home, 'secret'));
    await writeFile(masterKeyFile, new Uint8Array(length), { mode: 0o600 });
    await expect(open()).rejects.toEqual(refusal('MASTER_KEY_LENGTH_WRONG'));
  });

  it('is missed when the vault was used, and not made anew', async () => {
    await used();
    await rm(masterKeyFile);
    const refused = expect.objectContaining({
      code: 'MASTER_KEY_MISSING',
      sentence: expect.stringContaining(`Berkas kunci induk ${masterKeyFile} tidak ada`),
    });
    await expect(open()).rejects.toEqual(refused);
    await expect(stat(masterKeyFile)).rejects.toThrow('ENOENT');
  });

  it('is refused when it is another', async () => {
    await used();
    await writeFile(masterKeyFile, randomBytes(32), { mode: 0o600 });
    await expect(open()).rejects.toEqual(refusal('MASTER_KEY_DIFFERS'));
  });
});

describe('the vault folder', () => {
  it('that cannot be used is told', async () => {
    folder = join(home, 'a-file', 'vault');
    await writeFile(join(home, 'a-file'), '');
    await expect(open()).rejects.toEqual(refusal('VAULT_CANNOT_OPEN'));
  });
});

describe('10,000 persons', () => {
  const niks = Array.from({ length: PERSONS }, (_, number) => nikOf(number));
  const persons: PersonId[] = [];
  const sealed: Sealed[] = [];
  let place: string;
  let vault: Vault;
  const openThere = () =>
    openVault({ folder: place, masterKeyFile: join(place, 'master.key'), platform });

  beforeAll(async () => {
    place = await mkdtemp(join(tmpdir(), 'vault-'));
    vault = await openThere();
  });
  afterAll(async () => {
    await vault.close();
    await rm(place, { recursive: true });
  });

  it('are minted durably, 64 at a time', async () => {
    const rest = niks.entries();
    const work = async () => {
      for (const [number, nik] of rest) persons[number] = await vault.personOf(nik);
    };
    await Promise.all(Array.from({ length: 64 }, work));
    expect(new Set(persons).size).toBe(PERSONS);
  }, 60_000);

  it('are sealed one after the other', async () => {
    for (const person of persons) {
      const { name } = await vault.seal(person, { name: 'Siti Aminah' });
      sealed.push(name);
    }
    expect(new Set(sealed).size).toBe(PERSONS);
  });

  it('are opened one after the other', async () => {
    let opened = 0;
    for (const name of sealed) if (await vault.open('name', name)) opened++;
    expect(opened).toBe(PERSONS);
  });

  it('are there after reopening', async () => {
    await vault.close();
    vault = await openThere();
    const names = await vault.openAll('name', sealed);
    expect(names).toEqual(niks.map(() => 'Siti Aminah'));
    expect(await vault.find(nikOf(42))).toBe(persons[42]);
  });
});
