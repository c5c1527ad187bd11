import { CooperativeCode, checkpointEvent, type EventOf, event, z } from '#lumbung/kernel';

/** Names as reference data had them on that day; the code is the key. */
export const CooperativeEntered = event('membership.CooperativeEntered', 1, {
  cooperative: CooperativeCode,
  name: z.string(),
  village: z.string(),
  district: z.string(),
  regency: z.string(),
  province: z.string(),
});
export type CooperativeEntered = EventOf<typeof CooperativeEntered>;

/** The register's whole state, so that opening it takes no longer as members come and go. */
export const RegisterStruck = checkpointEvent('membership.RegisterStruck');
