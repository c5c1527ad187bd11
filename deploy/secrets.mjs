// Writes .env and the certificates of the event store, once; what is there already is kept.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('.', import.meta.url));
const root = resolve(process.argv[2] ?? join(source, '..'));
const folder = join(root, 'deploy', 'secrets');

const NEW_KEY = ['-newkey', 'rsa:2048', '-nodes'];
const LASTING = ['-days', '3650'];
const OF_CA = ['-subj', '/CN=Lumbung CA', '-addext', 'keyUsage=critical,keyCertSign,cRLSign'];
// The event store knows nodes by this name, its clients by those of the certificate.
const OF_NODE = ['-subj', '/CN=eventstoredb-node'];
const NAMES =
  'subjectAltName=DNS:eventstore,DNS:localhost,IP:127.0.0.1\n' +
  'extendedKeyUsage=serverAuth,clientAuth\n';
// The key of the CA too: whoever needs another certificate makes both anew.
const PASSING = ['ca.key', 'ca.srl', 'names.cnf', 'eventstore.csr'];

const writeEnvironment = () => {
  const file = join(root, '.env');
  if (existsSync(file)) return;
  const password = () => `p${randomBytes(24).toString('hex')}`;
  const filled = readFileSync(join(source, 'example.env'), 'utf8').replace(
    /^(\w+_PASSWORD)=$/gm,
    (_, name) => `${name}=${password()}`,
  );
  writeFileSync(file, filled, { mode: 0o600, flag: 'wx' });
};

const writeCertificates = () => {
  if (existsSync(join(folder, 'eventstore.crt'))) return;
  const run = (...args) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  const made = (name, extension) => ['-keyout', `${name}.key`, '-out', `${name}.${extension}`];
  run('req', '-x509', ...NEW_KEY, ...made('ca', 'crt'), ...LASTING, ...OF_CA);
  run('req', ...NEW_KEY, ...made('eventstore', 'csr'), ...OF_NODE);
  writeFileSync(join(folder, 'names.cnf'), NAMES);
  const signing = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial'];
  const request = ['-in', 'eventstore.csr', '-extfile', 'names.cnf'];
  run('x509', '-req', ...request, ...signing, ...LASTING, '-out', 'eventstore.crt');
  for (const name of PASSING) rmSync(join(folder, name));
  // The folder lets nobody else in; the file itself is read by the user of a container.
  chmodSync(join(folder, 'eventstore.key'), 0o644);
};

mkdirSync(folder, { recursive: true, mode: 0o700 });
writeEnvironment();
writeCertificates();
process.stdout.write(
  `${join(root, '.env')} dan ${folder} ada. Simpan cadangannya di tempat lain.\n`,
);
