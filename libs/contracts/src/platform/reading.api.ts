import { type Ask, type FaceClass, face, type PlainDate, query, z } from '#lumbung/kernel';
import { AskProgress, type Progress, RebuildProjection, type Rebuilt } from './progress.api.js';

const Place = { position: z.string().regex(/^\d{1,20}$/), limit_ms: z.int().min(1).max(5_000) };

export const FollowTo = query(Place);
export const ArriveAt = query(Place);
export const AskAbout = query({});

/** What a process was founded to serve, and its day. */
export type About = {
  regency: string;
  zone: string;
  simulated: boolean;
  businessDate: PlainDate;
};

/** How far one process has read, of those that serve a regency together. */
export abstract class ReadingApi {
  /**
   * Waits until its workflows have followed the log to `position`; answers the furthest position
   * that their commands came to, or null when it gave up.
   */
  abstract follow(ask: Ask<typeof FollowTo>): Promise<string | null>;
  /** Waits until its projections have come to `position`; false when it gave up. */
  abstract arrive(ask: Ask<typeof ArriveAt>): Promise<boolean>;
  abstract progress(ask: Ask<typeof AskProgress>): Promise<Progress>;
  /** As `ProgressApi.rebuild`, but answers nothing for a projection of another process. */
  abstract rebuild(ask: Ask<typeof RebuildProjection>): Promise<Rebuilt[]>;
  abstract about(ask: Ask<typeof AskAbout>): Promise<About>;
}

/** The face of a process, by its name: `ledger.reading`. */
export const readingOf = (process: string): FaceClass<ReadingApi> => {
  abstract class ReadingOf extends ReadingApi {
    static readonly face = face<ReadingApi>(`${process}.reading`, {
      follow: FollowTo,
      arrive: ArriveAt,
      progress: AskProgress,
      rebuild: RebuildProjection,
      about: AskAbout,
    });
  }
  return ReadingOf;
};
