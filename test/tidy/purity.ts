import ts from 'typescript';
import { globalsUsed, lineOf, parse, visitAll } from './syntax.js';
import { eachFile, isPure, isScript, isTestCode } from './tree.js';

const IMPURE = new Set([
  'Date',
  'console',
  'crypto',
  'fetch',
  'globalThis',
  'performance',
  'process',
  'queueMicrotask',
  'setImmediate',
  'setInterval',
  'setTimeout',
]);

const IMPURE_MEMBERS = new Set(['Math.random', 'Temporal.Now']);

// What a text means in UTC is the same on every machine.
const TIMELESS = new Set(['Date.parse', 'Date.UTC']);

const memberOf = (node: ts.Node) =>
  ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)
    ? `${node.expression.text}.${node.name.text}`
    : '';

const isKernel = (path: string) => path.startsWith('libs/kernel/src/');

/** Time, ids and chance come with the command's metadata, so a fold is the same for ever. */
export const pureFiles = eachFile(
  'pure files',
  (path) => isScript(path) && (isPure(path) || isKernel(path)) && !isTestCode(path),
  (source) => {
    const file = parse(source);
    const found = globalsUsed(file)
      .filter((name) => IMPURE.has(name.text) && !TIMELESS.has(memberOf(name.parent)))
      .map((name) => `${source.path}:${lineOf(name)} uses ${name.text}`);
    visitAll(file, (node) => {
      const member = memberOf(node);
      if (IMPURE_MEMBERS.has(member)) found.push(`${source.path}:${lineOf(node)} uses ${member}`);
      return true;
    });
    return found;
  },
);

const MACHINE = new Set([
  'Date.now',
  'Math.random',
  'Temporal.Now',
  'performance.now',
  'process.hrtime',
]);

// By name wherever they come from: node:crypto, node:timers/promises or the global object.
const MACHINE_NAMES = new Set([
  'getRandomValues',
  'randomBytes',
  'randomFill',
  'randomInt',
  'randomUUID',
  'setInterval',
  'setTimeout',
]);

const PLATFORM = 'libs/runtime/src/node.platform.ts';

const machineUse = (node: ts.Node): string | undefined => {
  const member = memberOf(node);
  if (MACHINE.has(member)) return member;
  if (ts.isIdentifier(node) && MACHINE_NAMES.has(node.text)) return node.text;
  if (!ts.isNewExpression(node) && !ts.isCallExpression(node)) return;
  return node.expression.getText() === 'Date' ? 'Date' : undefined;
};

/** A simulator can own time and chance only if libraries take both from the Platform. */
export const onePlatform = eachFile(
  'one platform',
  (path) => isScript(path) && path.startsWith('libs/') && path !== PLATFORM && !isTestCode(path),
  (source) => {
    const found: string[] = [];
    visitAll(parse(source), (node) => {
      const use = machineUse(node);
      if (use) found.push(`${source.path}:${lineOf(node)} takes ${use} from the machine`);
      return true;
    });
    return found;
  },
);
