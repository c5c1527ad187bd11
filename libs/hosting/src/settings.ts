import { z } from '#lumbung/kernel';

const isUrlOf = (...protocols: string[]) => {
  const shown = `alamat ${protocols.join(' atau ')}`;
  const isOne = (text: string) => protocols.some((protocol) => text.startsWith(`${protocol}://`));
  return z.string().refine(isOne, shown);
};

/** What a process of a split deployment is told; the README lists it. */
const Settings = z.object({
  LUMBUNG_REGENCY: z
    .string()
    .regex(/^\d{2}\.\d{2}$/, 'kode kabupaten, misalnya 35.06')
    .default('35.06'),
  LUMBUNG_DATA: z.string().min(1, 'nama folder').default('./data-services'),
  LUMBUNG_LOG: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('warn'),
  NATS_URL: isUrlOf('nats', 'tls').default('nats://127.0.0.1:4222'),
  EVENTSTORE_URL: isUrlOf('esdb', 'esdb+discover').default('esdb://127.0.0.1:2113?tls=false'),
  MONGODB_URL: isUrlOf('mongodb', 'mongodb+srv').optional(),
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

/** Throws `SettingsInvalid` with every variable that is wrong, at once, and no value. */
export const settingsFrom = (environment: Record<string, string | undefined>): Settings => {
  const result = Settings.safeParse(environment);
  if (result.success) return result.data;
  const wrong = result.error.issues.map(({ path, message }) => `${path.join('.')} (${message})`);
  throw new SettingsInvalid(`Pengaturan tidak sah: ${wrong.join(', ')}.`);
};
