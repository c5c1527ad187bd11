import ts from 'typescript';
import type { Source } from './tree.js';

const parsed = new WeakMap<Source, ts.SourceFile>();

export const parse = (source: Source): ts.SourceFile => {
  const known = parsed.get(source);
  if (known) return known;
  const kind = source.path.endsWith('.tsx') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const file = ts.createSourceFile(source.path, source.text, ts.ScriptTarget.ES2023, true, kind);
  parsed.set(source, file);
  return file;
};

/** Visits every node; `visit` answers false to leave out what is below. */
export const visitAll = (node: ts.Node, visit: (node: ts.Node) => boolean | undefined): void => {
  if (visit(node) === false) return;
  ts.forEachChild(node, (child) => visitAll(child, visit));
};

/** Counted from 1, as editors do. */
export const lineOf = (node: ts.Node): number =>
  node.getSourceFile().getLineAndCharacterOfPosition(node.getStart()).line + 1;

export const linesOf = (node: ts.Node): number => {
  const end = node.getSourceFile().getLineAndCharacterOfPosition(node.getEnd()).line + 1;
  return end - lineOf(node) + 1;
};

type Named = ts.Node & { name: ts.Identifier | ts.StringLiteral };

const refersElsewhere = (node: ts.Node) =>
  ts.isPropertyAccessExpression(node) ||
  ts.isImportSpecifier(node) ||
  ts.isExportSpecifier(node) ||
  ts.isImportClause(node) ||
  ts.isMetaProperty(node) ||
  ts.isJsxAttribute(node) ||
  ts.isPropertyAssignment(node) ||
  ts.isShorthandPropertyAssignment(node);

const isNamed = (node: ts.Node): node is Named => {
  const { name } = node as Partial<Named>;
  return name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteral(name));
};

/**
 * The names that a file gives: variables, functions, types, parameters and declared properties. A
 * key of an object literal is another's name or data, such as a word of an address.
 */
export const namesGiven = (file: ts.SourceFile): (ts.Identifier | ts.StringLiteral)[] => {
  const names: (ts.Identifier | ts.StringLiteral)[] = [];
  visitAll(file, (node) => {
    if (!refersElsewhere(node) && isNamed(node)) names.push(node.name);
    return true;
  });
  return names;
};

const isBinding = (node: ts.Node): node is Named =>
  isNamed(node) &&
  (ts.isVariableDeclaration(node) ||
    ts.isParameter(node) ||
    ts.isBindingElement(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isImportSpecifier(node) ||
    ts.isImportClause(node) ||
    ts.isNamespaceImport(node));

const isReference = (name: ts.Identifier) => {
  const { parent } = name;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === name;
  if (ts.isQualifiedName(parent)) return parent.left === name;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  if (ts.isBindingElement(parent) && parent.propertyName === name) return false;
  return !isNamed(parent) || parent.name !== name;
};

/** The global names that a file uses, types included: those it neither declares nor imports. */
export const globalsUsed = (file: ts.SourceFile): ts.Identifier[] => {
  const bound = new Set<string>();
  const used: ts.Identifier[] = [];
  visitAll(file, (node) => {
    if (isBinding(node)) bound.add(node.name.text);
    if (ts.isIdentifier(node) && isReference(node)) used.push(node);
    return true;
  });
  return used.filter(({ text }) => !bound.has(text));
};
