/**
 * The categories of domain streams: nothing of them may be deleted, cut off or limited. Each
 * that a library declares is here, and those of the feed between regency and province.
 */
export const KEPT = [
  'calendar',
  'deployment',
  'feed',
  'ledger',
  'line',
  'origin',
  'parking',
  'register',
  'users',
  'workflow',
];

const kept = new Set(KEPT);

/** Takes a category; what is in nobody's list is whoever's who wrote it. */
export const mayForget = (category: string): boolean => !kept.has(category);
