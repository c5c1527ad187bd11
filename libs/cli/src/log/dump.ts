import { pipeline } from 'node:stream/promises';
import { categoryOf, type RawPayload, type Stored } from '#lumbung/event-store';
import { instantAt } from '#lumbung/kernel';
import type { Means } from '../folder/session.js';
import { type LogReader, logOf, reading } from './folder.js';

export type DumpOptions = {
  stream?: string;
  category?: string;
  type?: string;
  from?: bigint;
  limit?: number;
  backwards?: boolean;
};

const payloadOf = (value: unknown, raw: RawPayload | undefined): unknown =>
  raw && !raw.isJson ? { base64: Buffer.from(raw.bytes).toString('base64') } : value;

const lineOf = (event: Stored): string => {
  const { position, stream, revision, id, type, version, created } = event;
  const shown = {
    ...{ position: String(position), stream, revision, id, type, version },
    created: instantAt(Math.floor(created)),
    data: payloadOf(event.data, event.rawData),
    metadata: payloadOf(event.metadata, event.rawMetadata),
  };
  return `${JSON.stringify(shown)}\n`;
};

const batchesOf = (reader: LogReader, { stream, category, type, from, ...how }: DumpOptions) => {
  const direction = how.backwards ? 'backwards' : 'forwards';
  if (stream !== undefined) return reader.readStream(stream, { direction, mustExist: true });
  return reader.readAll({
    ...{ direction, system: true },
    ...(from !== undefined && { from }),
    ...(category !== undefined && { filter: { categories: [category] } }),
    ...(type !== undefined && { filter: { types: [type] } }),
  });
};

const wantedBy = ({ category, type, from, backwards }: DumpOptions) => {
  const isPast = (position: bigint, start: bigint) =>
    backwards ? position <= start : position >= start;
  return (event: Stored) =>
    (category === undefined || categoryOf(event.stream) === category) &&
    (type === undefined || event.type === type) &&
    (from === undefined || isPast(event.position, from));
};

async function* lines(reader: LogReader, options: DumpOptions): AsyncGenerator<string> {
  const isWanted = wantedBy(options);
  let left = options.limit ?? Number.POSITIVE_INFINITY;
  for await (const batch of batchesOf(reader, options)) {
    const wanted = batch.filter(isWanted).slice(0, left);
    left -= wanted.length;
    if (wanted.length > 0) yield wanted.map(lineOf).join('');
    if (left === 0) return;
  }
}

const CLOSED = new Set(['EPIPE', 'ERR_STREAM_PREMATURE_CLOSE']);

/** Prints events as they are stored, a line of JSON each, until whoever reads has enough. */
export const dump = async (means: Means, options: DumpOptions): Promise<void> => {
  const path = await logOf(means);
  await reading(path, async (reader) => {
    try {
      await pipeline(lines(reader, options), process.stdout, { end: false });
    } catch (error) {
      if (!CLOSED.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
  });
};
