import { printSchema } from 'graphql';

/** Writes the SDL into a module, so that the built gateway carries its schema with it. */
export const plugin = (schema) => {
  const sdl = printSchema(schema).replaceAll('\\', '\\\\').replaceAll('`', '\\`');
  return `export const typeDefs = \`${sdl}\`;\n`;
};
