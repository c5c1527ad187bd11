import { Packr } from 'msgpackr';

/** The keys of one shape of object, in order. */
export type Shape = string[];

// Names of fields; what looks like data, such as an account or a member's id, makes no shape.
const FIELD = /^[A-Za-z_$][\w$]{0,39}$/;
const WIDEST = 64;
const MOST_SHAPES = 4_000;
// More than are ever shared: what msgpackr numbers once its own bound is reached would meet.
const MOST_KNOWN = 8_000;

// Of field names that were tried; looking one up costs less than trying it again.
const MOST_FIELDS = 10_000;
const fields = new Set<string>();

const isField = (key: string): boolean => {
  if (fields.has(key)) return true;
  if (!FIELD.test(key)) return false;
  if (fields.size < MOST_FIELDS) fields.add(key);
  return true;
};

/** Whether an object names its shape; any other is a map that repeats its keys. */
const hasShape = (value: object): boolean => {
  let width = 0;
  for (const key in value) if (++width > WIDEST || !isField(key)) return false;
  return true;
};

/**
 * Payloads as MessagePack whose objects name their shape instead of repeating their keys. A shape
 * must be in the log before a payload that names it: `onShape` hears of each new one, in order.
 */
export const payloadCodec = (known: readonly Shape[], onShape: (shape: Shape) => void) => {
  let count = known.length;
  let shared = known.length;
  const packr = new Packr({
    maxSharedStructures: MOST_KNOWN,
    getStructures: () => known.map((shape) => [...shape]),
    saveStructures: (shapes) => {
      for (const shape of (shapes as Shape[]).slice(count)) onShape([...shape]);
      count = (shapes as Shape[]).length;
      return true;
    },
    // A second one of a shape that the log does not define could not be told from a number while
    // the log defines few.
    useRecords: hasShape,
    mapsAsObjects: true,
    shouldShareStructure: () => {
      const isShared = shared < MOST_SHAPES;
      if (isShared) shared += 1;
      return isShared;
    },
  } as ConstructorParameters<typeof Packr>[0]);
  return {
    /** Valid until the next call. */
    pack: (value: unknown): Uint8Array => packr.pack(value),
    /** Reads within `bytes` as they are: a view of its own would cost more than what is in it. */
    unpack: <T>(bytes: Uint8Array, start = 0, end = bytes.length): T =>
      packr.unpack(bytes, { start, end } as never) as T,
  };
};

export type PayloadCodec = ReturnType<typeof payloadCodec>;
