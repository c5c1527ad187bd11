import { type Ask, face, type PlainDate, query, z } from '#lumbung/kernel';

export const WaitFor = query({ position: z.string().regex(/^\d{1,20}$/) });
export const AskProgress = query({});

export const AskPlatform = query({});
export const RebuildProjection = query({ projection: z.string().min(1).max(60).optional() });

/** What a process serves. */
export type PlatformInfo = {
  regency: string;
  regencyName: string;
  businessDate: PlainDate;
  zone: string;
  /** A simulated life; every page says so. */
  demo: boolean;
  caughtUp: boolean;
};

/** How far a reader has come; `live` when that is the end of the log. */
export type Reached = { position: string | null; live: boolean };

/** How far readers have come; positions are decimal text. */
export type Progress = {
  head: string | null;
  projections: Record<string, Reached>;
  workflows: Record<string, Reached>;
  /** Projections that are being built beside their serving copy, or for the first time. */
  building: string[];
  /** Of these, how far each that is built anew has come. */
  rebuilding: Record<string, Reached>;
  /**
   * Projections and workflows that stay before an event newer than this code. They serve what
   * they have; newer code goes on there when it starts.
   */
  parked: Record<string, { position: string; type: string; version: number }>;
  /** Everything that is in the log can be read: nothing is behind, building or parked. */
  caughtUp: boolean;
};

/** A projection built anew, and how many times a document was written for it. */
export type Rebuilt = { projection: string; written: number };

/** How far reading has come. */
export abstract class ProgressApi {
  static readonly face = face<ProgressApi>('platform.progress', {
    wait: WaitFor,
    progress: AskProgress,
    platform: AskPlatform,
    rebuild: RebuildProjection,
  });

  /**
   * Waits, for two seconds at most, until everything that follows from the log up to `position`
   * can be read: workflows, the commands they sent, and projections; for what is parked it does
   * not wait. False when it gave up.
   */
  abstract wait(ask: Ask<typeof WaitFor>): Promise<boolean>;
  abstract progress(ask: Ask<typeof AskProgress>): Promise<Progress>;
  abstract platform(ask: Ask<typeof AskPlatform>): Promise<PlatformInfo>;
  /**
   * Builds one projection, or all, anew beside the serving copy; answers which, once they serve.
   * Rejects PROJECTION_UNKNOWN.
   */
  abstract rebuild(ask: Ask<typeof RebuildProjection>): Promise<Rebuilt[]>;
}
