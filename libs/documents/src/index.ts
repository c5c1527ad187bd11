export type { Column } from './csv/header.js';
export { type CsvRow, readCsv } from './csv/read.js';
export { csvRejections } from './csv/rejections.js';
export { csvLine } from './csv/write.js';
export {
  type CheckedRow,
  type ImportedMember,
  type MemberCheckOptions,
  memberCheck,
} from './members/check.js';
export { type MemberColumn, memberColumns } from './members/columns.js';
export type { Finding, FindingCode, Severity } from './members/findings.js';
