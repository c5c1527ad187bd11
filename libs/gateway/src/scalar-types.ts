export type { Instant, Month, PlainDate, Rupiah, VillageCode } from '#lumbung/kernel';
