import { type AnyDecider, command, event, refuse, stream, z } from '../index.js';
import { given } from './index.js';

const Said = event('test.Said', 1, { word: z.string() });
const Say = command('Say', { word: z.string() });
const table = { TOO_LONG: ({ most }: { most: number }) => `Paling banyak ${most} huruf.` } as const;

const speech = {
  commands: [Say],
  events: [Said],
  initial: { said: 0 },
  decide: {
    Say: ({ data: { word } }: { data: { word: string } }) => {
      if (word.length > 5) throw refuse(table, 'TOO_LONG', { most: 5 });
      if (word === '') throw new TypeError('no word');
      return [Said({ word })];
    },
  },
  evolve: {
    'test.Said': (state: { said: number }) => {
      state.said += 1;
    },
  },
} as AnyDecider;
const speeches = stream('speech', { speech });
const asked = (word: string) => given(speeches).when(Say, { word });

describe('a story', () => {
  it('holds when it is told as it is', () => {
    expect(given(speeches, Said({ word: 'a' })).state).toEqual({ speech: { said: 1 } });
    expect(() => asked('hello').yields(Said({ word: 'hello' }))).not.toThrow();
    expect(() => asked('farewell').rejects('TOO_LONG', { most: 5 })).not.toThrow();
    expect(asked('hello').then()).toEqual([Said({ word: 'hello' })]);
  });

  it('fails when something else happens', () => {
    expect(() => asked('hello').yields(Said({ word: 'bye' }))).toThrow();
    expect(() => asked('hello').yields()).toThrow();
    expect(() => asked('farewell').yields(Said({ word: 'farewell' }))).toThrow('TOO_LONG');
  });

  it('fails when nothing is rejected, or something else is', () => {
    expect(() => asked('hello').rejects('TOO_LONG')).toThrow('expected TOO_LONG, got');
    expect(() => asked('farewell').rejects('TOO_SHORT')).toThrow();
    expect(() => asked('farewell').rejects('TOO_LONG', { most: 6 })).toThrow();
  });

  it('takes a bug for a bug, and a history that it does not know for one', () => {
    expect(() => asked('').rejects('TOO_LONG')).toThrow(TypeError);
    const unheard = { type: 'test.Unheard', version: 1, data: {} };
    expect(() => given(speeches, unheard)).toThrow('speech does not know test.Unheard');
  });
});
