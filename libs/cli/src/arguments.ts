import { InvalidArgumentError } from 'commander';
import { platformRejections } from '#lumbung/contracts';
import { Instant, PlainDate, RegencyCode, VillageCode, type z } from '#lumbung/kernel';

type Code = 'DATE_MALFORMED' | 'INSTANT_MALFORMED' | 'REGENCY_CODE_MALFORMED';

const readAs =
  <T>(schema: z.ZodType<T>, code: Code | 'VILLAGE_CODE_MALFORMED', tidy = (text: string) => text) =>
  (text: string): T => {
    const parsed = schema.safeParse(tidy(text.trim()));
    if (parsed.success) return parsed.data;
    throw new InvalidArgumentError(`${platformRejections[code]} [${code}]`);
  };

// People leave out what is zero: `2026-01-31T02:00Z` for `2026-01-31T02:00:00.000Z`.
const inFull = (text: string) => {
  const [, minutes, seconds = ':00', thousandths = '.'] =
    /^(.{10}T\d\d:\d\d)(:\d\d)?(\.\d{1,3})?Z$/.exec(text) ?? [];
  return minutes ? `${minutes}${seconds}${thousandths.padEnd(4, '0')}Z` : text;
};

export const dateArgument = readAs(PlainDate, 'DATE_MALFORMED');
export const instantArgument = readAs(Instant, 'INSTANT_MALFORMED', inFull);
export const regencyArgument = readAs(RegencyCode, 'REGENCY_CODE_MALFORMED');
export const villageArgument = readAs(VillageCode, 'VILLAGE_CODE_MALFORMED');

export const wholeArgument =
  (least: number, most: number) =>
  (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Harus bilangan bulat dari ${least} sampai ${most}.`);
  };
