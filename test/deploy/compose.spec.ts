import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';

type Service = {
  image?: string;
  build?: string | { context: string; dockerfile: string };
  user?: string;
  environment?: Record<string, string | null>;
  command?: string[];
  secrets?: (string | { source: string })[];
  volumes?: string[];
  networks?: string[];
  ports?: string[];
  profiles?: string[];
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test: string[] };
  mem_limit?: string;
  restart?: string;
  read_only?: boolean;
  cap_drop?: string[];
  security_opt?: string[];
};

type Compose = {
  services: Record<string, Service>;
  networks: Record<string, { internal?: boolean } | null>;
  volumes: Record<string, null>;
  secrets: Record<string, { file: string }>;
};

const text = readFileSync('docker-compose.yml', 'utf8');
const compose = parse(text, { merge: true }) as Compose;
const services = Object.entries(compose.services);
const OWN = ['membership', 'ledger', 'reporting', 'gateway'];
const own = services.filter(([name]) => OWN.includes(name));

const environmentOf = ({ environment }: Service) => Object.entries(environment ?? {});
const mountsOf = ({ volumes = [] }: Service) => volumes.map((volume) => volume.split(':'));
const example = readFileSync('deploy/example.env', 'utf8');
const asked = [...example.matchAll(/^#?([A-Z_]+)=(.*)$/gm)];

describe.each(services)('the container of %s', (name, service) => {
  it('is watched, limited, and started again', () => {
    expect(service.healthcheck?.test.length).toBeGreaterThan(1);
    expect(service.mem_limit).toMatch(/^\d+m$/);
    expect(service.restart).toBe('unless-stopped');
  });

  it('may do nothing that it need not', () => {
    expect(service.read_only).toBe(true);
    expect(service.cap_drop).toEqual(['ALL']);
    expect(service.security_opt).toEqual(['no-new-privileges:true']);
    expect(service.user).toMatch(/^[1-9]\d*:[1-9]\d*$/);
  });

  it('has an image of one version', () => {
    expect(service.image).toMatch(/^[\w./-]+:(v?\d+\.\d+\.\d+(-\w+)?|local)$/);
    expect(service.image?.endsWith(':local')).toBe(service.build !== undefined);
  });

  it('is told no secret by the file itself', () => {
    for (const [variable, value] of environmentOf(service)) {
      const isSecret = /PASSWORD|_URL$/.test(variable);
      const given = [...(value ?? '').matchAll(/\$\{(\w+):\?[^}]+\}/g)].map(([, of]) => of);
      if (isSecret) expect(given).toHaveLength(1);
      if (/:\/\/[^@]*:[^@]*@/.test(value ?? '')) expect(given[0]).toMatch(/_PASSWORD$/);
    }
  });

  it('mounts what is there', () => {
    for (const [source = '', target] of mountsOf(service)) {
      expect(target).toMatch(/^\//);
      if (source.startsWith('.')) expect(existsSync(source)).toBe(true);
      else expect(Object.keys(compose.volumes)).toContain(source);
    }
    for (const secret of service.secrets ?? []) {
      const source = typeof secret === 'string' ? secret : secret.source;
      expect(Object.keys(compose.secrets)).toContain(source);
    }
  });

  it('waits for what there is, and is in a network that there is', () => {
    for (const other of Object.keys(service.depends_on ?? {})) {
      expect(Object.keys(compose.services)).toContain(other);
    }
    for (const network of service.networks ?? []) {
      expect(Object.keys(compose.networks)).toContain(network);
    }
  });

  it('is reached from outside as the gateway only, or to look at figures', () => {
    const { front, ...inside } = compose.networks;
    expect(front?.internal ?? false).toBe(false);
    expect(Object.values(inside).every((network) => network?.internal)).toBe(true);
    const isOpen = service.ports !== undefined;
    expect(service.networks?.includes('front')).toBe(isOpen);
    expect(isOpen).toBe(name === 'gateway' || name === 'grafana');
    if (isOpen) expect(service.ports?.[0]).toMatch(/^\$\{\w+:-127\.0\.0\.1:\d+\}:3000$/);
  });
});

describe('the services of ours', () => {
  const declared = ['libs/hosting/src/settings.ts', 'libs/cli/src/settings.ts'].flatMap((path) =>
    [...readFileSync(path, 'utf8').matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map(([, name]) => name),
  );

  it.each(own)('%s is told only what it asks for', (_, service) => {
    const names = environmentOf(service).map(([name]) => name);
    expect(declared).toEqual(expect.arrayContaining(names));
    expect(names).toEqual(expect.arrayContaining(['LUMBUNG_REGENCY', 'LUMBUNG_DATA', 'NATS_URL']));
  });

  it.each(own)('%s runs what is built, and waits until its servers answer', (name, service) => {
    expect(service.command?.[0]).toBe(`dist/apps/${name}/src/main.js`);
    expect(existsSync(`apps/${name}/src/main.ts`)).toBe(true);
    const servers = name === 'gateway' ? ['nats'] : ['nats', 'eventstore', 'mongodb'];
    for (const server of servers) {
      expect(service.depends_on?.[server]).toEqual({ condition: 'service_healthy' });
    }
  });

  it('have the key of persons where it is needed, and may write it in one place', () => {
    const keys = services.flatMap(([name, service]) =>
      mountsOf(service)
        .filter(([source]) => source === 'keys')
        .map(([, target, mode = 'rw']) => [name, target, mode]),
    );
    expect(keys).toEqual([
      ['membership', '/data/keys', 'rw'],
      ['ledger', '/data/keys', 'ro'],
      ['reporting', '/data/keys', 'ro'],
    ]);
    const vaults = services.filter(([, one]) => mountsOf(one).some(([name]) => name === 'vault'));
    expect(vaults.map(([name]) => name)).toEqual(['membership']);
  });

  it('reach the stores where they need them: the gateway does not', () => {
    const among = services.filter(([, { networks }]) => networks?.includes('stores'));
    expect(among.map(([name]) => name)).toEqual([
      ...['eventstore', 'mongodb', 'membership', 'ledger', 'reporting'],
    ]);
  });

  it('have a database each, and a user for all of them', () => {
    const users = readFileSync('deploy/mongodb/users.js', 'utf8');
    const [, listed = ''] = /DATABASES = \[([^\]]+)\]/.exec(users) ?? [];
    const stores = readFileSync('libs/hosting/src/services.ts', 'utf8');
    const [, all = ''] = /allServices = \[([^\]]+)\]/.exec(stores) ?? [];
    const namesIn = (list: string) => [...list.matchAll(/\w+/g)].map(([name]) => name).sort();
    expect(namesIn(listed)).toEqual(namesIn(all));
  });
});

describe('what is asked of whoever starts it', () => {
  it('is in the example, without a value where it is a secret', () => {
    const names = asked.map(([, name]) => name);
    const used = [...text.matchAll(/\$\{(\w+)[:}]/g)].map(([, name]) => name as string);
    expect(names).toEqual(expect.arrayContaining(used));
    for (const [, name, value] of asked) {
      if (name?.endsWith('PASSWORD')) expect(value).toBe('');
    }
  });

  it('is made by the script once, and not known to git or to the image', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lumbung-deploy-'));
    const make = () => execFileSync(process.execPath, ['deploy/secrets.mjs', folder]);
    make();
    const read = () => readFileSync(join(folder, '.env'), 'utf8');
    const made = read();
    const passwords = [...made.matchAll(/^\w+_PASSWORD=(\w+)$/gm)].map(([, value]) => value);
    expect(new Set(passwords).size).toBe(
      asked.filter(([, name]) => /WORD$/.test(`${name}`)).length,
    );
    for (const password of passwords) expect(password).toMatch(/^p[\da-f]{48}$/);
    for (const { file } of Object.values(compose.secrets)) {
      expect(existsSync(join(folder, file))).toBe(true);
    }
    expect((await stat(join(folder, '.env'))).mode & 0o077).toBe(0);
    expect((await stat(join(folder, 'deploy/secrets'))).mode & 0o077).toBe(0);
    expect(readdirSync(join(folder, 'deploy/secrets')).sort()).toEqual([
      ...['ca.crt', 'eventstore.crt', 'eventstore.key'],
    ]);
    make();
    expect(read()).toBe(made);
    await rm(folder, { recursive: true });
    const ignored = readFileSync('.gitignore', 'utf8').split('\n');
    expect(ignored).toEqual(expect.arrayContaining(['.env', 'deploy/secrets/']));
    expect(readFileSync('.dockerignore', 'utf8').split('\n')[0]).toBe('*');
  }, 60_000);
});

describe.each(['deploy/Dockerfile', 'deploy/nats/Dockerfile'])('%s', (path) => {
  const lines = readFileSync(path, 'utf8').split('\n');
  const let_in = readFileSync('.dockerignore', 'utf8').split('\n');

  it('copies what is there, and what is let in', () => {
    const folder = path === 'deploy/Dockerfile' ? '.' : 'deploy/nats';
    const copies = lines.filter((line) => /^COPY (?!--from)/.test(line));
    const sources = copies.flatMap((line) => line.split(' ').slice(1, -1));
    expect(sources.length).toBeGreaterThan(0);
    for (const source of sources) {
      expect(existsSync(join(folder, source))).toBe(true);
      if (folder === '.') expect(let_in).toContain(`!${source}`);
    }
  });

  it('begins with an image of one version, and ends as nobody special', () => {
    const from = lines.filter((line) => line.startsWith('FROM '));
    for (const line of from) expect(line).toMatch(/:\d+\.\d+\.\d+-\w+/);
    const user = lines.filter((line) => line.startsWith('USER ')).at(-1);
    expect(user).toMatch(/^USER (node|[1-9]\d*:[1-9]\d*)$/);
    expect(lines.join('\n')).not.toMatch(/PASSWORD|SECRET|TOKEN/);
  });
});
