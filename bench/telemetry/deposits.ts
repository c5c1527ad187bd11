// What it costs to be watched: durable deposits in one process, told of or not.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { report } from '../report.js';

const ROUNDS = 7;

const started = (script: string, environment: Record<string, string> = {}): ChildProcess =>
  fork(fileURLToPath(new URL(script, import.meta.url)), {
    env: { ...process.env, ...environment },
  });

const answerOf = async (child: ChildProcess): Promise<number> => {
  const [answer] = (await once(child, 'message')) as [number];
  return answer;
};

const measured = (child: ChildProcess): Promise<number> => {
  child.send('measure');
  return answerOf(child);
};

const collector = started('./swallow.js');
const OTEL_EXPORTER_OTLP_ENDPOINT = `http://127.0.0.1:${await answerOf(collector)}`;
const LUMBUNG_OPS = '127.0.0.1:0';
const traces = (share: number) => ({
  ...{ LUMBUNG_OPS, OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_TRACES_SAMPLER_ARG: String(share) },
});

const WATCHED: Record<string, Record<string, string>> = {
  'not watched': {},
  'with figures': { LUMBUNG_OPS },
  'with figures and one trace in a hundred': traces(0.01),
  'with figures and every trace': traces(1),
};

type Process = { name: string; child: ChildProcess; rates: number[] };

const processes: Process[] = [];
for (const [name, environment] of Object.entries(WATCHED)) {
  const child = started('./watched.js', environment);
  await measured(child);
  processes.push({ name, child, rates: [] });
}
// One at a time, in turn: a slow minute of the machine is slow for all of them.
for (let round = 0; round < ROUNDS; round++) {
  for (const { child, rates } of processes) rates.push(await measured(child));
}
for (const { child } of processes) {
  child.disconnect();
  await once(child, 'exit');
}
collector.disconnect();

const [plain, ...watched] = processes.map(({ name, rates }) => ({
  name: `durable deposits, 64 at once over 64 cooperatives, ${name}`,
  // Whatever else the machine does can only make it slower.
  value: Math.max(...rates),
  unit: 'commands/s',
}));
if (!plain) throw new TypeError('nothing was measured');
const compared = { peer: 'the same, not watched', peerValue: plain.value };
report('telemetry-deposits', [plain, ...watched.map((row) => ({ ...row, ...compared }))]);
