import type { Platform } from '#lumbung/kernel';
import type { Level } from '#lumbung/telemetry';
import type { Bus } from '#lumbung/transport';

/** A data folder, and what whoever opens it wants of it. */
export type Opening = {
  folder: string;
  regency?: string;
  simulated?: boolean;
  platform: Platform;
  /** False for a simulator, which begins each day itself, and for whoever only passes by. */
  keepsTime: boolean;
  logLevel: Level;
  isProduction: boolean;
  /** What commands on this machine must show to use the bus over HTTP. */
  token: string;
};

/** A running platform over a data folder. */
export type Opened = {
  bus: Bus;
  regency: string;
  zone: string;
  simulated: boolean;
  /** Begins the days that have come; a simulator calls it when its clock has moved. */
  beginDays(): Promise<void>;
  /** Serves the page and GraphQL on the loopback; answers the address. */
  listen(port: number): Promise<string>;
  /** Resolves when every projection serves: at once, but for a new version or another log. */
  ready: Promise<void>;
  /** Resolves with the reason when a part has failed for good. */
  failed: Promise<unknown>;
  close(): Promise<void>;
};

/** Composes and starts the platform; an app decides of what. */
export type Open = (opening: Opening) => Promise<Opened>;
