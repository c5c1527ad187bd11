import { refuse, z } from '#lumbung/kernel';
import { cliRejections } from './rejections.js';

/** The environment; every variable has a default, and the README lists them. */
const Settings = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  LUMBUNG_DATA: z.string().min(1).default('./data'),
  LUMBUNG_LOG: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('warn'),
  NODE_ENV: z.string().default('development'),
});

export type Settings = z.infer<typeof Settings>;

/** Rejects SETTINGS_INVALID with every variable that is wrong, at once. */
export const settingsFrom = (environment: Record<string, string | undefined>): Settings => {
  const result = Settings.safeParse(environment);
  if (result.success) return result.data;
  const names = [...new Set(result.error.issues.map(({ path }) => path.join('.')))];
  throw refuse(cliRejections, 'SETTINGS_INVALID', { names });
};
