import { createHash, createHmac } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { RegionApi } from '#lumbung/contracts';
import {
  type CheckedRow,
  type CsvRow,
  type MemberColumn,
  memberCheck,
  memberColumns,
  readCsv,
} from '#lumbung/documents';
import { type Caller, type PlainDate, type Random, RegencyCode } from '#lumbung/kernel';
import { type Bus, clientFor } from '#lumbung/transport';

export type Row = { row: CsvRow<MemberColumn>; checked: CheckedRow };

/** SHA-256 of the file, which names every command that comes of it. */
export const hashOf = async (file: string): Promise<string> => {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Uint8Array);
  return hash.digest('hex');
};

const rowsOf = (file: string) => readCsv(createReadStream(file), memberColumns);

const villagesNamedIn = async (file: string, bus: Bus, caller: Caller) => {
  const regencies = new Set<string>();
  for await (const { values } of rowsOf(file)) {
    regencies.add(values?.kode_desa_ktp.trim().slice(0, 5) ?? '');
  }
  const villages = new Set<string>();
  for (const code of regencies) {
    const regency = RegencyCode.safeParse(code);
    if (!regency.success) continue;
    const query = { regency: regency.data };
    const places = await clientFor(RegionApi, bus).places({ query, caller });
    for (const place of places) villages.add(place.code);
  }
  return villages;
};

type Reading = { file: string; bus: Bus; caller: Caller; today: PlainDate; random: Random };

/** Reads the file from its start, each time anew, row by row, each with what is wrong in it. */
export const checkedRows = async ({ file, bus, caller, today, random }: Reading) => {
  const villages = await villagesNamedIn(file, bus, caller);
  const key = random.bytes(32);
  const hash = (nik: string) => createHmac('sha256', key).update(nik).digest('base64');
  return async function* (): AsyncGenerator<Row> {
    const check = memberCheck({ today, knows: (village) => villages.has(village), hash });
    for await (const row of rowsOf(file)) yield { row, checked: check(row) };
  };
};

/** Takes from a stream this many at a time. */
export async function* inChunks<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let chunk: T[] = [];
  for await (const item of items) {
    chunk.push(item);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
