// Builds when there is no build yet or a source is newer than the last one.
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const BUILT = ['dist/apps/lumbung/src/main.js', 'dist/dashboard/index.html'];
const SOURCES = ['apps', 'libs', 'bench', 'package.json', 'tsconfig.base.json', 'nest-cli.json'];

const modified = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

const newest = (path) => {
  const entry = statSync(path, { throwIfNoEntry: false });
  if (!entry?.isDirectory()) return modified(path);
  return readdirSync(path, { recursive: true }).reduce(
    (latest, name) => Math.max(latest, modified(`${path}/${name}`)),
    0,
  );
};

const built = Math.min(...BUILT.map((path) => modified(`${root}${path}`)));
const changed = Math.max(...SOURCES.map((path) => newest(`${root}${path}`)));

if (built < changed) {
  process.stderr.write('Membangun program, sekali saja …\n');
  const { status } = spawnSync('npm', ['run', '--silent', 'build'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  process.exitCode = status ?? 1;
}
