export { PermissionGuard } from './access/permission.guard.js';
export { identity } from './identity.module.js';
export { memoryVault, openVault, Vault } from './vault/vault.js';
