export { sees } from './access/access.js';
export { OWN_REGENCY, PermissionGuard } from './access/permission.guard.js';
export { identity } from './identity.module.js';
export { memoryVault, openHashing, openVault, Vault } from './vault/vault.js';
