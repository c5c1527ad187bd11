import { lineOf, namesGiven, parse } from './syntax.js';
import { type Check, eachFile, isGenerated, isScript, type Source } from './tree.js';

/** A term of the glossary and the words that must not stand in its place. */
export type Term = { term: string; banned: string[] };

const GLOSSARY = 'docs/GLOSSARY.md';

const cells = (row: string) => row.split('|').slice(1, -1);
const quoted = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, word]) => word ?? '');

/** The rows of the tables whose first cell names an identifier; the last cell lists the banned. */
export const termsOf = (glossary: string): Term[] =>
  glossary
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map(cells)
    .map((row) => ({ term: quoted(row[0] ?? '').join(', '), banned: quoted(row.at(-1) ?? '') }));

const wordsOf = (name: string) =>
  (name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? []).map((word) => word.toLowerCase());

const isWord = (word: string | undefined, banned: string) =>
  word === banned || word === `${banned}s`;

const holds = (words: string[], part: string[]) =>
  words.some((_, start) => part.every((word, index) => isWord(words[start + index], word)));

/** The term that a name should have used, or nothing. */
export const bannedIn = (name: string, terms: readonly Term[]): Term | undefined => {
  const words = wordsOf(name);
  return terms.find(({ banned }) => banned.some((synonym) => holds(words, wordsOf(synonym))));
};

const withoutProse = (sdl: string) => sdl.replace(/"""[\s\S]*?"""|"[^"\n]*"|#.*/g, '');

type Given = { name: string; line?: number };

const namesIn = (source: Source): Given[] => {
  const stem = source.path.split('/').at(-1) ?? '';
  const names = source.path.endsWith('.graphql')
    ? (withoutProse(source.text).match(/\w+/g) ?? []).map((name) => ({ name }))
    : namesGiven(parse(source)).map((node) => ({ name: node.text, line: lineOf(node) }));
  return [{ name: stem }, ...names];
};

const isNaming = (path: string) =>
  /^(apps|libs|bench)\//.test(path) &&
  !isGenerated(path) &&
  (isScript(path) || path.endsWith('.graphql'));

/** One word for one thing: docs/GLOSSARY.md says which. */
export const glossary: Check = {
  name: 'glossary',
  find: (tree) => {
    const terms = termsOf(tree.find(({ path }) => path === GLOSSARY)?.text ?? '');
    if (terms.length === 0) return [`${GLOSSARY} has no terms`];
    return tree
      .filter(({ path }) => isNaming(path))
      .flatMap((source) =>
        namesIn(source).flatMap(({ name, line }) => {
          const term = bannedIn(name, terms);
          const place = line ? `${source.path}:${line}` : source.path;
          return term ? [`${place} says ${name}, the glossary ${term.term}`] : [];
        }),
      );
  },
};

const findWords = (pattern: RegExp) => (source: Source) =>
  source.text.split('\n').flatMap((line, index) => {
    const word = line.match(pattern)?.[0];
    return word ? [`${source.path}:${index + 1} says ${word}`] : [];
  });

// Written in pieces, so that this file does not say what it forbids.
const either = (...words: string[][]) => words.map((pieces) => pieces.join('')).join('|');

const UNFINISHED = new RegExp(`\\b(${either(['TO', 'DO'], ['FIX', 'ME'], ['X', 'XX'])})\\b`);

/** What is not finished is an issue, not a mark in the code. */
export const marks = eachFile('unfinished marks', () => true, findWords(UNFINISHED));

const MAKERS = either(
  ['Cla', 'ude'],
  ['Anthro', 'pic'],
  ['Open', 'AI'],
  ['Chat', 'GPT'],
  ['Copi', 'lot'],
  ['L', 'LM'],
  ['language ', 'model'],
  ['coding ', 'agent'],
  ['sub', 'agents?'],
  ['AI', '[ -](agent|assistant|tool|generated)'],
  ['(this|previous|earlier|last|next) ', 'session'],
  ['(issue|ticket|pull request) ', '#?\\d+'],
);
const HOW_IT_WAS_MADE = new RegExp(`\\b(${MAKERS})\\b|(^|[\\s'"\`(])/${'work'}/`, 'i');

/** The tree says what is so and why, never how or by whom it was written. */
export const makers = eachFile('how it was made', () => true, findWords(HOW_IT_WAS_MADE));
