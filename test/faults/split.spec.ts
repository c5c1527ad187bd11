import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { end, stage } from '../stories/lumbung.js';
import { chanceOf } from './chance.js';
import { Disk } from './disk.js';
import { judge } from './judge.js';
import { type Kind, kindsOn, LAST, type Stage } from './kinds.js';
import { Load } from './load.js';
import { describeWithNats } from './processes.js';
import { Regency } from './regency.js';

const SHORT = 10;
const FAULTS = Number(process.env.FAULTS_SPLIT ?? SHORT);
const isShort = FAULTS <= SHORT;
// What is run with every change is the same harm each time; by night it is another.
const SEED = Number(process.env.FAULTS_SEED ?? (isShort ? 11 : Date.now() % 1_000_000));
const NAMED = process.env.FAULTS_KINDS?.split(',');
const BETWEEN_MS = 400;

const { newFolder, serveServices } = stage();

const say = (line: string) => process.stderr.write(`${line}\n`);

/** A round for each kind; where they are fewer than the kinds, all that there are in one. */
const roundsOf = (kinds: readonly Kind[], below: (count: number) => number): Kind[][] => {
  if (FAULTS >= kinds.length) {
    const each = Math.ceil(FAULTS / kinds.length);
    return kinds.map((kind) => Array<Kind>(each).fill(kind));
  }
  const left = [...kinds];
  return [Array.from({ length: FAULTS }, () => left.splice(below(left.length), 1)[0] as Kind)];
};

describeWithNats(`a regency in many processes (FAULTS_SEED=${SEED})`, () => {
  const { below } = chanceOf(SEED);
  const mounted: Disk[] = [];
  let folder: string;
  let scene: Stage;

  const mountedAt = (name: string): Disk | undefined => {
    const disk = Disk.mounted(join(folder, name));
    if (disk) mounted.push(disk);
    return disk;
  };

  beforeAll(async () => {
    folder = await newFolder();
    const [log, read] = [mountedAt('eventstore'), mountedAt('read')];
    const regency = await Regency.open(folder, serveServices);
    const load = new Load(regency.server, below);
    scene = { regency, load, below, disks: log && read && { log, read } };
    await load.prepare();
  });

  afterAll(async () => {
    await end(scene.regency.server);
    for (const disk of mounted) disk.unmount();
  });

  const round = async (kinds: readonly Kind[]) => {
    const { load, regency } = scene;
    const began_ms = performance.now();
    const before = load.acknowledged;
    load.start();
    try {
      for (const { name, fault } of kinds) {
        await setTimeout(below(BETWEEN_MS));
        await fault(scene);
        await Promise.all([regency.whole(), load.goesOn()]).catch((error: Error) => {
          throw new Error(`after ${name}: ${error.message}\n${regency.lastLines()}`);
        });
      }
    } finally {
      await load.stop();
    }
    await judge(regency, load);
    expect(load.refused('UNEXPECTED')).toBe(0);
    const told = {
      acknowledged: load.acknowledged - before,
      seconds: Math.round((performance.now() - began_ms) / 1_000),
      slowest_ms: Math.round(load.slowest_ms),
      ...Object.fromEntries(load.codes),
    };
    const names = [...new Set(kinds.map(({ name }) => name))].join(', ');
    say(`${kinds.length} × ${names}: ${JSON.stringify(told)}`);
  };

  it(`loses nothing and does nothing twice, ${FAULTS} times harmed`, async () => {
    const all = kindsOn(scene);
    const kinds = NAMED ? all.filter(({ name }) => NAMED.includes(name)) : all;
    const rounds = roundsOf(kinds, below);
    for (const kinds of rounds) await round(kinds);
    if (!isShort) await round([LAST]);
    const { accounts, acknowledged } = scene.load;
    say(`${rounds.flat().length} faults, ${accounts.size} commands, ${acknowledged} acknowledged`);
  }, 3_600_000);
});
