import type { AnySent, Caller, Recorded } from '#lumbung/kernel';

type Happened = Pick<Recorded, 'id' | 'metadata'>;

/** Is told of the work of the runners while it is done; an engine is the same without one. */
export interface Observer {
  /** Executes a command on a stream. */
  executing<T>(
    stream: string,
    command: AnySent,
    caller: Caller,
    execute: () => Promise<T>,
  ): Promise<T>;

  /** Does what follows from an event, whichever process recorded it. */
  following<T>(name: string, event: Happened, work: () => Promise<T>): Promise<T>;

  /** As `following`, of many events at once: it has begun, and what is answered ends it. */
  began(name: string, events: readonly Recorded[]): () => void;
}
