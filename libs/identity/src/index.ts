export { isAllowed } from './access/access.policy.js';
export { PermissionGuard } from './access/permission.guard.js';
export { identity } from './identity.module.js';
export { VaultError, type VaultErrorCode } from './vault/errors.js';
export { memoryVault, openVault, Vault, type VaultOptions } from './vault/vault.js';
