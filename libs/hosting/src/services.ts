import { audit } from '#lumbung/audit';
import { identity } from '#lumbung/identity';
import { ledger } from '#lumbung/ledger';
import { membership } from '#lumbung/membership';
import { reporting } from '#lumbung/reporting';

/** The services of a whole regency, in one process or in several. */
export const allServices = [identity, membership, ledger, reporting, audit];

/** The processes in which they run apart; the first of them founds an empty log. */
export const PROCESSES = ['membership', 'ledger', 'reporting'] as const;
