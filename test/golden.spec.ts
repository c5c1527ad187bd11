import {
  atDeclaredVersion,
  event,
  type Recorded,
  type State,
  type StreamDeclaration,
  uuidOf,
  z,
} from '#lumbung/kernel';
import { documentsOf, recorded } from '#lumbung/kernel/testing';
import { type Declared, declared, typesInSources } from './golden/declared.js';
import { complaints, type Golden, goldens } from './golden/goldens.js';

type Struck = { asOf: number; stateVersion: number; json: string };

const isCheckpoint = ({ checkpoint }: StreamDeclaration, type: string) =>
  checkpoint?.event.type === type;

/** An event’s type, and its data at the version that is declared now. */
const latest = ({ events }: Declared, event: Recorded) => {
  const declaration = events.find(({ type }) => type === event.type);
  const data = declaration && atDeclaredVersion(event, declaration)?.data;
  return { type: event.type, data: expect.objectContaining(data as object) };
};

/** What others hear of a stored event now. */
const tellings = ({ mappings }: Declared, stored: Recorded) =>
  mappings.flatMap(({ from, map }) => {
    const carries = (stored.data as { posting?: unknown }).posting !== undefined;
    if (from === 'posting') return (carries && map(stored)) || [];
    const current = from.type === stored.type && atDeclaredVersion(stored, from);
    return (current && map(current)) || [];
  });

describe('a golden file', () => {
  const Said = event('test.Said', 1, { word: z.string() });
  const Spoken = event(
    'test.Said',
    2,
    { words: z.array(z.string()) },
    { 1: ({ word }: { word: string }) => ({ words: [word] }) },
  );
  const { position: _, ...stored } = recorded(Said({ word: 'halo' }));
  const golden: Golden = { file: 'test.Said.v1.json', event: { ...stored, version: 1 } };
  const later: Golden = {
    file: 'test.Said.v2.json',
    event: { ...stored, version: 2, data: { words: ['halo'] } },
  };
  const withData = (data: unknown): Golden => ({ ...golden, event: { ...golden.event, data } });

  it('is asked for each version that was ever declared, and read by today’s', () => {
    expect(complaints([Said], [golden])).toEqual([]);
    expect(complaints([Spoken], [golden, later])).toEqual([]);
    expect(complaints([Said], [])).toEqual(['test.Said.v1.json is missing']);
    expect(complaints([Spoken], [later])).toEqual(['test.Said.v1.json is missing']);
    expect(complaints([Spoken], [golden])).toEqual(['test.Said.v2.json is missing']);
  });

  it('is not there without a declaration', () => {
    expect(complaints([], [golden])).toEqual(['test.Said.v1.json has no declaration']);
    expect(complaints([Said], [golden, later])).toEqual(['test.Said.v2.json has no declaration']);
  });

  it.each([
    ['its fields are no longer those of its version', [Said], withData({ words: ['halo'] })],
    ['it has a field more', [Said], withData({ word: 'halo', loud: true })],
    ['the step to the next version does not take it', [Spoken], withData({ word: 7 })],
    ['there is no such step', [event('test.Said', 2, { word: z.string() })], golden],
    [
      'it is read as something else',
      [event('test.Said', 1, { word: z.string().trim() })],
      withData({ word: ' halo' }),
    ],
  ])('is complained of when %s', (_, declarations, file) => {
    const [complaint] = complaints(declarations, [file, later]);
    expect(complaint).toMatch(/^test\.Said\.v1\.json is no longer read: /);
  });

  it('is complained of when it is not as the log would hold it', () => {
    const misnamed = { ...golden, file: 'test.Said.v01.json' };
    expect(complaints([Said], [golden, misnamed])).toEqual([
      'test.Said.v01.json holds another event',
    ]);
    const { actor: _, ...metadata } = golden.event.metadata;
    const nobodys = { ...golden, event: { ...golden.event, metadata } } as Golden;
    expect(complaints([Said], [nobodys])).toEqual([
      expect.stringMatching(/^test\.Said\.v1\.json is not as it is stored: .+actor/s),
    ]);
  });
});

describe('every event that was ever shipped', () => {
  let all: Declared;
  let files: Golden[];
  let log: Recorded[];

  beforeAll(async () => {
    all = await declared();
    files = await goldens();
    log = files.map(({ event }, at) => ({ ...event, position: BigInt(at) }));
  }, 30_000);

  const isStored = ({ stream, type }: Recorded) =>
    all.streamOf(stream).declaration(type) !== undefined;

  it('is found by the walk', async () => {
    expect(all.events.map(({ type }) => type).sort()).toEqual(await typesInSources());
  });

  it('has its golden files, and today’s code reads them', () => {
    expect(complaints(all.events, files)).toEqual([]);
  });

  it('has the id that is derived from its stream and command', () => {
    for (const { id, stream, metadata } of log) {
      const derived = [0, 1, 2, 3].map((index) => uuidOf(stream, metadata.commandId, index));
      expect(derived).toContain(id);
    }
  });

  it('is folded by its stream', () => {
    const states = new Map<string, State>();
    for (const event of log.filter(isStored)) {
      const stream = all.streamOf(event.stream);
      const state = states.get(stream.category) ?? stream.initial();
      expect([event.type, stream.evolve(state, event)]).toEqual([event.type, true]);
      states.set(stream.category, state);
    }
    expect(states.size).toBeGreaterThan(5);
  });

  it('is folded by the projections that look at it, and none looks at nothing', () => {
    expect(all.projections.length).toBeGreaterThan(5);
    for (const projection of all.projections) {
      expect([projection.name, documentsOf(projection, log).size]).not.toContain(0);
    }
  });

  it('is told to others as it was told then', () => {
    const told = log.filter((event) => !isStored(event));
    expect(told.length).toBeGreaterThan(8);
    for (const event of told) {
      const source = log.find((one) => one.id === event.id && isStored(one));
      expect([event.type, source && tellings(all, source)]).toEqual([
        event.type,
        expect.arrayContaining([expect.objectContaining(latest(all, event))]),
      ]);
    }
  });

  // A checkpoint of the same state version is read as it is: changed state would be misread.
  it('makes the state that checkpoints over it hold', () => {
    const struck = log.filter(({ type, stream }) => isCheckpoint(all.streamOf(stream), type));
    expect(struck.length).toBeGreaterThan(1);
    for (const { stream: id, data } of struck) {
      const stream = all.streamOf(id);
      const { asOf, stateVersion, json } = data as Struck;
      if (stateVersion !== stream.checkpoint?.stateVersion) continue;
      const state = stream.initial();
      const before = log.filter((one) => one.stream === id && isStored(one));
      for (const event of before) if (event.revision <= asOf) stream.evolve(state, event);
      expect(JSON.parse(json).state).toEqual(state);
    }
  });
});
