import ts from 'typescript';
import { parse } from './syntax.js';
import { eachFile, isGenerated, isScript } from './tree.js';

const SERVICE = /^libs\/(membership|ledger|reporting|financing|partnership)\/src\//;
const CONTRACTS = /^libs\/contracts\/src\//;
const GATEWAY = /^libs\/gateway\/src\//;

const ROLES = {
  service: /\.(events|decider|policy|stream|public|projection|workflow|handler|module|spec)\.ts$/,
  contracts: /\.(api|spec)\.ts$|^libs\/contracts\/src\/[^/]+\/rejections\.ts$/,
  gateway: /\.(graphql|(resolver|loader|policy|scalar|module|spec)\.ts)$/,
};

// Contracts and gateway keep a few plain nouns at their root: what all features share.
const PLAIN_NOUN = /^libs\/(contracts|gateway)\/src\/[a-z][a-z-]*\.ts$/;
const DATA = /(^|\/)(README\.md|[^/]+\.(json|csv))$/;
const ADAPTERS = 'event-store|read-store|transport';
const FRONT = new RegExp(`^libs/([^/]+/src|(${ADAPTERS})/src/[^/]+|[^/]+/src/testing)/index\\.ts$`);

const roleOf = (path: string) => {
  if (SERVICE.test(path)) return ROLES.service;
  if (CONTRACTS.test(path)) return ROLES.contracts;
  return GATEWAY.test(path) ? ROLES.gateway : undefined;
};

const isRoleless = (path: string) =>
  isGenerated(path) || DATA.test(path) || PLAIN_NOUN.test(path) || /\/src\/testing\//.test(path);

/** The file roles of services, contracts and gateway are a closed set. */
export const fileRoles = eachFile(
  'file roles',
  (path) => roleOf(path) !== undefined && !isRoleless(path) && !FRONT.test(path),
  ({ path }) => (roleOf(path)?.test(path) ? [] : [`${path} has no role that its suffix tells`]),
);

const VAGUE = /(^|\/)(utils?|common|helpers?|dtos?|interfaces?)(\/|\.[^/]+$)/;

export const vagueNames = eachFile(
  'vague names',
  (path) => /^(apps|libs|test|bench)\//.test(path),
  ({ path }) => (VAGUE.test(path) ? [`${path} says nothing: which noun is missing?`] : []),
);

const passesOnOnly = (file: ts.SourceFile) =>
  file.statements.length > 0 &&
  file.statements.every((node) => ts.isExportDeclaration(node) && node.moduleSpecifier);

/** Barrels hide what a file needs and close cycles: a library has one front, and no others. */
export const barrels = eachFile(
  'barrels',
  (path) => isScript(path) && !FRONT.test(path),
  (source) => {
    const barrel = /\/index\.tsx?$/.test(source.path) || passesOnOnly(parse(source));
    return barrel ? [`${source.path} is a barrel`] : [];
  },
);

const importedNames = (statement: ts.ImportDeclaration) => {
  const bindings = statement.importClause?.namedBindings;
  if (!bindings || !ts.isNamedImports(bindings)) return ['everything'];
  return bindings.elements.map(({ name, propertyName }) => (propertyName ?? name).text);
};

/** Of the transport a resolver sees the permission decorator only. */
export const resolverImports = eachFile(
  'resolver imports',
  (path) => /^libs\/gateway\/.+\.(resolver|loader|scalar)\.ts$/.test(path),
  (source) =>
    parse(source)
      .statements.filter(ts.isImportDeclaration)
      .filter(({ moduleSpecifier }) => moduleSpecifier.getText().includes('#lumbung/transport'))
      .flatMap(importedNames)
      .filter((name) => name !== 'Permission')
      .map((name) => `${source.path} takes ${name} from the transport`),
);
