import { z } from '#lumbung/kernel';

// A name or an address in brackets, and a port.
const HOST = '(?:[\\w.-]+|\\[[\\da-fA-F:.]+\\])(?::\\d{1,5})?';
const HOSTS = new RegExp(`^[a-z+]+://(?:[^@/?#\\s]*@)?(${HOST}(?:,${HOST})*)(?:[/?]\\S*)?$`);
const BROKEN_ESCAPE = /%(?![\da-fA-F]{2})/;

/** The hosts and ports of an address, without user and password; undefined where it is none. */
export const hostsOf = (url: string): string | undefined => HOSTS.exec(url)?.[1];

const isAddress = (text: string) => hostsOf(text) !== undefined && !BROKEN_ESCAPE.test(text);

const isUrlOf = (example: string, ...protocols: string[]) => {
  const shown = `alamat ${protocols.join(' atau ')}, misalnya ${example}`;
  const isOne = (text: string) => protocols.some((protocol) => text.startsWith(`${protocol}://`));
  return z.string().refine((text) => isOne(text) && isAddress(text), shown);
};

const NATS = 'nats://127.0.0.1:4222';
const EVENTSTORE = 'esdb://127.0.0.1:2113?tls=false';
const MONGODB = 'mongodb://127.0.0.1:27017';

const OPS = /^(?:[\w.-]+|\[[\da-fA-F:.]+\]):(\d{1,5})$/;
const MOST_PORT = 65_535;

const isOpsAddress = (text: string) => Number(OPS.exec(text)?.[1] ?? Infinity) <= MOST_PORT;

/** What any process may be told to tell of itself; nothing, when it is told nothing. */
const TelemetrySettings = z.object({
  LUMBUNG_OPS: z
    .string()
    .refine(isOpsAddress, 'alamat dan port, misalnya 127.0.0.1:9464')
    .optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: isUrlOf('http://127.0.0.1:4318', 'http', 'https').optional(),
  OTEL_TRACES_SAMPLER_ARG: z.coerce
    .number('bagian dari 0 sampai 1')
    .min(0, 'bagian dari 0 sampai 1')
    .max(1, 'bagian dari 0 sampai 1')
    .default(1),
});

export type TelemetrySettings = z.infer<typeof TelemetrySettings>;

/** What a process of a split deployment is told; the README lists it. */
const Settings = TelemetrySettings.extend({
  LUMBUNG_REGENCY: z
    .string()
    .regex(/^\d{2}\.\d{2}$/, 'kode kabupaten, misalnya 35.06')
    .default('35.06'),
  LUMBUNG_DATA: z.string().min(1, 'nama folder').default('./data-services'),
  // In a container its own loopback is nobody else's; whoever runs it publishes it on the host's.
  LUMBUNG_HOST: z.enum(['127.0.0.1', '0.0.0.0']).default('127.0.0.1'),
  LUMBUNG_LOG: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('warn'),
  NATS_URL: isUrlOf(NATS, 'nats', 'tls').default(NATS),
  EVENTSTORE_URL: isUrlOf(EVENTSTORE, 'esdb', 'esdb+discover').default(EVENTSTORE),
  MONGODB_URL: isUrlOf(MONGODB, 'mongodb', 'mongodb+srv').optional(),
  LUMBUNG_FOLLOWS: z
    .string()
    .regex(/^\d{2}\.\d{2}(,\d{2}\.\d{2})*$/, 'kode kabupaten dipisah koma, misalnya 35.05,35.07')
    .optional(),
  LUMBUNG_INSTANCE: z
    .string()
    .regex(/^[a-z0-9]{1,32}$/, 'huruf kecil dan angka, misalnya 2')
    .optional(),
});

export type Settings = z.infer<typeof Settings>;

/** The settings are wrong; the sentence names each of them, and what it should be. */
export class SettingsInvalid extends Error {
  override readonly name = 'SettingsInvalid';
  readonly code = 'SETTINGS_INVALID';
  constructor(readonly sentence: string) {
    super(`SETTINGS_INVALID: ${sentence}`);
  }
}

type Environment = Record<string, string | undefined>;

const parsed = <T>(schema: z.ZodType<T>, environment: Environment): T => {
  const result = schema.safeParse(environment);
  if (result.success) return result.data;
  const wrong = result.error.issues.map(({ path, message }) => `${path.join('.')} (${message})`);
  throw new SettingsInvalid(`Pengaturan tidak sah: ${wrong.join(', ')}.`);
};

/** Throws `SettingsInvalid` with every variable that is wrong, at once, and no value. */
export const settingsFrom = (environment: Environment): Settings => parsed(Settings, environment);

/** As `settingsFrom`, for a process that takes its other settings elsewhere. */
export const telemetrySettingsFrom = (environment: Environment): TelemetrySettings =>
  parsed(TelemetrySettings, environment);
