import { barrels, fileRoles, resolverImports, vagueNames } from './names.js';
import { onePlatform, pureFiles } from './purity.js';
import { fileLength, folderSize, functionLength, lineWidth } from './size.js';
import type { Check } from './tree.js';
import { glossary, makers, marks } from './words.js';

export const CHECKS: Check[] = [
  lineWidth,
  fileLength,
  functionLength,
  folderSize,
  fileRoles,
  vagueNames,
  barrels,
  resolverImports,
  pureFiles,
  onePlatform,
  glossary,
  marks,
  makers,
];
