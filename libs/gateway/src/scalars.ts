import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { platformRejections } from '#lumbung/contracts';
import { Instant, Month, PlainDate, Rupiah, VillageCode, type z } from '#lumbung/kernel';

export type { Instant, Month, PlainDate, Rupiah, VillageCode } from '#lumbung/kernel';

type Code = keyof typeof platformRejections;

const malformed = (code: Code) =>
  new GraphQLError(String(platformRejections[code]), { extensions: { code } });

// A literal with a fraction is never whole, however near its digits come to it.
const literalValue = (node: ValueNode): unknown => {
  if (node.kind === Kind.INT) return Number(node.value);
  return node.kind === Kind.STRING ? node.value : undefined;
};

const scalar = (name: string, schema: z.ZodType, code: Code) => {
  const parse = (value: unknown) => {
    const parsed = schema.safeParse(value);
    if (!parsed.success) throw malformed(code);
    return parsed.data;
  };
  return new GraphQLScalarType({
    name,
    serialize: (value) => value,
    parseValue: parse,
    parseLiteral: (node) => parse(literalValue(node)),
  });
};

export const scalars = {
  Rupiah: scalar('Rupiah', Rupiah, 'AMOUNT_NOT_WHOLE'),
  Date: scalar('Date', PlainDate, 'DATE_MALFORMED'),
  Instant: scalar('Instant', Instant, 'INSTANT_MALFORMED'),
  Month: scalar('Month', Month, 'MONTH_MALFORMED'),
  VillageCode: scalar('VillageCode', VillageCode, 'VILLAGE_CODE_MALFORMED'),
};
