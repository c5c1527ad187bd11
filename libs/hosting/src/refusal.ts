import { hostsOf, type Settings } from './settings.js';

type Known = Partial<Record<'name' | 'code' | 'sentence' | 'message' | 'path' | 'cause', unknown>>;
type Addresses = Partial<Pick<Settings, 'EVENTSTORE_URL' | 'MONGODB_URL'>>;

// Of gRPC and of MongoDB: this user or password is not known, or may not do this.
const CREDENTIALS = new Set<unknown>([7, 16, 18]);

const ofServer = (server: string, variable: keyof Addresses, error: Known, given: Addresses) => {
  const host = hostsOf(given[variable] ?? '') ?? '';
  const code = server.toUpperCase();
  return CREDENTIALS.has((error.cause as Known | undefined)?.code)
    ? `${server} di ${host} menolak nama atau kata sandi di ${variable}. [${code}_REFUSED]`
    : `${server} di ${host} tidak dapat dihubungi. Periksa ${variable}. [${code}_UNREACHABLE]`;
};

/**
 * One line for whoever starts a process: what keeps it from serving, and what he can do about it;
 * with a code, and without user, password or stack.
 */
export const refusalOf = (error: unknown, given: Addresses = {}): string => {
  const known = (error ?? {}) as Known;
  const { name, code, sentence, path, message } = known;
  if (typeof sentence === 'string') return `${sentence} [${String(code)}]`;
  if (name === 'StoreUnavailable') {
    return ofServer('EventStoreDB', 'EVENTSTORE_URL', known, given);
  }
  if (name === 'ReadStoreUnavailable') return ofServer('MongoDB', 'MONGODB_URL', known, given);
  if (typeof code === 'string' && typeof path === 'string') {
    return `Berkas atau folder ${path} tidak dapat dipakai. Periksa LUMBUNG_DATA. [${code}]`;
  }
  return `Terjadi kesalahan pada program: ${String(message ?? error)} [UNEXPECTED]`;
};
