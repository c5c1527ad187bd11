export { VaultError, type VaultErrorCode } from './vault/errors.js';
export { memoryVault, openVault, Vault, type VaultOptions } from './vault/vault.js';
