export { PermissionGuard } from './access/permission.guard.js';
export { identity } from './identity.module.js';
export { memoryVault, openHashing, openVault, Vault } from './vault/vault.js';
