import { JournalRecorded } from '#lumbung/contracts';
import { postingToPublic, type VillageCode } from '#lumbung/kernel';
import type { Posting } from './posting.policy.js';

export const bookPublic = [
  postingToPublic(JournalRecorded, ({ book, date, first }: Posting, { metadata }) => ({
    cooperative: metadata.cooperative as VillageCode,
    book,
    date,
    first: first === true,
  })),
];
