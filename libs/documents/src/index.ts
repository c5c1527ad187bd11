export { type CsvRow, readCsv } from './csv/read.js';
export { csvLine } from './csv/write.js';
export {
  type CheckedRow,
  type ImportedMember,
  memberCheck,
} from './members/check.js';
export { type MemberColumn, memberColumns } from './members/columns.js';
export type { Severity } from './members/findings.js';
