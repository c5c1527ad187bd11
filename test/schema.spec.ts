import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import {
  buildSchema,
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql';
import ts from 'typescript';
import { parse, visitAll } from './tidy/syntax.js';
import { readTree, type Source } from './tidy/tree.js';

const SDL = /^libs\/gateway\/src\/.+\.graphql$/;
const RESOLVERS = /^libs\/gateway\/src\/.+\.resolver\.ts$/;

const tree = await readTree();
const sdl = tree.filter(({ path }) => SDL.test(path)).map(({ text }) => text);
const schema: GraphQLSchema = buildSchema(sdl.join('\n'));

// The roots explain nothing by themselves.
const ROOTS = ['Query', 'Mutation'];

const ownTypes = Object.values(schema.getTypeMap()).filter(
  (type) => !isSpecifiedScalarType(type) && !isIntrospectionType(type),
);

const fieldsOf = (type: GraphQLNamedType) => {
  if (isEnumType(type)) return type.getValues();
  if (isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)) {
    return Object.values(type.getFields());
  }
  return [];
};

type Explained = { name: string; description?: string | null };

/** The fields of a type and their arguments, each under its whole name. */
const membersOf = (type: GraphQLNamedType): Explained[] =>
  fieldsOf(type).flatMap((field) => {
    const { description } = field;
    const name = `${type.name}.${field.name}`;
    const args: readonly Explained[] = 'args' in field ? field.args : [];
    const ofArgs = args.map((arg) => ({ ...arg, name: `${name}(${arg.name})` }));
    return [{ name, description }, ...ofArgs];
  });

describe('the schema', () => {
  it('explains every type, every field and every argument', () => {
    const types = ownTypes.filter(({ name }) => !ROOTS.includes(name));
    const members = ownTypes.flatMap(membersOf);
    const unexplained = [...types, ...members].filter(({ description }) => !description?.trim());
    expect(unexplained.map(({ name }) => name)).toEqual([]);
    expect(members.length).toBeGreaterThan(100);
    expect(members.filter(({ name }) => name.endsWith(')')).length).toBeGreaterThan(20);
  });

  it('is the one that the generated types come from', async () => {
    // In a process of its own: the generator loads its plugins in ways that Jest does not know.
    const script = `
      import { generate, loadContext } from '@graphql-codegen/cli';
      const files = await generate(await loadContext('libs/gateway/codegen.yml'), false);
      console.log('\\n' + JSON.stringify(files));`;
    const generating = promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
    const printed = (await generating).stdout.trim().split('\n').at(-1) ?? '';
    const files: { filename: string; content: string }[] = JSON.parse(printed);
    expect(files.map(({ filename }) => filename)).toHaveLength(2);
    for (const { filename, content } of files) {
      expect(content).toBe(tree.find(({ path }) => path === filename)?.text);
    }
  });
});

const decoratorsOf = (method: ts.MethodDeclaration): string[] =>
  (ts.getDecorators(method) ?? []).flatMap(({ expression }) =>
    ts.isCallExpression(expression) ? [expression.expression.getText()] : [],
  );

type Operation = { kind: string; name: string; permitted: boolean };

const operationsIn = (source: Source): Operation[] => {
  const operations: Operation[] = [];
  visitAll(parse(source), (node) => {
    if (!ts.isMethodDeclaration(node)) return true;
    const decorators = decoratorsOf(node);
    const kind = decorators.find((name) => ['Query', 'Mutation', 'ResolveField'].includes(name));
    const permitted = decorators.includes('Permission');
    if (kind) operations.push({ kind, name: node.name.getText(), permitted });
    return false;
  });
  return operations;
};

describe('resolvers', () => {
  const operations = tree.filter(({ path }) => RESOLVERS.test(path)).flatMap(operationsIn);

  it('name the permission that each operation needs', () => {
    expect(operations.filter(({ permitted }) => !permitted)).toEqual([]);
    expect(operations.length).toBeGreaterThan(20);
  });

  it.each([
    ['Query', schema.getQueryType()],
    ['Mutation', schema.getMutationType()],
  ])('answer every %s of the schema', (kind, root) => {
    const answered = operations.filter((operation) => operation.kind === kind);
    const asked = Object.keys(root?.getFields() ?? {});
    expect(answered.map(({ name }) => name).sort()).toEqual(asked.sort());
  });
});
