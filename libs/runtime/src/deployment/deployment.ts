import { platformRejections } from '#lumbung/contracts';
import type { EventStore } from '#lumbung/event-store';
import {
  type CommandId,
  type Platform,
  provinceOf,
  type RegencyCode,
  refuse,
  type UserName,
  uuidOf,
} from '#lumbung/kernel';
import { Commands, type Deployment } from '../commands/commands.js';
import type { Sealing } from '../commands/sealing.js';
import { DeploymentFounded, deploymentStream, FoundDeployment } from './deployment.stream.js';

/** What whoever opens a log wants it to be; what is absent is taken from the log. */
export type Wanted = { regency?: string; simulated?: boolean };

/** Where this began: Kabupaten Kediri. */
export const DEFAULT_REGENCY = '35.06';

const CENTRAL = ['51', '52', '53', '63', '64', '65', '71', '72', '73', '74', '75', '76'];
const EASTERN = ['81', '82', '91', '92', '93', '94', '95', '96', '97'];

/** The zone of a regency's business day: WIB, WITA or WIT (Keppres 41/1987, and its provinces). */
export const zoneOf = (regency: string): string => {
  const province = provinceOf(regency);
  if (CENTRAL.includes(province)) return 'Asia/Makassar';
  return EASTERN.includes(province) ? 'Asia/Jayapura' : 'Asia/Jakarta';
};

/** The deployment that a log was founded as; undefined for an empty log. */
export const deploymentOf = async (store: EventStore): Promise<Deployment | undefined> => {
  for await (const [first] of store.readAll({ limit: 1 })) {
    if (!first) return;
    if (first.type !== DeploymentFounded.type) throw new TypeError('the log has no founding event');
    return first.data as Deployment;
  }
};

const mustFit = (found: Deployment, { regency, simulated }: Wanted) => {
  if (regency !== undefined && regency !== found.regency) {
    const details = { regency: found.regency, wanted: regency };
    throw refuse(platformRejections, 'REGENCY_DIFFERS', details);
  }
  if (simulated !== undefined && simulated !== found.simulated) {
    const { simulated: isSimulated } = found;
    throw refuse(platformRejections, 'FOLDER_IS_OF_ANOTHER_KIND', { simulated: isSimulated });
  }
};

/**
 * The deployment of a log, founded now when the log is empty. Rejects REGENCY_DIFFERS and
 * FOLDER_IS_OF_ANOTHER_KIND: a folder belongs to one regency, and to real or made-up life.
 */
export const foundDeployment = async (
  store: EventStore,
  sealing: Sealing,
  platform: Platform,
  wanted: Wanted,
): Promise<Deployment> => {
  const found = await deploymentOf(store);
  if (found) {
    mustFit(found, wanted);
    return found;
  }
  const regency = wanted.regency ?? DEFAULT_REGENCY;
  const simulated = wanted.simulated ?? false;
  const deployment = { regency, zone: zoneOf(regency), simulated };
  const id = uuidOf('found', regency) as CommandId;
  const command = {
    type: FoundDeployment.type,
    data: { ...deployment, regency: regency as RegencyCode },
    id,
    issuedAt: platform.clock.now(),
  };
  const caller = { user: 'system:founding' as UserName, role: 'system', correlationId: id };
  const commands = new Commands(store, sealing, platform, deployment);
  await commands.execute(deploymentStream, [regency], command, caller);
  // Another may have founded it in this moment, as something else: what came first in the log is.
  return awaitDeployment(store, platform, wanted);
};

const LOOK_MS = 250;
const LONGEST_WAIT_MS = 60_000;

/**
 * The deployment that somebody else founds a log as; tells `onWait` once when it is not there
 * yet. Rejects as `foundDeployment`, and NOT_FOUNDED when nobody has within a minute.
 */
export const awaitDeployment = async (
  store: EventStore,
  { clock, timers }: Pick<Platform, 'clock' | 'timers'>,
  wanted: Wanted,
  onWait: () => void = () => undefined,
): Promise<Deployment> => {
  const until_ms = clock.elapsed_ms() + LONGEST_WAIT_MS;
  let found = await deploymentOf(store);
  if (!found) onWait();
  while (!found) {
    if (clock.elapsed_ms() >= until_ms) throw refuse(platformRejections, 'NOT_FOUNDED');
    await timers.sleep(LOOK_MS);
    found = await deploymentOf(store);
  }
  mustFit(found, wanted);
  return found;
};
