import type { Checkpoint, Put, ReadStore } from '#lumbung/read-store';

/** Where a write is cut: before it took hold, in the midst of its documents, or after. */
export type Cut = 'before' | 'midway' | 'after';

/** A read store whose machine loses power at its nth write, and does nothing from then on. */
export const cutAt = (store: ReadStore, nth: number, cut: Cut) => {
  let writes = 0;
  let isOff = false;
  const lost = () => new Error('the power is off');
  const write = async (whole: () => Promise<void>, part: () => Promise<void>) => {
    if (isOff) throw lost();
    if (writes++ !== nth) return whole();
    isOff = true;
    if (cut === 'after') await whole();
    if (cut === 'midway') await part();
    throw lost();
  };
  const nothing = async () => undefined;
  const unsure: ReadStore = {
    ...store,
    // Documents one by one, and the checkpoint when all are there: the least that a port promises.
    put: (puts, checkpoints) =>
      write(
        () => store.put(puts, checkpoints),
        () => store.put(puts.slice(0, Math.ceil(puts.length / 2)), {}),
      ),
    setPointer: (name, value) => write(() => store.setPointer(name, value), nothing),
    drop: (collection) => write(() => store.drop(collection), nothing),
  };
  return { store: unsure, wasCut: () => isOff };
};

type Write = { puts: readonly Put[]; checkpoints: Readonly<Record<string, Checkpoint>> };

/** A read store that tells what was put, and holds writes back while it is shut. */
export const watched = (store: ReadStore) => {
  const writes: Write[] = [];
  let shut: Promise<void> | undefined;
  let open: () => void = () => undefined;
  let held = 0;
  const watching: ReadStore = {
    ...store,
    async put(puts, checkpoints) {
      held += 1;
      await shut;
      held -= 1;
      writes.push({ puts, checkpoints });
      await store.put(puts, checkpoints);
    },
  };
  return {
    store: watching,
    writes,
    held: () => held,
    shut: () => {
      shut = new Promise((resolve) => {
        open = resolve;
      });
    },
    open: () => {
      shut = undefined;
      open();
    },
  };
};
