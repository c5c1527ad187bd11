import ts from 'typescript';
import { lineOf, linesOf, parse, visitAll } from './syntax.js';
import { type Check, eachFile, isCode, isGenerated, isPure, isScript } from './tree.js';

const WIDTH_MAX = 100;
const PURE_LINES_MAX = 250;
const LINES_MAX = 400;
const FUNCTION_LINES_MAX = 70;
const FILES_MAX = 12;

export const lineWidth = eachFile('line width', isCode, ({ path, text }) =>
  text.split('\n').flatMap((line, index) => {
    const width = [...line].length;
    return width > WIDTH_MAX ? [`${path}:${index + 1} is ${width} wide`] : [];
  }),
);

export const fileLength = eachFile('file length', isCode, ({ path, text }) => {
  const lines = text.replace(/\n$/, '').split('\n').length;
  const most = isPure(path) ? PURE_LINES_MAX : LINES_MAX;
  return lines > most ? [`${path} has ${lines} lines, ${most} at most`] : [];
});

const isDescribe = (node: ts.Node): boolean => {
  if (ts.isCallExpression(node)) return isDescribe(node.expression);
  if (ts.isPropertyAccessExpression(node)) return isDescribe(node.expression);
  return ts.isIdentifier(node) && node.text.startsWith('describe');
};

const isDescribeCall = (node: ts.Node) => ts.isCallExpression(node) && isDescribe(node.expression);

// A describe block is a chapter, not a function; what stands around it is counted without it.
const ownLines = (fn: ts.Node): number => {
  let lines = linesOf(fn);
  visitAll(fn, (node) => {
    if (!isDescribeCall(node)) return true;
    lines -= linesOf(node);
    return false;
  });
  return lines;
};

const isFunction = (node: ts.Node) => ts.isFunctionLike(node) && 'body' in node && node.body;

export const functionLength = eachFile('function length', isScript, (source) => {
  const found: string[] = [];
  visitAll(parse(source), (node) => {
    if (!isFunction(node) || isDescribeCall(node.parent)) return true;
    const lines = ownLines(node);
    if (lines > FUNCTION_LINES_MAX) {
      found.push(`${source.path}:${lineOf(node)} is a function of ${lines} lines`);
    }
    return true;
  });
  return found;
});

const isCounted = (path: string) =>
  /^(apps|libs|test|bench|docs|deploy)\//.test(path) &&
  !/^docs\/adr\/|\/golden\//.test(path) &&
  !/\.spec\.tsx?$/.test(path) &&
  !isGenerated(path);

/** Specs, generated files and what only ever grows (ADRs, golden events) stand aside. */
export const folderSize: Check = {
  name: 'folder size',
  find: (tree) => {
    const sizes = new Map<string, number>();
    for (const { path } of tree.filter((source) => isCounted(source.path))) {
      const folder = path.slice(0, path.lastIndexOf('/'));
      sizes.set(folder, (sizes.get(folder) ?? 0) + 1);
    }
    return [...sizes]
      .filter(([, files]) => files > FILES_MAX)
      .map(([folder, files]) => `${folder} has ${files} files, ${FILES_MAX} at most`);
  },
};
